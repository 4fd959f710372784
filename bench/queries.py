"""What is compared: for each query its GraphQL, and the statement that one would write by hand for the same answer.

The statements are written as well as we can: every look-up by an index, one record, the answer in the shape of the
response, no more read than is asked. The hand-written trace even knows which links can lead to a department at all, and
the list that the values at its top are known.
"""

from dataclasses import dataclass
from typing import Literal

Keys = Literal["Opportunity", "Department"]


@dataclass(frozen=True)
class Query:
    """A question in both languages. Where it has a `$key`, each request asks for another entity of that kind."""

    name: str
    says: str
    graphql: str
    cypher: str
    keys: Keys | None = None


QUERIES = (
    Query(
        "point",
        "one opportunity by its key, 3 fields",
        """
query Point($key: String!) {
  opportunity(key: $key) { key name urgency }
}""",
        """
MATCH (n:Opportunity {key: $key})
RETURN {opportunity: {key: n.key, name: n.name, urgency: n.urgency}} AS data""",
        keys="Opportunity",
    ),
    Query(
        "trace",
        "the departments on an opportunity's thread, with roles and at most 3 shortest paths each",
        """
query Trace($key: String!) {
  opportunity(key: $key) {
    departments { edges { role node { key name } paths { length steps { entity { key } } } } }
  }
}""",
        """
MATCH (o:Opportunity {key: $key})
CALL (o) {
  MATCH p = (o)<-[:RAISES|REVEALS|HAS_TOUCHPOINT|HAS_STEP|HAS_STAGE*0..]-()-[r:OWNED_BY|RUN_BY|INVOLVES]->(d:Department)
  RETURN p, r, d
  UNION ALL
  MATCH p = (o)-[:ADDRESSED_BY|DELIVERED_BY*1..]->()-[r:OWNED_BY|RUN_BY|INVOLVES]->(d:Department)
  RETURN p, r, d
}
WITH p, d, CASE type(r) WHEN 'OWNED_BY' THEN 'ACCOUNTABLE' WHEN 'RUN_BY' THEN 'RUNS' ELSE r.involvementRole END AS role
ORDER BY length(p), [n IN tail(nodes(p)) | n.key]
WITH d, role, collect({length: length(p), steps: [n IN tail(nodes(p)) | {entity: {key: n.key}}]})[..3] AS paths
ORDER BY d.key,
  CASE role WHEN 'ACCOUNTABLE' THEN 0 WHEN 'RUNS' THEN 1 WHEN 'RESPONSIBLE' THEN 2 WHEN 'CONSULTED' THEN 3 ELSE 4 END
RETURN {opportunity: {departments: {
  edges: collect({role: role, node: {key: d.key, name: d.name}, paths: paths})
}}} AS data""",
        keys="Opportunity",
    ),
    Query(
        "list",
        "the 25 most urgent opportunities, each with 5 of its insights",
        """
{
  opportunities(first: 25, orderBy: {by: URGENCY, direction: DESC}) {
    nodes { key name urgency insights(first: 5) { nodes { key name } } }
  }
}""",
        """
MATCH (n:Opportunity)
WHERE n.urgency IS NOT NULL AND n.key IS NOT NULL
WITH n ORDER BY n.urgency DESC, n.key DESC LIMIT 25
RETURN {opportunities: {nodes: collect({
  key: n.key, name: n.name, urgency: n.urgency,
  insights: {nodes: COLLECT {
    MATCH (n)<-[:RAISES]-(i:Insight)
    RETURN {key: i.key, name: i.name} ORDER BY i.key LIMIT 5
  }}
})}} AS data""",
    ),
    Query(
        "wide list",
        "200 insights, 10 fields each",
        """
{
  insights(first: 200) {
    nodes { key name description type insightSubject statement severity insightStatus reach tags }
  }
}""",
        """
MATCH (n:Insight)
WHERE n.key IS NOT NULL
WITH n ORDER BY n.key LIMIT 200
RETURN {insights: {nodes: collect({
  key: n.key, name: n.name, description: n.description, type: n.type, insightSubject: n.insightSubject,
  statement: n.statement, severity: n.severity, insightStatus: n.insightStatus, reach: n.reach,
  tags: coalesce(n.tags, [])
})}} AS data""",
    ),
    Query(
        "deep",
        "5 links from a department: opportunities, insights, evidence, study, hypotheses",
        """
query Deep($key: String!) {
  department(key: $key) {
    name
    ownedOpportunities(first: 5) { nodes { key name
      insights(first: 3) { nodes { key name
        evidence(first: 3) { nodes { key
          fromStudy { key name
            tests(first: 2) { nodes { key name } }
          }
        } }
      } }
    } }
  }
}""",
        """
MATCH (d:Department {key: $key})
RETURN {department: {name: d.name, ownedOpportunities: {nodes: COLLECT {
  MATCH (d)<-[:OWNED_BY]-(o:Opportunity)
  WITH o ORDER BY o.key LIMIT 5
  RETURN {key: o.key, name: o.name, insights: {nodes: COLLECT {
    MATCH (o)<-[:RAISES]-(i:Insight)
    WITH i ORDER BY i.key LIMIT 3
    RETURN {key: i.key, name: i.name, evidence: {nodes: COLLECT {
      MATCH (i)<-[:BACKS]-(e:Evidence)
      WITH e ORDER BY e.key LIMIT 3
      RETURN {key: e.key, fromStudy: head(COLLECT {
        MATCH (e)-[:FROM_STUDY]->(s:Study)
        RETURN {key: s.key, name: s.name, tests: {nodes: COLLECT {
          MATCH (s)-[:TESTS]->(h:Hypothesis)
          RETURN {key: h.key, name: h.name} ORDER BY h.key LIMIT 2
        }}}
      })}
    }}}
  }}}
}}}} AS data""",
        keys="Department",
    ),
    Query(
        "coverage",
        "the pains of the whole graph: how many there are, raise an opportunity, and are acted on",
        """
{
  coverage { pains { total withOpportunity acted } }
}""",
        """
MATCH (i:Insight)
WHERE i.type IN ['PAIN', 'UNMET_NEED'] AND coalesce(i.insightStatus, '') <> 'REFUTED'
RETURN {coverage: {pains: {
  total: count(*),
  withOpportunity: sum(CASE WHEN EXISTS { (i)-[:RAISES]->() } THEN 1 ELSE 0 END),
  acted: sum(CASE
    WHEN EXISTS {
      MATCH (i)-[:RAISES]->(o)-[:ADDRESSED_BY]->(n:Initiative)-[:OWNED_BY]->()
      WHERE coalesce(n.initiativeStatus, '') <> 'STOPPED'
        AND (EXISTS { (o)-[:AIMS_AT]->() } OR EXISTS { (n)-[:MOVES]->() })
    } THEN 1
    WHEN EXISTS {
      MATCH (i)-[:RAISES]->(o)-[:ADDRESSED_BY]->(p:Proposition)-[:DELIVERED_BY]->(n)-[:OWNED_BY]->()
      WHERE coalesce(p.propositionStatus, '') <> 'RETIRED' AND coalesce(n.initiativeStatus, '') <> 'STOPPED'
        AND (EXISTS { (o)-[:AIMS_AT]->() } OR EXISTS { (p)-[:MOVES]->() } OR EXISTS { (n)-[:MOVES]->() })
    } THEN 1
    ELSE 0
  END)
}}} AS data""",
    ),
)
