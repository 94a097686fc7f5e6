"""Tables of the cash book."""
