"""Settings of the canteen and of this workstation."""
