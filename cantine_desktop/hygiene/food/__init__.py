"""What happens to food, from the door to the table: goods received, cooked, cooled, served, kept."""
