"""Statements of banks and card terminals, whatever file they come in."""
