"""Every table of the staff, in one import."""

from cantine_desktop.staff.contracts import model as contracts
from cantine_desktop.staff.contracts import register_model as register
from cantine_desktop.staff.hours import model as hours
from cantine_desktop.staff.payroll import model as payroll
from cantine_desktop.staff.rosters import model as rosters

__all__ = ["contracts", "hours", "payroll", "register", "rosters"]
