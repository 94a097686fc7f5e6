"""Members, volunteers, and who may do what."""
