"""Who is at work, and which areas of the book they may read and write.

Every table belongs to an *area* (``hygiene``, ``finance``…). Rights are held
here, below every screen: a session refuses what the actor may not do.
"""

from dataclasses import dataclass

from cantine_desktop.errors import ForbiddenError
from cantine_desktop.i18n import mark, tr

OPEN_AREA = "system"
"""Area of the tables that record the work itself; everybody writes there."""

AREAS = {
    "hygiene": mark("l’hygiène"),
    "canteen": mark("la fiche de la cantine"),
    "people": mark("les personnes"),
    "finance": mark("les comptes"),
    "staff": mark("l’équipe"),
    "supply": mark("les achats et le stock"),
    "meals": mark("les repas"),
    "access": mark("les profils et mots de passe"),
    "history": mark("l’historique"),
}
"""Areas that a profile opens or closes, each in French."""


@dataclass(frozen=True)
class Actor:
    """The person or profile in whose name the book is read and changed.

    Attributes:
        name: As written in the history.
        reads: Areas open for reading; ``None`` is all of them.
        writes: Areas open for writing; ``None`` is all of them.
    """

    name: str = "Direction"
    reads: frozenset[str] | None = None
    writes: frozenset[str] | None = None

    def may_read(self, area: str) -> bool:
        """Tell whether the tables of an area may be read."""
        return self.reads is None or area in self.reads or area == OPEN_AREA

    def may_write(self, area: str) -> bool:
        """Tell whether the tables of an area may be changed."""
        return self.writes is None or area in self.writes or area == OPEN_AREA

    def require_read(self, area: str) -> None:
        """Let a reading pass.

        Raises:
            ForbiddenError: The area is closed to this actor.
        """
        if not self.may_read(area):
            text = tr("Le profil « {name} » ne donne pas accès à cette partie du livre : {area}.")
            raise ForbiddenError(self._said(text, area))

    def require_write(self, area: str) -> None:
        """Let a change pass.

        Raises:
            ForbiddenError: The area is closed to this actor.
        """
        if not self.may_write(area):
            text = tr("Le profil « {name} » ne peut pas modifier cette partie du livre : {area}.")
            raise ForbiddenError(self._said(text, area))

    def _said(self, text: str, area: str) -> str:
        return text.format(name=self.name, area=tr(AREAS.get(area, area)))
