"""Every table of supply, in one import."""

from cantine_desktop.supply.products import model as products

__all__ = ["products"]
