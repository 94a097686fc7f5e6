"""Invoices beside deliveries: what agrees, what is claimed, the credit that is awaited."""
