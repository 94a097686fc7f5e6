"""The figures of meals, each with the lines behind it."""
