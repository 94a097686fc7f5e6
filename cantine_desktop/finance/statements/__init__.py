"""Result, balance sheet and what stands below them, in the layout of associations."""
