"""Orders, deliveries, lots and stock."""
