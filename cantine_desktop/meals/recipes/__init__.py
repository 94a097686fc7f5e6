"""Technical sheets: quantities, yields, allergens, cost, season, carbon."""
