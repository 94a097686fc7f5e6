"""What the payroll office is told of each person each month, line by line to its day."""
