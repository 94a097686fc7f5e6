"""What the demonstration canteen orders, receives and keeps; every name is invented."""
