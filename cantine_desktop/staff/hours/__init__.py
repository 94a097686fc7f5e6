"""Hours worked: confirmed, signed, sealed, counted."""
