"""Tables of the register of packs."""
