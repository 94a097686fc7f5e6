"""Orders, deliveries and stock."""
