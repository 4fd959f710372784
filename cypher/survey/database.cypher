// Whether a database is online and takes changes, on each server that has it.
//
// parameters: name
// columns: access, status
// mode: read
SHOW DATABASES YIELD name, access, currentStatus
WHERE name = $name
RETURN access, currentStatus AS status
