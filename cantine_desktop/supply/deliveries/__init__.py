"""Food at the door: deliveries, gifts and surplus, checked line by line."""
