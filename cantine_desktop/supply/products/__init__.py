"""What is bought and cooked: products, their units, allergens, season and carbon."""
