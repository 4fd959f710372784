"""The link types: `spine` carries the thread from insight to action, `attached` is everything beside it."""
