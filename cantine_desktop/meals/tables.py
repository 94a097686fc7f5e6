"""Every table of meals, in one import."""

from cantine_desktop.meals.closing import model as closing
from cantine_desktop.meals.consumption import model as consumption
from cantine_desktop.meals.events import model as events
from cantine_desktop.meals.menus import model as menus
from cantine_desktop.meals.recipes import model as recipes
from cantine_desktop.meals.reservations import model as reservations
from cantine_desktop.meals.services import model as services
from cantine_desktop.meals.visits import model as visits

__all__ = [
    "closing",
    "consumption",
    "events",
    "menus",
    "recipes",
    "reservations",
    "services",
    "visits",
]
