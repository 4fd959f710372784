"""The service over HTTP: routes, the GraphQL endpoint, GraphiQL, health, and the server that runs them."""
