"""Tables of the month’s end."""
