"""What search is made of: words, and where they stand."""
