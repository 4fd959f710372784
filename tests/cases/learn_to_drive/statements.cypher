MATCH (n0:Journey {key: $key})
CALL (n0) {
  MATCH (n0)-[r1:HAS_STAGE]->(n1)
  WITH n1, r1 ORDER BY r1.position IS NULL, r1.position, n1.key, r1.id LIMIT $p0
  CALL (n1) {
    MATCH (n1)-[r2:HAS_TOUCHPOINT]->(n2)
    WITH n2, r2 ORDER BY r2.position IS NULL, r2.position, n2.key, r2.id LIMIT $p1
    CALL (n2) {
      MATCH (n2)-[r3:RUN_BY]->(n3)
      WITH n3, r3 ORDER BY n3.key, r3.id
      RETURN collect([head([label IN labels(n3) WHERE label <> 'Entity']), n3.name]) AS c3
    }
    RETURN collect([[n2.name, n2.externalLinks, head(c3)]]) AS c2
  }
  RETURN collect([[n1.name, c2]]) AS c1
}
RETURN head(collect([n0.name, n0.journeyState, c1])) AS answer
