"""What a report asks: one operation, page after page until all lists are whole."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph_api.cli import answer
from graph_api.cli.ask.page import MOST
from graph_api.errors import Code, GraphApiError

if TYPE_CHECKING:
    from graph_api.schema.service import Service

_NAMED = "{ __typename key name }"

VARIABLES = """
  $of: PortfolioKind!
  $scope: Scope
  $method: ScoringMethodName!
  $weights: ScoringWeights
  $painWeight: PainWeight!
  $renewalDays: Int!
  $on: Date
  $ended: Boolean!
  $orderBy: PortfolioOrder"""
ASKED = "of: $of, scope: $scope, renewalDays: $renewalDays, on: $on, ended: $ended"
SCORED = f"{ASKED}, method: $method, weights: $weights, painWeight: $painWeight, orderBy: $orderBy"
"""What a portfolio is asked for: the variables of an operation, and the arguments of its field."""
PAGE = "totalCount pageInfo { hasNextPage endCursor }"

MAIN = f"""
fragment Main on PortfolioItem {{
  item {_NAMED}
  status
  score {{ method {{ name formula source }} value low high missing terms {{ ...Term }} }}
  rank
  rankRange {{ best worst byWeights {{ best worst }} byInputs {{ best worst }} }}
  pains {{ total typeUnknown highestSupport momentsOfTruth }}
  reached {{
    personas {{ key name }}
    segments {{ key name }}
    accounts(first: 0) {{ totalCount }}
    customers
    customersUnknown
    annualValue
    knownAnnualValue
    currency
    valueUnknown
    renewals {{ accounts annualValue currency unknown }}
  }}
  evidence {{ pieces studies onAssumption contested assumedShare hypotheses untested }}
  parties {{ party {_NAMED} role effort }}
  stakeholders {{ ambassadors neutral opponents unknown }}
  enablers {{ total readiness unknown notReady cost costLow currency missing }}
  cost {{ cost costLow currency costFrom effort effortLow effortFrom missing }}
  claims {{ total reached unknown share knownShare medianRatio }}
  promises {{ total broken uncertain unmeasured kept notDue }}
  realises {{ total }}
  decision {{ decisionVerdict decidedOn byRole }}
}}

fragment Term on ScoreTerm {{ term value low high weight }}
"""
"""Every figure of an item, and no list that is long."""

_DETAILS = f"""
fragment Details on PortfolioItem {{
  score {{ parts(first: {MOST}) {{ totalCount nodes {{ of {_NAMED} value low high terms {{ ...Term }} }} }} }}
  pains {{
    list(first: {MOST}) {{
      totalCount
      nodes {{ insight {_NAMED} certain fit severity reach support restsOn }}
    }}
  }}
  parties {{ contribution through {_NAMED} load {{ involvements known unknown }} }}
  stakeholders {{
    list(first: {MOST}) {{ totalCount nodes {{ stakeholder {_NAMED} stance why through {_NAMED} }} }}
  }}
  enablers {{ list(first: {MOST}) {{ totalCount nodes {{ enabler {_NAMED} readiness cost currency }} }} }}
  claims {{
    realism {{ party {_NAMED} known unknown notDue medianRatio low high }}
    list(first: {MOST}) {{
      totalCount
      nodes {{ kpi {_NAMED} unit gap claimed {{ change unknown share }} missing }}
    }}
  }}
  promises {{
    list(first: {MOST}) {{ totalCount nodes {{ promise {_NAMED} state share keptShare missing }} }}
  }}
  realises {{
    list(first: {MOST}) {{ totalCount nodes {{ place {_NAMED} journeys {_NAMED} through {_NAMED} }} }}
  }}
}}
"""

QUERY = f"""
query PortfolioReport({VARIABLES}
  $portfolio: Boolean!
  $portfolioAfter: String
  $value: Boolean!
  $valueAfter: String
  $pains: Boolean!
  $painsAfter: String
  $decisions: Boolean!
  $decisionsAfter: String
  $funnel: Boolean!
) {{
  portfolio({SCORED}, first: {MOST}, after: $portfolioAfter) @include(if: $portfolio) {{
    {PAGE} nodes {{ ...Main ...Details }}
  }}
  value: portfolio(
    {ASKED}, method: CUSTOMER_AND_BUSINESS, orderBy: {{ by: KEY }}, first: {MOST}, after: $valueAfter
  ) @include(if: $value) {{ {PAGE} nodes {{ item {_NAMED} score {{ value }} }} }}
  coverage(scope: $scope, on: $on) @include(if: $pains) {{
    on
    pains {{
      total
      new
      typeUnknown
      acted
      decidedNo
      undecided
      list(first: {MOST}, after: $painsAfter) {{
        {PAGE}
        nodes {{ insight {{ __typename key name severity reach }} disposition since age new }}
      }}
    }}
  }}
  decisionOutcomes(scope: $scope, on: $on, first: {MOST}, after: $decisionsAfter) @include(if: $decisions) {{
    {PAGE}
    nodes {{
      on
      verdict
      byRole
      reason
      expected
      entity {_NAMED}
      status
      until
      begun
      done
      unknown
      wentOn
      kpis(first: {MOST}) {{
        totalCount
        nodes {{ kpi {{ __typename key }} unit expectedChange change share missing }}
      }}
    }}
  }}
  funnel(scope: $scope, on: $on) @include(if: $funnel) {{
    stages {{ stage entities pains painsOfBefore painsOfFirst stopped decidedNo }}
    decidedNo
    typeUnknown
  }}
}}
{MAIN}{_DETAILS}"""

LISTS: Mapping[str, tuple[str, ...]] = {
    "portfolio": ("portfolio",),
    "value": ("value",),
    "pains": ("coverage", "pains", "list"),
    "decisions": ("decisionOutcomes",),
}
"""The lists that are gone on with, and where each stands in the answer."""
_ONCE = ("funnel",)


async def gather(service: "Service", variables: Mapping[str, Any]) -> dict[str, Any]:
    """Ask until all lists are whole, and return one answer with all of each; raises GraphApiError."""
    wanted = dict.fromkeys((*LISTS, *_ONCE), True)
    cursors: dict[str, str | None] = {}
    whole: dict[str, Any] = {}
    while any(wanted.values()):
        found = await answer.ask(service, QUERY, {**variables, **wanted, **cursors})
        whole = {**found, **whole}
        for name, way in LISTS.items():
            if wanted[name]:
                page, kept = _at(found, way), _at(whole, way)
                if page is not kept:
                    kept["nodes"] += page["nodes"]
                wanted[name] = page["pageInfo"]["hasNextPage"]
                cursors[f"{name}After"] = page["pageInfo"]["endCursor"]
        wanted |= dict.fromkeys(_ONCE, False)
    for way in LISTS.values():
        _check(_at(whole, way))
    return whole


def _at(found: dict[str, Any], way: tuple[str, ...]) -> dict[str, Any]:
    for name in way:
        found = found[name]
    return found


class ChangedMeanwhileError(GraphApiError):
    """The pages of a list are not of one moment."""

    code = Code.CONFLICT


def _check(whole: dict[str, Any]) -> None:
    if len(whole["nodes"]) != whole["totalCount"]:
        message = "The graph was changed while it was read, so that the pages do not fit; ask again."
        raise ChangedMeanwhileError(message)
