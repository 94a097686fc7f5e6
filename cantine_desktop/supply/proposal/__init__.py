"""What to order where and when: the cheapest boxes that cover the needs, and why."""
