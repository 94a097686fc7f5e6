"""The money of the demonstration canteen: invented, and alike for the same day."""
