"""The terms of retention: their classes, and the arithmetic of dates; ``keeping`` applies them."""
