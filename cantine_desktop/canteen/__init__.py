"""The canteen itself: its name, its place, when it is open."""
