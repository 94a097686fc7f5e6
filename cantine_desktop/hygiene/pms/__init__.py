"""The whole sanitary control plan as one document (plan de maîtrise sanitaire)."""
