"""Members, visits and partners."""
