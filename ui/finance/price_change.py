"""Before and after a day: a price, a poster, anything somebody noted (U23)."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.finance.price.comparing import Change, Compared, Side
from cantine_desktop.finance.price.phrases import compared_words, percent
from cantine_desktop.i18n import money, number, short_day, tr
from cantine_desktop.values.money import Money
from ui.finance.rows_table import RowsTable, ShownRow
from ui.kit.empty import EmptyState
from ui.kit.flow import FlowLayout
from ui.kit.labels import heading, wrapped
from ui.kit.table import Column
from ui.kit.theme import scaled, set_role

WEEKS = (4, 8, 13)


class ChangeCard(QFrame):
    """Chooses a change and shows what people gave on either side.

    Signals:
        asked: Another change or length was chosen.
        noting: Something that happened is to be noted.
    """

    asked = Signal()
    noting = Signal()

    def __init__(self, parent: QWidget, *, may_note: bool) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._changes: list[Change] = []
        self.which = QComboBox(self)
        self.which.setAccessibleName(tr("Changement à regarder"))
        self.which.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.which.setMinimumContentsLength(36)
        self.weeks = QComboBox(self)
        self.weeks.setAccessibleName(tr("Durée de chaque côté"))
        for count in WEEKS:
            self.weeks.addItem(tr("{n} semaines de chaque côté").format(n=count), count)
        self.weeks.setCurrentIndex(len(WEEKS) - 1)
        self.note = QPushButton(tr("Noter un repère…"), self)
        self.note.setEnabled(may_note)
        self.words = wrapped(role="strong")
        self.caution = wrapped(
            tr(
                "Un avant et un après ne disent pas pourquoi : la saison, le menu et les convives"
                " changent aussi. L’intervalle compte par service, pas par personne."
            ),
            "small",
        )
        self.sides = RowsTable(
            tr("Avant et après"),
            _columns(),
            EmptyState(
                tr("Notez un nouveau prix affiché ou un repère, une nouvelle affiche par exemple.")
            ),
            self,
        )
        self._lay_out()
        self.which.currentIndexChanged.connect(self.asked)
        self.weeks.currentIndexChanged.connect(self.asked)
        self.note.clicked.connect(self.noting)

    @property
    def span(self) -> int:
        """Weeks on either side."""
        return int(self.weeks.currentData())

    @property
    def place(self) -> int:
        """Rank of the change chosen."""
        return max(self.which.currentIndex(), 0)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Offer other changes; the one chosen stays where it is still there."""
        if self._changes and list(changes) == self._changes:
            return
        chosen = self._changes[self.place] if self._changes else None
        self._changes = list(changes)
        self.which.blockSignals(True)
        self.which.clear()
        for change in changes:
            self.which.addItem(f"{short_day(change.day)} · {change.words}")
        if chosen is not None and chosen in self._changes:
            self.which.setCurrentIndex(self._changes.index(chosen))
        self.which.blockSignals(False)
        for widget in (self.which, self.weeks):
            widget.setVisible(bool(changes))

    def show_compared(self, found: Compared | None) -> None:
        """Show a comparison, or that nothing can be compared yet."""
        self.caution.setVisible(found is not None)
        if found is None:
            self.words.setText(tr("Ce changement n’a pas encore d’après.") if self._changes else "")
            self.words.setVisible(bool(self._changes))
            self.sides.show_rows([])
            return
        self.words.setVisible(True)
        self.words.setText(compared_words(found))
        self.sides.show_rows([
            _row(tr("Avant"), found.before),
            _row(tr("Après"), found.after),
            _gap_row(found),
        ])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        column.setSpacing(scaled(8))
        column.addWidget(heading(tr("Avant et après un changement")))
        bar = QWidget(self)
        set_role(bar, "page")
        flow = FlowLayout(scaled(8), bar)
        for widget in (self.which, self.weeks, self.note):
            flow.addWidget(widget)
        column.addWidget(bar)
        column.addWidget(self.words)
        self.sides.setFixedHeight(scaled(150))
        column.addWidget(self.sides)
        column.addWidget(self.caution)


def _columns() -> list[Column]:
    return [
        Column("", 90),
        Column(tr("Jours"), 230),
        Column(tr("Services"), 84, "right"),
        Column(tr("Contributions (n)"), 140, "right"),
        Column(tr("Moyenne"), 110, "right"),
        Column(tr("Médiane"), 110, "right"),
        Column(tr("À zéro"), 110, "right"),
    ]


def _row(title: str, side: Side) -> ShownRow:
    days = tr("du {first} au {last}").format(
        first=_short(side.period.first), last=_short(side.period.last)
    )
    return ShownRow(
        title,
        (
            title,
            days,
            str(len(side.services)),
            str(side.people),
            _euros(side.mean),
            _euros(side.median),
            percent(side.zeros),
        ),
    )


def _gap_row(found: Compared) -> ShownRow:
    before, after = found.before, found.after
    mean = after.mean - before.mean if after.mean and before.mean else None
    median = after.median - before.median if after.median and before.median else None
    zeros = ""
    if after.zeros is not None and before.zeros is not None:
        zeros = tr("{gap} points").format(gap=number(after.zeros - before.zeros, 1))
    texts = (tr("Écart"), "", "", "", _euros(mean), _euros(median), zeros)
    return ShownRow(None, texts, is_strong=True)


def _euros(amount: Money | None) -> str:
    return "–" if amount is None else money(amount)


def _short(day: date) -> str:
    return short_day(day)
