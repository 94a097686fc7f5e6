"""What happens to food: goods received, dishes cooked, cooled, served, samples kept."""
