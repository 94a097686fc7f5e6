"""Tables of the register of exports."""
