"""How long the money lasts."""
