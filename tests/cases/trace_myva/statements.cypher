RETURN head(COLLECT {
  MATCH (n0:Department {key: $key})
  RETURN head(COLLECT {
    CALL (n0) {
      WITH n0 AS start
      WITH start,
        CASE
          WHEN start:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative THEN [start]
          ELSE COLLECT {
            MATCH (start)-[:PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-(root:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative)
            RETURN DISTINCT root
          }
        END AS roots
      WITH start, roots,
        COLLECT {
          UNWIND roots AS root
          MATCH (root)-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]->(n)
          RETURN DISTINCT n
        } AS forward,
        COLLECT {
          UNWIND roots AS root
          MATCH (root)<-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]-(n)
          RETURN DISTINCT n
        } AS backward
      WITH start, roots, forward, backward,
        COLLECT {
          UNWIND [start] + forward + backward AS n
          RETURN DISTINCT n
        } AS reached
      RETURN [
        [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
        [root IN roots | root.id],
        [n IN reached | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]],
        COLLECT {
          UNWIND forward AS n
          MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
          RETURN [type(r), n.id, m.id, r.basis, r.confidence, r.rationale, r.relationship]
        },
        COLLECT {
          UNWIND backward AS n
          MATCH (n)<-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]-(m)
          RETURN [type(r), m.id, n.id, r.basis, r.confidence, r.rationale, r.relationship]
        },
        COLLECT {
          UNWIND reached AS n
          MATCH (n)-[r:PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-(m)
          RETURN [
            type(r), startNode(r).id, endNode(r).id, r.basis, r.confidence, r.rationale,
            coalesce(r.involvementRole, r.experienceGrounds),
            [m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key, m.type]
          ]
        },
        COLLECT {
          UNWIND reached AS n
          WITH n WHERE n:Insight
          MATCH (n)<-[:VOICES]-(voice)
          RETURN [n.id, voice.id]
        }
      ] AS facts
    }
    RETURN facts
  })
}) AS answer

RETURN [COLLECT {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN [n0.id, [n0.key]]
}] AS answer
