"""Cash, bank and budget."""
