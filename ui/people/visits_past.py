"""Who came: the means by weekday and month, shares, and each service behind them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cantine_desktop.i18n import number, short_day, tr, trn, weekday
from cantine_desktop.meals.closing.model import HEARD
from cantine_desktop.meals.visits.attendance import Attendance, Visit
from cantine_desktop.meals.visits.report import percent, summary
from cantine_desktop.values.text import NBSP
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role
from ui.people.visits_heat import HeatView


class PastPage(QWidget):
    """The visits of a period."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._visits: dict[int, Visit] = {}
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        set_role(self.sentence, "h2")
        self.heat = HeatView(self)
        self.heard = QLabel(self)
        self.heard.setWordWrap(True)
        set_role(self.heard, "muted")
        self.table: LazyTable[int] = LazyTable(
            tr("Services clôturés"),
            _columns(),
            self._load,
            self._keys,
            empty=EmptyState(
                tr("Chaque clôture de service ajoute ici ses convives, sans aucun nom."),
                tr("Clôturer un service"),
                self._close,
            ),
            parent=self,
        )
        self.table.activated.connect(self._open)
        self.table.setMinimumHeight(scaled(96))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        for widget in (self.sentence, self.heat, self.heard):
            column.addWidget(widget)
        column.addWidget(self.table, 1)

    def present(self, found: Attendance, marked: Sequence[date]) -> None:
        """Show other visits; ``marked`` are days with a note."""
        self._visits = {visit.service: visit for visit in reversed(found.visits)}
        self.sentence.setText(summary(found))
        self.heat.present(found, frozenset(day.replace(day=1) for day in marked))
        self.heat.setVisible(bool(found.visits))
        self.heard.setText(_heard(found))
        self.heard.setVisible(bool(found.visits))
        self.table.refresh()

    def _keys(self, _column: str, _down: bool) -> list[int]:  # noqa: FBT001  -- the table's call
        return list(self._visits)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [Row(_texts(self._visits[key])) for key in keys]

    @Slot(object)
    def _open(self, key: object) -> None:
        self._desk.go("service", key)

    def _close(self) -> None:
        self._desk.go("closing")


def _columns() -> list[Column]:
    return [
        Column(tr("Jour"), 135),
        Column(tr("Service"), 160),
        Column(tr("Convives"), 90, "right"),
        Column(tr("Places"), 80, "right"),
        Column(tr("Cuisinier·ères"), 120, "right"),
        Column(tr("Nouveaux"), 100, "right"),
        Column(tr("Enfants"), 90, "right"),
        Column(tr("Offerts, pris en charge"), 180, "right"),
    ]


def _texts(visit: Visit) -> tuple[str, ...]:
    free = (visit.offered or 0) + visit.sponsored
    return (
        f"{weekday(visit.day)} {short_day(visit.day)}",
        visit.name,
        str(visit.diners),
        str(visit.seats),
        *("–" if each is None else str(each) for each in (visit.cooks, visit.newcomers)),
        "–" if visit.children is None else str(visit.children),
        str(free) if free else "",
    )


def _heard(found: Attendance) -> str:
    """Say how newcomers heard of the canteen, and on how many of them that rests."""
    whole = sum(count for _heard, count in found.heard)
    if not whole:
        return tr("Comment les nouveaux ont connu la cantine : rien n’est noté à la clôture.")
    parts = [f"{tr(HEARD[each])} {percent(count / whole)}" for each, count in found.heard]
    known = trn("{n} réponse", "{n} réponses", whole)
    words = tr("Comment les nouveaux ont connu la cantine ({known}) :").format(known=known)
    return f"{words} {' · '.join(parts)}"


def share_words(rate: float | None) -> str:
    """Write a share in whole percents; a dash when nobody counted."""
    return "–" if rate is None else f"{number(Decimal(round(100 * rate)))}{NBSP}%"
