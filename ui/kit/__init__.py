"""Fields, grids, tables and pages that every screen is made of; no database here."""
