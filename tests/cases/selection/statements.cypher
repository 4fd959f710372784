RETURN head(COLLECT {
  MATCH (n0:Opportunity {key: $key})
  RETURN [n0.name]
}) AS answer

RETURN head(COLLECT {
  MATCH (n0:Initiative {key: $key})
  RETURN [head(COLLECT {
    MATCH (n0)-[r1:OWNED_BY]->(n1)
    WITH n1, r1 ORDER BY n1.key, n1.id
    RETURN CASE
      WHEN n1:Department THEN [0, [n1.key, n1.headcount]]
      WHEN n1:Partner THEN [1, []]
      WHEN n1:Stakeholder THEN [2, [n1.title]]
    END
  }), head(COLLECT {
    MATCH (n0)-[r2:OWNED_BY]->(n2)
    WITH n2, r2 ORDER BY n2.key, n2.id
    RETURN [r2.basis, r2.rationale, [head([label IN labels(n2) WHERE label <> 'Entity']), n2.name]]
  })]
}) AS answer

RETURN head(COLLECT {
  MATCH (n0:Opportunity {key: $key})
  RETURN [n0.name, COLLECT {
    MATCH (n0)<-[r1:RAISES]-(n1:Insight)
    WITH n1, r1 ORDER BY n1.key, n1.id
    RETURN [[n1.key], [n1.key, n1.type], [r1.basis, [COLLECT {
      MATCH (n1)<-[r2:BACKS]-(n2)
      WITH n2, r2 ORDER BY n2.key, n2.id
      RETURN [[r2.evidenceStance, r2.support, r2.of, [n2.key]]]
    }, COLLECT {
      MATCH (n1)<-[r3:REVEALS]-(n3)
      WITH n3, r3 ORDER BY n3.key, n3.id
      RETURN [CASE
        WHEN n3:Journey|Step|Touchpoint THEN [0, [head([label IN labels(n3) WHERE label <> 'Entity']), n3.key]]
        WHEN n3:Stage THEN [1, [n3.key, head(COLLECT {
          MATCH (n3)<-[r4:HAS_STAGE]-(n4)
          WITH n4, r4 ORDER BY n4.key, n4.id
          RETURN [n4.key]
        }), head(COLLECT {
          MATCH (n3)<-[r5:HAS_STAGE]-(n5)
          WITH n5, r5 ORDER BY n5.key, n5.id
          RETURN [r5.position]
        })]]
      END]
    }]]]
  }, head(COLLECT {
    MATCH (n0)-[r6:OWNED_BY]->(n6)
    WITH n6, r6 ORDER BY n6.key, n6.id
    RETURN [n6.name]
  }), head(COLLECT {
    MATCH (n0)-[r7:OWNED_BY]->(n7)
    WITH n7, r7 ORDER BY n7.key, n7.id
    RETURN [r7.basis]
  })]
}) AS answer
