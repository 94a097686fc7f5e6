"""Entries, their lines and numbers: what every other part of finance posts to and reads."""
