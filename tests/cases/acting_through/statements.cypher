CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, [head([label IN labels(n1) WHERE label <> 'Entity']), n1.key]]) AS list1
}
CALL () {
  UNWIND $ids2 AS id2
  MATCH (n2:Entity {id: id2})
  RETURN collect([n2.id, [n2.key]]) AS list2
}
CALL () {
  UNWIND $ids3 AS id3
  MATCH (n3:Entity {id: id3})
  RETURN collect([n3.id, [head([label IN labels(n3) WHERE label <> 'Entity']), n3.key]]) AS list3
}
CALL () {
  UNWIND $ids4 AS id4
  MATCH (n4:Entity {id: id4})
  RETURN collect([n4.id, [n4.key]]) AS list4
}
CALL () {
  UNWIND $ids5 AS id5
  MATCH (n5:Entity {id: id5})
  RETURN collect([n5.id, [head([label IN labels(n5) WHERE label <> 'Entity']), n5.key]]) AS list5
}
RETURN [list0, list1, list2, list3, list4, list5] AS answer

CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, [head([label IN labels(n1) WHERE label <> 'Entity']), n1.key]]) AS list1
}
RETURN [list0, list1] AS answer

CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, [head([label IN labels(n1) WHERE label <> 'Entity']), n1.key]]) AS list1
}
RETURN [list0, list1] AS answer

MATCH (n0:Department {key: $key})
CALL (n0) {
  CALL (n0) {
    WITH n0 AS start
    CALL (start) {
    CALL (start) {
    WITH start, start:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative AS on_spine
    CALL (start, on_spine) {
      WITH start, on_spine WHERE on_spine
      RETURN start AS root
      UNION
      MATCH (start)-[:OWNED_BY|INVOLVES|RUN_BY]-(root:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative)
      WHERE NOT on_spine
      RETURN root
    }
    RETURN collect(root) AS roots
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root)-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]->(n)
      WITH DISTINCT n
      RETURN collect(n) AS forward
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root)<-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]-(n)
      WITH DISTINCT n
      RETURN collect(n) AS backward
    }
    CALL (start, forward, backward) {
      UNWIND [start] + forward + backward AS n
      WITH DISTINCT n
      RETURN collect(n) AS reached
    }
    CALL (forward) {
      UNWIND forward AS n
      MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
      RETURN collect([type(r), n.id, m.id, r.basis, r.confidence, r.rationale, r.relationship]) AS onward
    }
    CALL (backward) {
      UNWIND backward AS n
      MATCH (n)<-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]-(m)
      RETURN collect([type(r), m.id, n.id, r.basis, r.confidence, r.rationale, r.relationship]) AS back
    }
    CALL (reached) {
      UNWIND reached AS n
      WITH n WHERE n:Insight
      MATCH (n)<-[:VOICES]-(voice)
      RETURN collect([n.id, voice.id]) AS voices
    }
    RETURN roots, reached, onward, back, voices
    }
    CALL (reached) {
      UNWIND reached AS n
      MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY|IN_SEGMENT]-(m)
      RETURN collect([
        type(r), startNode(r).id, endNode(r).id, r.basis, r.confidence, r.rationale,
        coalesce(r.involvementRole, r.experienceGrounds),
        [m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key, m.type]
      ]) AS beside
    }
    RETURN [
      [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
      [root IN roots | root.id],
      [n IN reached | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]],
      onward,
      back,
      beside,
      voices,
      []
    ] AS facts
  }
  RETURN facts AS c1
}
CALL (n0) {
  CALL (n0) {
    WITH n0 AS start
    CALL (start) {
    CALL (start) {
    WITH start, start:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative AS on_spine
    CALL (start, on_spine) {
      WITH start, on_spine WHERE on_spine
      RETURN start AS root
      UNION
      MATCH (start)-[:OWNED_BY|INVOLVES|RUN_BY]-(root:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative)
      WHERE NOT on_spine
      RETURN root
    }
    RETURN collect(root) AS roots
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root)-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]->(n)
      WITH DISTINCT n
      RETURN collect(n) AS forward
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root)<-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]-(n)
      WITH DISTINCT n
      RETURN collect(n) AS backward
    }
    CALL (start, forward, backward) {
      UNWIND [start] + forward + backward AS n
      WITH DISTINCT n
      RETURN collect(n) AS reached
    }
    CALL (forward) {
      UNWIND forward AS n
      MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
      RETURN collect([type(r), n.id, m.id, r.basis, r.confidence, r.rationale, r.relationship]) AS onward
    }
    CALL (backward) {
      UNWIND backward AS n
      MATCH (n)<-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]-(m)
      RETURN collect([type(r), m.id, n.id, r.basis, r.confidence, r.rationale, r.relationship]) AS back
    }
    CALL (reached) {
      UNWIND reached AS n
      WITH n WHERE n:Insight
      MATCH (n)<-[:VOICES]-(voice)
      RETURN collect([n.id, voice.id]) AS voices
    }
    RETURN roots, reached, onward, back, voices
    }
    CALL (reached) {
      UNWIND reached AS n
      MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY|IN_SEGMENT]-(m)
      RETURN collect([
        type(r), startNode(r).id, endNode(r).id, r.basis, r.confidence, r.rationale,
        coalesce(r.involvementRole, r.experienceGrounds),
        [m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key, m.type]
      ]) AS beside
    }
    RETURN [
      [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
      [root IN roots | root.id],
      [n IN reached | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]],
      onward,
      back,
      beside,
      voices,
      []
    ] AS facts
  }
  RETURN facts AS c2
}
RETURN head(collect([c1, c2])) AS answer

