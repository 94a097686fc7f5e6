"""Labels of what is made in the kitchen, and finding a lot again."""
