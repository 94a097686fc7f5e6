"""What if: five figures to change, and what the year would be; nothing is kept."""

from decimal import Decimal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.finance.price.simulating import Ground, Outcome, Wish, simulate
from cantine_desktop.finance.price.simulation_sheet import conclusion, outcome_rows
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from ui.finance.rows_table import RowsTable, ShownRow
from ui.kit.empty import EmptyState
from ui.kit.field import Field
from ui.kit.fields import MoneyEdit, NumberEdit
from ui.kit.flow import FlowLayout
from ui.kit.labels import heading, wrapped
from ui.kit.notice import Notice
from ui.kit.table import Column
from ui.kit.theme import scaled, set_role

_STRONG = 5
"""Row of the charges of the year: totals begin there."""


class Simulator(QFrame):
    """Fields, a sentence and a table; each field left counts again.

    Attributes:
        ground: What it starts from.
        wish: What was asked last.
        based: The ground with the team as it was told.
        results: The year as it is and the one simulated; ``None`` while a figure is refused.

    Signals:
        printing: The result is to be printed.
    """

    printing = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.ground: Ground | None = None
        self.wish: Wish | None = None
        self.based: Ground | None = None
        self.results: tuple[Outcome, Outcome] | None = None
        self.price = MoneyEdit(tr("Prix affiché"), required=True)
        self.services = NumberEdit(tr("Services par an"), places=0, required=True)
        self.each = NumberEdit(tr("Repas par service"), places=1, required=True)
        self.team = NumberEdit(tr("Équipe aujourd’hui"), places=2, unit=tr("ETP"), required=True)
        self.fte = NumberEdit(tr("Équipe simulée"), places=2, unit=tr("ETP"), required=True)
        self.gifts = MoneyEdit(tr("Dons et subventions par an"), required=True)
        self.notice = Notice()
        self.words = wrapped(role="strong")
        self.table = RowsTable(
            tr("Année simulée"),
            [
                Column(tr("Sur douze mois"), 420),
                Column(tr("Aujourd’hui"), 130, "right"),
                Column(tr("Simulé"), 130, "right"),
                Column(tr("Écart"), 130, "right"),
            ],
            EmptyState(
                tr("Clôturez quelques services, ou tapez un budget, pour simuler une année.")
            ),
            self,
        )
        self.reset = QPushButton(tr("Revenir à aujourd’hui"))
        self.sheet = QPushButton(tr("Imprimer la simulation…"))
        self._lay_out()
        for field in self._fields():
            field.committed.connect(self._count)
        self.reset.clicked.connect(self._reset)
        self.sheet.clicked.connect(self.printing)

    def start_from(self, ground: Ground | None) -> None:
        """Take another ground; what was typed goes with the old one."""
        if ground == self.ground:
            return
        self.ground = ground
        self._reset()

    def _fields(self) -> list[Field[Money] | Field[Decimal]]:
        return [self.price, self.services, self.each, self.team, self.fte, self.gifts]

    @Slot()
    def _reset(self) -> None:
        ground = self.ground
        for field in self._fields():
            field.setEnabled(ground is not None)
        if ground is not None:
            now = ground.as_is
            self.price.set_value(now.price)
            self.services.set_value(Decimal(now.services))
            self.each.set_value(now.each)
            self.team.set_value(now.fte)
            self.fte.set_value(now.fte)
            self.gifts.set_value(now.gifts)
        self._count()

    @Slot()
    def _count(self, _value: object = None) -> None:
        self.notice.hide()
        self.results = None
        ground, wish = self.ground, self._asked()
        if ground is not None and wish is not None and self.team.value:
            based = ground.with_team(self.team.value)
            try:
                self.results = simulate(based, based.as_is), simulate(based, wish)
                self.wish, self.based = wish, based
            except UserError as error:
                self.notice.tell("warn", str(error))
        self.sheet.setEnabled(self.results is not None)
        self.words.setText(self._said())
        self.words.setVisible(self.results is not None)
        rows = outcome_rows(*self.results) if self.results else []
        self.table.show_rows([
            ShownRow(rank, row, is_strong=_is_strong(rank, len(rows)))
            for rank, row in enumerate(rows)
        ])

    def _said(self) -> str:
        if self.results is None or self.based is None:
            return ""
        if self.wish == self.based.as_is:
            return tr("Changez un chiffre pour voir l’année qu’il donnerait.")
        return conclusion(*self.results)

    def _asked(self) -> Wish | None:
        price, services, each = self.price.value, self.services.value, self.each.value
        fte, gifts = self.fte.value, self.gifts.value
        if None in {price, services, each, fte, gifts}:
            return None
        assert price is not None
        assert services is not None
        assert each is not None
        assert fte is not None
        assert gifts is not None
        return Wish(price, int(services), each, fte, gifts)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        column.setSpacing(scaled(8))
        column.addWidget(heading(tr("Simuler une année")))
        fields = QWidget(self)
        set_role(fields, "page")
        flow = FlowLayout(scaled(12), fields)
        for field, title in zip(self._fields(), self._titles(), strict=True):
            flow.addWidget(_titled(title, field, fields))
        column.addWidget(fields)
        column.addWidget(self.notice)
        column.addWidget(self.words)
        self.table.setFixedHeight(scaled(32 * 14 + 8))
        column.addWidget(self.table)
        row = QHBoxLayout()
        row.addWidget(self.sheet)
        row.addWidget(self.reset)
        row.addStretch(1)
        column.addLayout(row)

    def _titles(self) -> tuple[str, ...]:
        return (
            tr("Prix affiché"),
            tr("Services par an"),
            tr("Repas par service"),
            tr("Équipe aujourd’hui"),
            tr("Équipe simulée"),
            tr("Dons et subventions"),
        )


def _titled(title: str, field: QWidget, parent: QWidget) -> QWidget:
    box = QWidget(parent)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(scaled(2))
    label = QLabel(title)
    set_role(label, "small")
    label.setBuddy(field)
    column.addWidget(label)
    field.setFixedWidth(scaled(150))
    column.addWidget(field)
    return box


def _is_strong(rank: int, total: int) -> bool:
    return rank == _STRONG or total - 4 <= rank < total - 1
