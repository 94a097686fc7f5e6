"""What is on the shelves: lots, what happens to them, counts, and what they are worth."""
