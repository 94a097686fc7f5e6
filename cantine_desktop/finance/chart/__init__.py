"""The chart of accounts, in both numberings, and the part each account plays."""
