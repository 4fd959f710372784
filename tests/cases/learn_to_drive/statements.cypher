RETURN head(COLLECT {
  MATCH (n0:Journey {key: $key})
  RETURN [n0.name, n0.journeyState, COLLECT {
    MATCH (n0)-[r1:HAS_STAGE]->(n1)
    WITH n1, r1 ORDER BY r1.position, n1.key, n1.id
    RETURN [[n1.name, COLLECT {
      MATCH (n1)-[r2:HAS_TOUCHPOINT]->(n2)
      WITH n2, r2 ORDER BY r2.position, n2.key, n2.id
      RETURN [[n2.name, n2.externalLinks, head(COLLECT {
        MATCH (n2)-[r3:RUN_BY]->(n3)
        WITH n3, r3 ORDER BY n3.key, n3.id
        RETURN [head([label IN labels(n3) WHERE label <> 'Entity']), n3.name]
      })]]
    }]]
  }]
}) AS answer
