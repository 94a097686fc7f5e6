"""Rosters, hours and contracts."""
