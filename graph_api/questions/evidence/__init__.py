"""What questions about evidence share: what an insight rests on, and what to test next."""
