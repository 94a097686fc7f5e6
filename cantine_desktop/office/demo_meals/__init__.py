"""The services of the demonstration: planned, cooked, served and closed."""
