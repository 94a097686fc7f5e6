"""What was planned, what happened, what is still to come."""
