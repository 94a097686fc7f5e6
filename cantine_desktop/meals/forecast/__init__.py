"""How many diners to expect, with its intervals and how it did so far."""
