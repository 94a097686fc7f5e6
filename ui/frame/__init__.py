"""The parts of the window that every screen shares."""
