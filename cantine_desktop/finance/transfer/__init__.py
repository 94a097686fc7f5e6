"""Layouts of accounting programs, as data, and the diff of what comes back."""
