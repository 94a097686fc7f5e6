"""What a service is called."""

from cantine_desktop.i18n import tr
from cantine_desktop.meals.services.model import KINDS, MealService


def service_name(service: MealService) -> str:
    """Return the name of a service: its own, or that of its kind."""
    return service.name or tr(KINDS[service.kind])
