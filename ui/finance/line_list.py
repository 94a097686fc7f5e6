"""The lines behind a figure: what it is made of, down to each entry."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from cantine_desktop.documents.periods import in_words
from cantine_desktop.finance.ledger.queries import (
    AccountLine,
    LineFilter,
    LineKey,
    line_keys,
    line_rows,
)
from cantine_desktop.i18n import money, number, short_day, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.empty import EmptyState
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role

ENTRY_SCREEN = "accounts"
_INCOME = ("7", "87")


class LinesDialog(Dialog):
    """Lists the lines a figure is made of; Enter shows the entry of one.

    Args:
        parent: What it stands before.
        desk: The working context.
        title: What the figure is: « Denrées, octobre 2026 ».
        wanted: Which lines.
        sign: 1 when the figure counts debits as positive, −1 for income and debts.
    """

    def __init__(
        self, parent: QWidget | None, desk: Desk, title: str, wanted: LineFilter, sign: int = 1
    ) -> None:
        super().__init__(parent, title)
        self._desk, self._wanted, self._sign = desk, wanted, sign
        self.total = QLabel()
        set_role(self.total, "muted")
        self.body.addWidget(self.total)
        self.table: LazyTable[LineKey] = LazyTable(
            title,
            line_columns(),
            self._load,
            self._find,
            empty=EmptyState(tr("Aucune écriture ne compte dans ce chiffre.")),
        )
        self.table.activated.connect(self._open)
        self.body.addWidget(self.table, 1)
        show, _close = self.add_answers(tr("Voir l’écriture"), cancel=tr("Fermer"))
        show.clicked.disconnect()
        show.clicked.connect(self._open_current)
        self._show: QPushButton = show
        self.table.current_changed.connect(self._on_current)
        self.table.refresh()
        self._say()
        if self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        self._on_current(self.table.current_key)
        fit(self, 940, 560)
        self.table.setFocus()

    def _find(self, _column: str, _down: bool) -> Sequence[LineKey]:  # noqa: FBT001
        with self._desk.book.read() as session:
            return line_keys(session, self._wanted)

    def _load(self, keys: Sequence[LineKey]) -> list[Row]:
        with self._desk.book.read() as session:
            return [line_texts(line, self._sign) for line in line_rows(session, keys)]

    def _say(self) -> None:
        keys = self.table.model.keys
        total = Money(self._sign * (keys[-1][1] if keys else 0))
        counted = trn("{n} ligne", "{n} lignes", len(keys))
        when = in_words(self._wanted.period)
        self.total.setText(
            tr("{when} · {counted} · total {total}").format(
                when=when, counted=counted, total=money(total)
            )
        )

    @Slot(object)
    def _on_current(self, key: LineKey | None) -> None:
        self._show.setEnabled(key is not None)

    @Slot()
    def _open_current(self) -> None:
        if self.table.current_key is not None:
            self._open(self.table.current_key)

    @Slot(object)
    def _open(self, key: LineKey) -> None:
        with self._desk.book.read() as session:
            (line,) = line_rows(session, [key])
        self.accept()
        self._desk.go(ENTRY_SCREEN, line.entry_id)


def show_lines(  # noqa: PLR0917  -- as every screen calls it
    parent: QWidget,
    desk: Desk,
    title: str,
    period: Period,
    beginning: str = "",
    activity: str = "",
    project: str = "",
) -> None:
    """Show the lines behind a figure.

    Args:
        parent: The screen it is asked from.
        desk: The working context.
        title: What the figure is.
        period: Accounting days.
        beginning: First digits of the accounts, several separated by spaces.
        activity: Only lines of that section.
        project: Only lines of that section.
    """
    wanted = LineFilter(period, beginning, activity, project)
    LinesDialog(parent.window(), desk, title, wanted, sign_of(beginning)).exec()


def sign_of(beginning: str) -> int:
    """Return −1 where figures count credits as positive, as income and gifts in kind do."""
    starts = beginning.split()
    return -1 if starts and all(start.startswith(_INCOME) for start in starts) else 1


def line_columns() -> list[Column]:
    """Return the columns of a list of lines."""
    return [
        Column(tr("Jour"), 100),
        Column(tr("Libellé"), 300),
        Column(tr("Pièce"), 110),
        Column(tr("Compte"), 200),
        Column(tr("Montant (€)"), 100, "right"),
        Column(tr("Cumul (€)"), 110, "right"),
    ]


def line_texts(line: AccountLine, sign: int) -> Row:
    """Return what a list says of a line."""
    label = f"{line.label} · {line.party}" if line.party else line.label
    return Row((
        short_day(line.day),
        label,
        line.piece_ref,
        f"{line.account} {line.title}",
        plain_money(Money(sign * line.amount.cents)),
        plain_money(Money(sign * line.balance.cents)),
    ))


def plain_money(amount: Money) -> str:
    """Return an amount without its unit, for a column that has it at its head."""
    return number(amount.euros)


def fit(dialog: QDialog, width: int, height: int) -> None:
    """Give a window its usual size, in pixels at 100 %, within the screen."""
    fit_pixels(dialog, scaled(width), scaled(height))


def fit_pixels(dialog: QDialog, width: int, height: int) -> None:
    """Give a window a size, in pixels as they are, within the screen."""
    # Never ``dialog.screen()``: the screen would be freed with the dialog, and Qt crashes.
    before = dialog.parentWidget()
    there = QGuiApplication.screenAt(before.window().geometry().center()) if before else None
    room = (there or QGuiApplication.primaryScreen()).availableGeometry()
    dialog.resize(min(width, room.width() - scaled(40)), min(height, room.height() - scaled(60)))
