"""The ledger, the cash book, the bank."""
