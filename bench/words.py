"""The words that generated names and texts are made of: a company that rents out and looks after vehicles."""

DEPARTMENTS = (
    "Customer service", "Workshops", "IT", "Billing", "Sales", "Marketing", "Logistics", "Legal", "Human resources",
    "Product", "Research", "Roadside assistance", "Procurement", "Finance", "Data", "Field service",
)  # fmt: skip
PLACES = (
    "North", "South", "East", "West", "Benelux", "Iberia", "Nordics", "Alps", "Islands", "Capital", "Ports", "Online",
)  # fmt: skip
ROLES = (
    "Fleet manager", "Driver", "Buyer", "Dispatcher", "Workshop foreman", "Accountant", "Founder", "Site manager",
    "Caregiver", "Courier", "Event planner", "Insurer's clerk",
)  # fmt: skip
KINDS_OF_FIRM = ("small firm", "family firm", "city", "start-up", "hospital", "builder", "chain", "co-operative")
SEGMENTS = ("Self-employed", "Small fleets", "Large fleets", "Public sector", "Seasonal", "Export", "Care", "Delivery")
FIRMS = ("Ámbar", "Borealis", "Ceder", "Düne", "Elm", "Fjord", "Grün", "Hafen", "Isar", "Jasmin", "Korn", "Lärche")
FORMS_OF_FIRM = ("Logistics", "& Sons", "Foods", "Care", "Build", "Events", "Energy", "Couriers")
CHANNELS = (
    ("Web portal", "DIGITAL"), ("App", "DIGITAL"), ("Telephone", "VOICE"), ("Branch", "HUMAN"), ("Letter", "PRINT"),
    ("Workshop counter", "PHYSICAL"), ("E-mail", "DIGITAL"), ("Field visit", "HUMAN"),
)  # fmt: skip
JOURNEYS = (
    "Get back on the road", "Lease the first van", "Return a vehicle", "Settle a claim", "Grow the fleet", "Renew",
    "Move to electric", "Plan the season", "Bring in a new driver", "Dispute an invoice", "Pass the inspection",
)  # fmt: skip
STAGES = ("Notice", "Compare", "Decide", "Sign", "Receive", "Use", "Break down", "Wait", "Settle", "Renew", "Leave")
STEPS = (
    "Call the hotline", "Find the contract number", "Wait for a call back", "Read the offer", "Fill in the form",
    "Send photos", "Agree a date", "Drive to the workshop", "Check the invoice", "Ask a colleague",
    "Sign at the counter", "Hand over the keys", "Look up the status", "Explain it again",
)  # fmt: skip
TOUCHPOINTS = (
    "Hotline", "Status page", "Offer letter", "Counter", "Reminder", "Invoice", "Handover protocol", "Tow truck",
    "Chat", "Welcome call", "Survey", "Damage form", "Contract", "Loan car",
)  # fmt: skip
FINDINGS = (
    "Nobody says how long it will take", "The form asks for what was said before", "Prices differ between branches",
    "The loan car is too small", "Everybody liked the call back", "The invoice cannot be read",
    "Drivers hear of it last", "Only one person knows the status", "The app forgets the vehicle",
    "Weekends are a black hole", "The handover takes ten minutes", "Reminders come too late",
    "There is no one to decide", "The promise in the offer is not kept", "The workshop has no parts",
)  # fmt: skip
QUALIFIERS = (
    "after an accident", "for small fleets", "on Fridays", "in the evening", "abroad", "at renewal", "with two drivers",
    "for electric vans", "before the season", "in the first month", "when the contact is away", "near the border",
)  # fmt: skip
NEEDS = (
    "Know where it stands", "Plan the day", "Be mobile at once", "Keep costs foreseeable", "Feel taken seriously",
    "Look good to the own customers", "Have one person to ask", "Decide without the head office",
)  # fmt: skip
TRIGGERS = ("A vehicle breaks down", "A contract ends", "A new order", "A new law", "A driver leaves", "A bad invoice")
CHANCES = (
    "Say a time and keep it", "One form for all", "One price everywhere", "A status without asking",
    "Hand over in five minutes", "A loan car that fits", "Decide at the counter", "Warn before it breaks",
    "An invoice on one page", "A contact at weekends",
)  # fmt: skip
OFFERS = ("Two-hour promise", "Clear bill", "Always mobile", "One face", "Early warning", "Fair return", "Night desk")
WORK = (
    "Connect the sensors",
    "Train the branches",
    "Rebuild the form",
    "Merge the price lists",
    "Staff the night desk",
)
ENABLERS = (
    ("Repair planning", "PROCESS"), ("Telematics", "TECHNOLOGY"), ("Night shift", "PEOPLE"), ("Price list", "PROCESS"),
    ("Customer record", "TECHNOLOGY"), ("Mediation training", "PEOPLE"), ("Parts store", "PROCESS"),
)  # fmt: skip
KPIS = (
    ("Satisfaction", "CSAT", "percent", "UP"), ("Effort", "CES", "points", "DOWN"),
    ("Recommendation", "NPS", "points", "UP"), ("Renewals", "RETENTION", "percent", "UP"),
    ("Time to repair", "DURATION", "hours", "DOWN"), ("Complaints", "COUNT", "complaints", "DOWN"),
)  # fmt: skip
GOALS = ("Easiest to deal with", "Half the waiting", "Nobody leaves angry", "Grow with small fleets", "Safe every day")
PRINCIPLES = ("Call before they call", "One answer", "Say no early", "Own it to the end", "Plain words")
SENTENCES = (
    "We heard it in nearly every interview.", "It costs a morning each time.", "The branches work around it.",
    "Nobody owns it today.", "Figures are from last year's survey.", "It was better before the move.",
    "Für kleine Flotten zählt jede Stunde.", "The partner does it in half the time.", "See the map of **last spring**.",
    "It shows most with new customers.", "What good looks like: an answer on the same day.",
)  # fmt: skip
QUOTES = (
    "I call three times before somebody knows.", "By noon my day is gone.", "They were kind, and late.",
    "I would pay for a time that holds.", "My drivers ask me, and I know nothing.", "Das war früher einfacher.",
)  # fmt: skip
METHODS = ("interviews", "survey", "shadowing", "log analysis", "usability test", "diary study")
FEELINGS = ("lost", "annoyed", "relieved", "proud", "nervous", "bored", "cared for")
TAGS = ("2026", "workshop", "b2b", "quick-win", "regulated", "pilot", "north", "hotline", "fleet", "app")
RULES = ("INSIGHT_WITHOUT_EVIDENCE", "PAIN_WITHOUT_OPPORTUNITY", "ASSUMPTION_OLD")
