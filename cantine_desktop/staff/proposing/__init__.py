"""A legal roster proposed from the needs of the services, and mended after an absence."""
