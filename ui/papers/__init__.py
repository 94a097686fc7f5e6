"""The catalogue of what can be printed."""
