"""Grants from the request to the report, and the funds they dedicate."""
