// Indexes that cannot be used: they are being filled, or failed.
//
// parameters:
// columns: name, state
// mode: read
SHOW INDEXES YIELD name, state
WHERE state <> 'ONLINE'
RETURN name, state
ORDER BY name
