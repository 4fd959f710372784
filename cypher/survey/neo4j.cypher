// Which Neo4j this is.
//
// parameters:
// columns: version
//   edition: `community` or `enterprise`
// mode: read
CALL dbms.components() YIELD name, versions, edition
WHERE name = 'Neo4j Kernel'
RETURN versions[0] AS version, edition
