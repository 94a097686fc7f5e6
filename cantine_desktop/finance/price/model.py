"""Tables of displayed prices."""
