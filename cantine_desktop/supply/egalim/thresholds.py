"""What the law asks of quality food, which depends on where the canteen is.

Source: MA-CANTINE.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.i18n import mark, tr

ANIMAL_TARGET, NETWORK_TARGET = 60, 50
"""Hundredths asked of meat and fish, everywhere; the network’s own, of organic or local food."""


@dataclass(frozen=True)
class Thresholds:
    """What is asked of all food, in hundredths of what is bought.

    Attributes:
        quality: Of durable and quality food, organic food among it.
        organic: Of organic food.
        where: Who is asked that, marked; empty for mainland France and Corsica.
    """

    quality: int
    organic: int
    where: str = ""

    @property
    def sentence(self) -> str:
        """Say where these hold; empty for the mainland."""
        if not self.where:
            return ""
        return tr("Seuils de la loi pour {where}.").format(where=tr(self.where))


MAINLAND = Thresholds(50, 20)
_OVERSEAS = Thresholds(
    20, 5, mark("Guadeloupe, Guyane, Martinique, La Réunion, Saint-Barthélemy et Saint-Martin")
)
_BY_DEPARTMENT = {
    **dict.fromkeys(("971", "972", "973", "974", "977", "978"), _OVERSEAS),
    "975": Thresholds(30, 10, mark("Saint-Pierre-et-Miquelon")),
    "976": Thresholds(5, 2, mark("Mayotte")),
}
"""The figures are those of the platform; that 977 and 978, once communes of Guadeloupe, follow
it is from memory."""


def thresholds(department: str) -> Thresholds:
    """Return what is asked in a département, ``"67"`` or ``"974"``; unknown is the mainland."""
    return _BY_DEPARTMENT.get(department.strip().upper(), MAINLAND)


def thresholds_here(session: Session) -> Thresholds:
    """Return what is asked where the canteen is."""
    canteen = the_canteen(session)
    return thresholds(canteen.department if canteen else "")
