"""What the tests of reports share: a small portfolio worked out by hand, with names that files could stumble over."""

from datetime import date
from decimal import Decimal

from graph_api.cli.report.report import Report
from graph_api.cli.report.sheet import Column, Form, Money, Sheet

HOSTILE = (
    '=HYPERLINK("http://evil.example","Look")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "Endless" * 40,
)
"""Names that a program could take for a formula or for markup, and one that folds nowhere."""
WEAVERS = """\
defaults: {tags: [weavers]}
departments: [{key: looms, name: "@Looms"}, {key: dyers, name: Dyers}]
segments: [{key: tailors, name: Tailors, size: 40, annualValue: 90000, currency: EUR}]
accounts: [{key: hall, name: The hall, annualValue: 60000, currency: EUR, segments: tailors}]
insights:
  - key: P1
    name: Colours fade
    type: PAIN
    severity: 8
    reach: 0.5
    opportunities: [O1, O2]
    voicedBy: segment/tailors
  - {key: P2, name: "=1+1", type: PAIN, severity: 5, opportunities: O1}
  - {key: P3, name: Nobody mends, type: UNMET_NEED, severity: 9}
  - {key: P4, name: Perhaps a pain, opportunities: O2}
evidence: [{key: E1, name: Talks, collectedOn: 2026-09-01, backs: [{key: P1, support: 12}]}]
opportunities:
  - key: O1
    name: '=HYPERLINK("http://evil.example","Look")'
    customerValue: 8
    businessValue: 6
    impact: 2
    reach: 30
    propositions: [{key: N1, fit: 0.5}]
  - {key: O2, name: "+1", customerValue: 4, propositions: [{key: N1, fit: 0.5}, {key: N2}]}
propositions:
  - key: N1
    name: "<script>alert(1)</script>"
    effort: 10
    confidence: 0.8
    cost: 1500.5
    currency: EUR
    propositionStatus: APPROVED
    involves:
      - {key: looms, involvementRole: RESPONSIBLE, effort: 6, contribution: "-Weaves"}
      - {key: dyers, involvementRole: CONSULTED}
  - {key: N2, name: "@SUM(A1)", initiatives: I1}
initiatives: [{key: I1, name: Vats, cost: 400, currency: EUR, due: 2027-01-01}]
decisions:
  - decides: proposition/N1
    decidedOn: 2026-10-01
    decisionVerdict: APPROVE
    reason: "=It is time"
    byRole: Board
"""
"""A portfolio of two propositions."""
FIRST_DAY = """\
defaults: {tags: [first-day]}
opportunities: [{key: D1, name: An idea}, {key: D2, name: Another}]
"""
"""All that there is on the first day."""


def hostile_report() -> Report:
    """Return a report in which every text is one that a program could stumble over."""
    columns = (
        Column("=heading", width=30),
        Column("amount", Form.MONEY),
        Column("number", Form.NUMBER, bars=True),
        Column("share", Form.SHARE),
        Column("day", Form.DATE),
    )
    rows = [
        [text, Money(Decimal("1234.5"), "EUR"), 0.25 * place, None, date(2026, 11, 1)]
        for place, text in enumerate(HOSTILE)
    ]
    sheet = Sheet("Items", "=about", columns, rows, ("+note",))
    return Report("=title", "things", "2026-11-01", [("@fact", text) for text in HOSTILE], [], [sheet], [sheet])
