"""Every table of the staff, in one import."""

from cantine_desktop.staff.contracts import model as contracts
from cantine_desktop.staff.contracts import register_model as register

__all__ = ["contracts", "register"]
