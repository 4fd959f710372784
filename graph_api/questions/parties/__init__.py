"""What questions about departments and partners share: roles and hand-offs."""
