"""Every paper of meals."""

from cantine_desktop.documents.registry import Document
from cantine_desktop.meals.choosing import sheets as choosing
from cantine_desktop.meals.closing import sheets as closing
from cantine_desktop.meals.consumption import sheets as consumption
from cantine_desktop.meals.events import sheets as events
from cantine_desktop.meals.figures import sheets as figures
from cantine_desktop.meals.forecast import sheets as forecast
from cantine_desktop.meals.menus import sheets as menus
from cantine_desktop.meals.needs import sheets as needs
from cantine_desktop.meals.recipes import sheets as recipes
from cantine_desktop.meals.reservations import sheets as reservations
from cantine_desktop.meals.services import sheets as services
from cantine_desktop.meals.visits import sheets as visits

DOCUMENTS: tuple[Document, ...] = (
    *services.DOCUMENTS,
    *reservations.DOCUMENTS,
    *recipes.DOCUMENTS,
    *menus.DOCUMENTS,
    *closing.DOCUMENTS,
    *visits.DOCUMENTS,
    *events.DOCUMENTS,
    *forecast.DOCUMENTS,
    *consumption.DOCUMENTS,
    *needs.DOCUMENTS,
    *choosing.DOCUMENTS,
    *figures.DOCUMENTS,
)
