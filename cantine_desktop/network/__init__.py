"""Indicators and the file for head office."""
