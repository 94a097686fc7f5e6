"""Tables of what the statements are told."""
