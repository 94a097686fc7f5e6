"""Keeping records for the term of their class, holding back what is frozen, destroying the rest."""
