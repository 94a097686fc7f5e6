"""The cleaning plan and the checks ticked day by day."""
