"""The plan in force: control points, their limits and where each comes from, versions."""