MATCH (n0:Department {key: $key})
CALL (n0) {
  CALL (n0) {
    WITH n0 AS start
    CALL (start) {
    CALL (start) {
    WITH start, start:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative AS on_spine
    CALL (start, on_spine) {
      WITH start, on_spine WHERE on_spine
      RETURN start AS root
      UNION
      MATCH (start)-[:OWNED_BY|INVOLVES|RUN_BY]-(root:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative)
      WHERE NOT on_spine
      RETURN root
    }
    RETURN collect(root) AS roots
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root)-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]->(n)
      WITH DISTINCT n
      RETURN collect(n) AS forward
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root)<-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]-(n)
      WITH DISTINCT n
      RETURN collect(n) AS backward
    }
    CALL (start, forward, backward) {
      UNWIND [start] + forward + backward AS n
      WITH DISTINCT n
      RETURN collect(n) AS reached
    }
    CALL (forward) {
      UNWIND forward AS n
      MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
      RETURN collect([type(r), n.id, m.id, r.basis, r.confidence, r.rationale, r.relationship]) AS onward
    }
    CALL (backward) {
      UNWIND backward AS n
      MATCH (n)<-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]-(m)
      RETURN collect([type(r), m.id, n.id, r.basis, r.confidence, r.rationale, r.relationship]) AS back
    }
    CALL (reached) {
      UNWIND reached AS n
      WITH n WHERE n:Insight
      MATCH (n)<-[:VOICES]-(voice)
      RETURN collect([n.id, voice.id]) AS voices
    }
    RETURN roots, reached, onward, back, voices
    }
    CALL (reached) {
      UNWIND reached AS n
      MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY|IN_SEGMENT]-(m)
      RETURN collect([
        type(r), startNode(r).id, endNode(r).id, r.basis, r.confidence, r.rationale,
        coalesce(r.involvementRole, r.experienceGrounds),
        [m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key, m.type]
      ]) AS beside
    }
    RETURN [
      [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
      [root IN roots | root.id],
      [n IN reached | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]],
      onward,
      back,
      beside,
      voices,
      []
    ] AS facts
  }
  RETURN facts AS c1
}
CALL (n0) {
  CALL (n0) {
    WITH n0 AS start
    CALL (start) {
    CALL (start) {
    WITH start, start:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative AS on_spine
    CALL (start, on_spine) {
      WITH start, on_spine WHERE on_spine
      RETURN start AS root
      UNION
      MATCH (start)-[:OWNED_BY|INVOLVES|RUN_BY]-(root:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative)
      WHERE NOT on_spine
      RETURN root
    }
    RETURN collect(root) AS roots
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root)-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]->(n)
      WITH DISTINCT n
      RETURN collect(n) AS forward
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root)<-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]-(n)
      WITH DISTINCT n
      RETURN collect(n) AS backward
    }
    CALL (start, forward, backward) {
      UNWIND [start] + forward + backward AS n
      WITH DISTINCT n
      RETURN collect(n) AS reached
    }
    CALL (forward) {
      UNWIND forward AS n
      MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
      RETURN collect([type(r), n.id, m.id, r.basis, r.confidence, r.rationale, r.relationship]) AS onward
    }
    CALL (backward) {
      UNWIND backward AS n
      MATCH (n)<-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]-(m)
      RETURN collect([type(r), m.id, n.id, r.basis, r.confidence, r.rationale, r.relationship]) AS back
    }
    CALL (reached) {
      UNWIND reached AS n
      WITH n WHERE n:Insight
      MATCH (n)<-[:VOICES]-(voice)
      RETURN collect([n.id, voice.id]) AS voices
    }
    RETURN roots, reached, onward, back, voices
    }
    CALL (reached) {
      UNWIND reached AS n
      MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY|IN_SEGMENT]-(m)
      RETURN collect([
        type(r), startNode(r).id, endNode(r).id, r.basis, r.confidence, r.rationale,
        coalesce(r.involvementRole, r.experienceGrounds),
        [m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key, m.type]
      ]) AS beside
    }
    RETURN [
      [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
      [root IN roots | root.id],
      [n IN reached | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]],
      onward,
      back,
      beside,
      voices,
      []
    ] AS facts
  }
  RETURN facts AS c2
}
RETURN head(collect([c1, c2])) AS answer

