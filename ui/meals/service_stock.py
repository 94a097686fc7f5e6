"""What a service does with the shelves: ideas of dishes, and what its recipes take."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr, trn
from cantine_desktop.meals.closing.queries import closing_of
from cantine_desktop.meals.consumption.using import UsedUp, use_for_service
from cantine_desktop.meals.menus.queries import portions_of
from cantine_desktop.meals.services.model import ServiceState
from ui.desk import Desk
from ui.kit.dialogs import ask
from ui.meals.service_reading import ServicePage


class ServiceStock(QObject):
    """Two actions of the page of a service.

    Attributes:
        choose: Ranks recipes for it, and puts one on its menu.
        take: Takes off the shelves what its dishes need, again when it was done before.
    """

    def __init__(self, desk: Desk, page: QWidget, make: Callable[..., QAction]) -> None:
        super().__init__(page)
        self.desk, self._window = desk, page
        self._page: ServicePage | None = None
        self.choose = make(tr("Que cuisiner ?"), "", self._choose)
        self.take = make(tr("Sortir du stock…"), "", self._take)

    def follow(self, page: ServicePage | None) -> None:
        """Allow what means something for the service that is shown."""
        self._page = page
        today = civil_date(self.desk.book.clock())
        is_planned = page is not None and page.row.state is ServiceState.PLANNED
        is_cancelled = page is not None and page.row.state is ServiceState.CANCELLED
        is_due = page is not None and page.row.day <= today and not is_cancelled
        self.choose.setEnabled(is_planned and self.desk.may_write("meals"))
        self.take.setEnabled(is_due and self.desk.may_write("supply"))

    @Slot()
    def _choose(self) -> None:
        from ui.meals.choosing import ChoosingDialog  # noqa: PLC0415  -- brings the forecast

        if self._page is not None:
            ChoosingDialog(self.desk, self._page.row.key, self._window).exec()

    @Slot()
    def _take(self) -> None:
        page = self._page
        if page is None:
            return
        with self.desk.book.read() as session:
            portions = _eaters(session, page)
        if not portions:
            self.desk.tell(tr("Dites d’abord combien de convives : personne n’est annoncé."))
            return
        title = tr("Sortir du stock")
        text = trn(
            "Les fiches des plats pour {n} convive : les lots qui finissent d’abord sont pris "
            "d’abord. Refait, ce qui avait été pris est d’abord remis.",
            "Les fiches des plats pour {n} convives : les lots qui finissent d’abord sont pris "
            "d’abord. Refait, ce qui avait été pris est d’abord remis.",
            portions,
        )
        if not ask(self._window, title, text, title):
            return
        try:
            with self.desk.book.action(title) as session:
                words = _told(_use(session, page, portions, self.desk.book.clock()))
        except UserError as error:
            self.desk.tell(str(error))
            return
        self.desk.tell(words, undo=True)


def _use(session: Session, page: ServicePage, portions: int, now: datetime) -> UsedUp:
    """Take what the dishes need, at the hour the kitchen began."""
    cooked = datetime.combine(page.row.day, page.row.cook_at, PARIS)
    return use_for_service(session, page.row.key, portions, min(cooked, now), now)


def _eaters(session: Session, page: ServicePage) -> int:
    """Return for how many it was cooked: the diners counted, or those who are announced."""
    closing = closing_of(session, page.row.key)
    if closing is not None and closing.diners:
        return closing.diners
    return portions_of(session, page.row) or 0


def _told(used: UsedUp) -> str:
    words = trn("{n} sortie de stock.", "{n} sorties de stock.", len(used.moves))
    if used.lacking:
        words += " " + tr("Il manquait : {names}.").format(names=", ".join(used.lacking))
    return words
