"""A suspicion of food poisoning: what is frozen, gathered and printed."""
