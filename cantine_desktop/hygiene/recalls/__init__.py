"""Public recalls on the sheets of hygiene: what names the food, what is set aside, the file."""
