"""What the season holds: patterns, services, what changes in them."""
