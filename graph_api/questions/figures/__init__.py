"""What questions about numbers share: values, intervals, claims, chains and effects."""
