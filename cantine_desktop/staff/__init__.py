"""Contracts, rosters and hours."""
