"""What the questions of a portfolio share: its items, what they are worth, and what they take."""