MATCH (n0:Opportunity {key: $key})
CALL (n0) {
  CALL (n0) {
    WITH n0 AS start
    CALL (start) {
    CALL (start) {
    WITH start, start:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative AS on_spine
    CALL (start, on_spine) {
      WITH start, on_spine WHERE on_spine
      RETURN start AS root
      UNION
      MATCH (start)-[:OWNED_BY|INVOLVES|RUN_BY]-(root:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative)
      WHERE NOT on_spine
      RETURN root
    }
    RETURN collect(root) AS roots
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root)-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]->(n)
      WITH DISTINCT n
      RETURN collect(n) AS forward
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root)<-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]-(n)
      WITH DISTINCT n
      RETURN collect(n) AS backward
    }
    CALL (start, forward, backward) {
      UNWIND [start] + forward + backward AS n
      WITH DISTINCT n
      RETURN collect(n) AS reached
    }
    CALL (forward) {
      UNWIND forward AS n
      MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
      RETURN collect([type(r), n.id, m.id, r.basis, r.confidence, r.rationale, r.relationship]) AS onward
    }
    CALL (backward) {
      UNWIND backward AS n
      MATCH (n)<-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY]-(m)
      RETURN collect([type(r), m.id, n.id, r.basis, r.confidence, r.rationale, r.relationship]) AS back
    }
    CALL (reached) {
      UNWIND reached AS n
      WITH n WHERE n:Insight
      MATCH (n)<-[:VOICES]-(voice)
      RETURN collect([n.id, voice.id]) AS voices
    }
    RETURN roots, reached, onward, back, voices
    }
    CALL (reached) {
      UNWIND reached AS n
      MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY|IN_SEGMENT]-(m)
      RETURN collect([
        type(r), startNode(r).id, endNode(r).id, r.basis, r.confidence, r.rationale,
        coalesce(r.involvementRole, r.experienceGrounds),
        [m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key, m.type]
      ]) AS beside
    }
    RETURN [
      [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
      [root IN roots | root.id],
      [n IN reached | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]],
      onward,
      back,
      beside,
      voices,
      []
    ] AS facts
  }
  RETURN facts AS c1
}
RETURN head(collect([c1])) AS answer
