"""People of the team, what ties them to the canteen, and the papers that go with it."""
