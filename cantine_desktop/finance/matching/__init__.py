"""Which bank line is which fact, and why."""
