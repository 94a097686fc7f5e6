"""The commands of the headless door, a module for each thing people come for."""
