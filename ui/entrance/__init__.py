"""Coming in: the welcome, the opening of a book, the leaving of it."""
