"""How many to expect in the next two weeks, why, and how well it would have gone so far."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cantine_desktop.i18n import day_and_month, tr, weekday
from cantine_desktop.meals.forecast.backtest import BackTest
from cantine_desktop.meals.forecast.coming import Coming
from cantine_desktop.meals.forecast.verdict import span, surplus, tested
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role


class Foreseen(NamedTuple):
    """What is read at once: services to come, and the back-test."""

    coming: list[Coming]
    test: BackTest


class ComingPage(QWidget):
    """The services of the next two weeks."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._coming: dict[int, Coming] = {}
        self.verdict = QLabel(tr("Calcul en cours…"), self)
        self.verdict.setWordWrap(True)
        self.surplus = QLabel(self)
        self.surplus.setWordWrap(True)
        set_role(self.surplus, "muted")
        self.why = QLabel(self)
        self.why.setWordWrap(True)
        self.why.setAccessibleName(tr("Pourquoi ce nombre"))
        self.table: LazyTable[int] = LazyTable(
            tr("Convives à prévoir"),
            _columns(),
            self._load,
            self._keys,
            empty=EmptyState(
                tr("Aucun service n’est prévu dans les deux semaines qui viennent."),
                tr("Ouvrir le calendrier"),
                self._plan,
            ),
            parent=self,
        )
        self.table.current_changed.connect(self._explain)
        self.table.activated.connect(self._open)
        self.table.setMinimumHeight(scaled(120))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.verdict)
        column.addWidget(self.surplus)
        column.addWidget(self.table, 1)
        column.addWidget(self.why)

    def present(self, found: Foreseen) -> None:
        """Show other forecasts."""
        self._coming = {each.service.key: each for each in found.coming}
        self.verdict.setText(tested(found.test))
        said = surplus(found.test)
        self.surplus.setText(said)
        self.surplus.setVisible(bool(said))
        self.table.refresh()
        if self._coming and self.table.current_key is None:
            self.table.go_to(next(iter(self._coming)))
        self._explain()

    @Slot()
    def _explain(self, _key: object = None) -> None:
        each = self._coming.get(self.table.current_key or 0)
        self.why.setText(" ".join(each.forecast.why) if each else "")
        self.why.setVisible(each is not None)

    @Slot(object)
    def _open(self, key: object) -> None:
        self._desk.go("service", key)

    def _plan(self) -> None:
        self._desk.go("calendar")

    def _keys(self, _column: str, _down: bool) -> list[int]:  # noqa: FBT001  -- the table's call
        return list(self._coming)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [Row(_texts(self._coming[key])) for key in keys]


def _columns() -> list[Column]:
    return [
        Column(tr("Jour"), 145),
        Column(tr("Service"), 110),
        Column(tr("À prévoir"), 85, "right"),
        Column(tr("1 fois sur 2"), 95, "right"),
        Column(tr("4 fois sur 5"), 95, "right"),
        Column(tr("Places"), 70, "right"),
        Column(tr("Repose sur"), 240),
    ]


def _texts(each: Coming) -> tuple[str, ...]:
    row, found = each
    basis = tr("{n} services clôturés").format(n=found.n)
    if not found.is_measured:
        basis = tr("pas assez de passé ({n})").format(n=found.n)
    return (
        f"{weekday(row.day)} {day_and_month(row.day)}",
        row.title,
        str(found.expected),
        span(found.low50, found.high50),
        span(found.low80, found.high80),
        str(row.seats),
        basis,
    )
