"""Keeping records as long as due, holding back what is frozen, destroying the rest for good."""
