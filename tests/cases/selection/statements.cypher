MATCH (n0:Initiative {key: $key})
CALL (n0) {
  MATCH (n0)-[r1:OWNED_BY]->(n1)
  WITH n1, r1 ORDER BY n1.key, r1.id
  RETURN collect(CASE WHEN n1:Department THEN [0, [n1.key, n1.headcount]] WHEN n1:Partner THEN [1, []] WHEN n1:Stakeholder THEN [2, [n1.title]] END) AS c1
}
CALL (n0) {
  MATCH (n0)-[r2:OWNED_BY]->(n2)
  WITH n2, r2 ORDER BY n2.key, r2.id
  RETURN collect([r2.basis, r2.rationale, [head([label IN labels(n2) WHERE label <> 'Entity']), n2.name]]) AS c2
}
RETURN head(collect([head(c1), head(c2)])) AS answer

MATCH (n0:Opportunity {key: $key})
CALL (n0) {
  MATCH (n0)<-[r1:RAISES]-(n1:Insight)
  WITH n1, r1 ORDER BY n1.key, r1.id LIMIT $p0
  CALL (n1) {
    MATCH (n1)<-[r2:BACKS]-(n2)
    WITH n2, r2 ORDER BY n2.key, r2.id LIMIT $p1
    RETURN collect([[r2.evidenceStance, r2.support, r2.of, [n2.key]]]) AS c2
  }
  CALL (n1) {
    MATCH (n1)<-[r3:REVEALS]-(n3)
    WITH n3, r3 ORDER BY n3.key, r3.id LIMIT $p2
    CALL (n3) {
      MATCH (n3:Stage)<-[r4:HAS_STAGE]-(n4)
      WITH n4, r4 ORDER BY n4.key, r4.id
      RETURN collect([n4.key]) AS c4
    }
    CALL (n3) {
      MATCH (n3:Stage)<-[r5:HAS_STAGE]-(n5)
      WITH n5, r5 ORDER BY n5.key, r5.id
      RETURN collect([r5.position]) AS c5
    }
    RETURN collect([CASE WHEN n3:Journey|Step|Touchpoint THEN [0, [head([label IN labels(n3) WHERE label <> 'Entity']), n3.key]] WHEN n3:Stage THEN [1, [n3.key, head(c4), head(c5)]] END]) AS c3
  }
  RETURN collect([[n1.key], [n1.key, n1.type], [r1.basis, [c2, c3]]]) AS c1
}
CALL (n0) {
  MATCH (n0)-[r6:OWNED_BY]->(n6)
  WITH n6, r6 ORDER BY n6.key, r6.id
  RETURN collect([n6.name]) AS c6
}
CALL (n0) {
  MATCH (n0)-[r7:OWNED_BY]->(n7)
  WITH n7, r7 ORDER BY n7.key, r7.id
  RETURN collect([r7.basis]) AS c7
}
RETURN head(collect([n0.name, c1, head(c6), head(c7)])) AS answer

MATCH (n0:Opportunity {key: $key})
RETURN head(collect([n0.name])) AS answer
