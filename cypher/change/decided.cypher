// The decisions about some entities and the waivers for them, as they stand.
//
// parameters:
//   ids: of the entities
// columns:
//   records: each [the entity's id, the record's labels, a map of its properties, the moment as text]
// mode: read
UNWIND $ids AS id
MATCH (n:Entity) USING INDEX SEEK n:Entity(id) WHERE n.id = id
MATCH (n)<-[:DECIDES|WAIVES]-(record)
RETURN collect([
  id,
  labels(record),
  record {
    .id, .key, .decidedOn, .rule, .reason, .waivedOn, .expires,
    createdAt: toString(record.createdAt)
  }
]) AS records
