"""A GraphQL service over a Neo4j knowledge graph that links customer insight to action."""
