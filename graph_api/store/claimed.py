"""The part of statements that reads what is claimed of KPIs, for all questions about who claimed what.

`{{claim_row}}` reads the variables `n`, a proposition or initiative; `claim`, its link to a KPI; and `kpi`. It stands
for [number, id, kind, key, status, change, day, confidence, KPI's number, numbers of the initiatives that deliver a
proposition, first days of the initiative or of these (empty where unknown), parties as [id, kind, key]: its owner, or
whatever that is a member of]. Days are ISO 8601 texts. See questions/figures/claims.py for what becomes of them.
"""

_PARTY = "[party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key]"


def placeholders() -> dict[str, str]:
    """Return what the placeholder of the statements about claims stands for."""
    starts = (
        "CASE WHEN n:Initiative THEN [coalesce(toString(n.start), '')] ELSE COLLECT { "
        "MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN coalesce(toString(initiative.start), '') } END"
    )
    parties = (
        f"COLLECT {{ MATCH (n)-[:OWNED_BY]->(party:Department|Partner) RETURN {_PARTY} AS row "
        f"UNION MATCH (n)-[:OWNED_BY]->(:Stakeholder)-[:MEMBER_OF]->(party) RETURN {_PARTY} AS row }}"
    )
    return {
        "claim_row": (
            "[id(n), n.id, CASE WHEN n:Initiative THEN 'Initiative' ELSE 'Proposition' END, n.key, "
            "coalesce(n.propositionStatus, n.initiativeStatus), claim.expectedChange, toString(claim.by), "
            "claim.confidence, id(kpi), COLLECT { MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN id(initiative) }, "
            f"{starts}, {parties}]"
        )
    }
