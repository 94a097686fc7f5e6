"""Who comes, without names: newcomers, how they heard, what they say of themselves."""
