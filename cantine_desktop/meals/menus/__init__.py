"""What a service eats: dishes, their allergens confirmed, what is posted."""
