// All imports that were made in batches, the newest first.
//
// parameters:
// columns:
//   imports: each a map of the record's properties, its moment as text
// mode: read
MATCH (i:Import)
WITH i ORDER BY i.at DESC, i.id
RETURN collect(i {.*, at: toString(i.at)}) AS imports
