"""Tables of pieces."""
