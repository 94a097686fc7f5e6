"""Orders to suppliers: what is asked for, each revision of it, how it was sent."""
