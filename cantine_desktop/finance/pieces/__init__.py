"""Invoices, tickets and other proofs, and what is read out of them."""
