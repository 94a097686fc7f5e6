"""The file of entries that French law asks for: writing it, and checking any."""
