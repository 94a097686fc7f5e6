"""Who announced themselves for a service, to eat or to cook, and the diets of the day."""
