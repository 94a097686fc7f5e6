"""How long each record is kept, what may be destroyed, and what must not be."""
