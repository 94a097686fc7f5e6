"""Private meals and workshops: quote, deposit, service, invoice."""
