"""Neo4j: the only layer that knows the driver."""
