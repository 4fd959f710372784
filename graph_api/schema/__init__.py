"""The Strawberry schema, and the service that answers operations on it."""
