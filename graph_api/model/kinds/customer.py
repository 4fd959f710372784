"""Who is served: segments, accounts, personas, what they need and what sets them off."""

from graph_api.model.choices import AccountStatus, BuyingRole, NeedNature, NeedSort, PersonaSide, TriggerOrigin
from graph_api.model.declare import Entity, own, several
from graph_api.model.values import Count, Currency, Day, Money, Text, Word


class Segment(Entity):
    """A group of customers who are alike in what matters here."""

    size: Count | None = own("How many customers belong to it.", ordered=True, substance=True)
    annual_value: Money | None = own("What they spend with us in a year, in `currency`.", ordered=True, substance=True)
    currency: Currency | None = own("ISO 4217 code of the amount.")


class Account(Entity):
    """A firm that buys, or might; never a person."""

    annual_value: Money | None = own("What it spends with us in a year, in `currency`.", ordered=True, substance=True)
    currency: Currency | None = own("ISO 4217 code of the amount.")
    renewal_on: Day | None = own("The day its contract is up for renewal.", ordered=True)
    account_status: AccountStatus | None = own("Where it stands with us.", ordered=True, substance=True)


class Persona(Entity):
    """A typical person on one side of the counter: role, aims and frustrations. No real person's data."""

    side: PersonaSide | None = own("On which side of the counter.", ordered=True, substance=True)
    role: Word | None = own("The person's job or part.", substance=True)
    buying_roles: list[BuyingRole] = several("The person's parts in a buying decision.", substance=True)
    goals: list[Text] = several("What the person wants to reach.", substance=True)
    frustrations: list[Text] = several("What stands in the person's way.", substance=True)
    quote: Text | None = own("Words that sum up the person.")


class Need(Entity):
    """A job, need or expectation that stays, whatever the solution."""

    need_sort: NeedSort | None = own("What sort of need it is.", ordered=True, substance=True)
    nature: NeedNature | None = own("What it touches.", substance=True)


class Trigger(Entity):
    """What sets a persona off on a journey."""

    origin: TriggerOrigin | None = own("Where it comes from.", ordered=True, substance=True)
    frequency: Word | None = own("How often it happens, in words.")
