"""Equipment, probes and their calibration, maintenance, certificates."""
