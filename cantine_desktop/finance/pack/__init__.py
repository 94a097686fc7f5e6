"""The monthly archive for the accountant."""
