"""Every table of the application, in one import."""

from cantine_desktop.canteen import model as canteen
from cantine_desktop.finance import tables as finance
from cantine_desktop.hygiene import tables as hygiene
from cantine_desktop.meals import tables as meals
from cantine_desktop.people import model as people
from cantine_desktop.staff import tables as staff
from cantine_desktop.storage import attachments, destruction, history, numbering, seal
from cantine_desktop.storage.base import Base
from cantine_desktop.supply import tables as supply

__all__ = [
    "Base",
    "attachments",
    "canteen",
    "destruction",
    "finance",
    "history",
    "hygiene",
    "meals",
    "numbering",
    "people",
    "seal",
    "staff",
    "supply",
]
