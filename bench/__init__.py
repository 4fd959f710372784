"""Measurements: a generator of realistic graphs, what loads them, and comparisons with hand-written peers."""
