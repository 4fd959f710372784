"""Reports: an answer as a workbook for a board, and as a page that prints. What both show is plain data."""
