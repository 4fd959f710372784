"""The one way in: every write is a ChangeSet, checked as a whole, applied in one transaction, recorded."""
