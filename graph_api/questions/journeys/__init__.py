"""What questions about journeys share: their order, who meets what, and how that feels."""
