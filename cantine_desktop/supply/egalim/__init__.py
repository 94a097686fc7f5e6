"""Shares of quality food as the law counts them, and the declaration to the public platform."""
