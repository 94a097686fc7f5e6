"""Every table of the sanitary control plan, in one import."""

from cantine_desktop.hygiene import model

__all__ = ["model"]
