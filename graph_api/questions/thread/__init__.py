"""How entities hang together, and what is expected of them: what questions about the thread share."""
