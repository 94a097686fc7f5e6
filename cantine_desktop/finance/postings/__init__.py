"""Facts in the words of a canteen, and the entries they become."""
