"""Closing a month in eight steps."""
