"""Recalls: public notices, the lots they touch, drills and what they showed."""
