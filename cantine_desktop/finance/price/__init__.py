"""The displayed price, the cost of a meal, and the figures between them."""
