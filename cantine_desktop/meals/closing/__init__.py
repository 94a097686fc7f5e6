"""The three minutes after a service: who came, what they gave, what is left."""
