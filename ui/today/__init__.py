"""The day, in order."""
