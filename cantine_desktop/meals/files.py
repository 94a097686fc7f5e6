"""Every file of meals that goes out or comes in."""

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.meals.choosing import files as choosing
from cantine_desktop.meals.closing import files as closing
from cantine_desktop.meals.consumption import files as consumption
from cantine_desktop.meals.events import files as events
from cantine_desktop.meals.forecast import files as forecast
from cantine_desktop.meals.menus import files as menus
from cantine_desktop.meals.needs import files as needs
from cantine_desktop.meals.recipes import files as recipes
from cantine_desktop.meals.reservations import files as reservations
from cantine_desktop.meals.services import files as services
from cantine_desktop.meals.visits import files as visits

EXPORTS: tuple[Export, ...] = (
    *services.EXPORTS,
    *reservations.EXPORTS,
    *recipes.EXPORTS,
    *menus.EXPORTS,
    *closing.EXPORTS,
    *visits.EXPORTS,
    *events.EXPORTS,
    *forecast.EXPORTS,
    *consumption.EXPORTS,
    *needs.EXPORTS,
    *choosing.EXPORTS,
)
IMPORTS: tuple[Import, ...] = (
    *services.IMPORTS,
    *reservations.IMPORTS,
    *recipes.IMPORTS,
    *menus.IMPORTS,
    *closing.IMPORTS,
    *visits.IMPORTS,
    *events.IMPORTS,
    *forecast.IMPORTS,
    *consumption.IMPORTS,
    *needs.IMPORTS,
    *choosing.IMPORTS,
)
