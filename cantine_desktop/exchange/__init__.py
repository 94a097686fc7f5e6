"""Files in and out: exports, imports, and their located problems."""
