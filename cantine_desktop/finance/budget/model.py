"""Tables of the budget."""
