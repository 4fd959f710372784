"""The link types of the graph: `spine` carries the thread from insight to action, `attached` is everything beside it."""
