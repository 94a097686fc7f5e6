"""One pattern of duties for each person, at least cost: needs, bounds, locks, repair, why not."""
