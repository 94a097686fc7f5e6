"""The cash book: counts, deposits, closings, and the chain that protects them."""
