"""Matching a bank line by hand: what it settles, searched among what waits; its other parts."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.finance.matching.proposal import Choice, OtherSide, Proposal
from cantine_desktop.finance.matching.queries import (
    BankRow,
    SettleRow,
    choosable,
    settle_rows,
)
from cantine_desktop.i18n import long_day, money, short_day, tr
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.finance.bank_parts import PartList
from ui.finance.bank_rows import waiting_word
from ui.kit.dialogs import Dialog
from ui.kit.field import take_typed
from ui.kit.fields import MoneyEdit
from ui.kit.theme import scaled, set_role

KEY = Qt.ItemDataRole.UserRole
_PATIENCE = 120
_SHOWN = 60
"""Items listed at once: the nearest in amount, or what the search finds."""


class HandDialog(Dialog):
    """Says what a line is: tick what it settles, or name its parts; the rest must be nothing.

    Attributes:
        choice: What was chosen, once accepted.
    """

    def __init__(
        self,
        desk: Desk,
        account_id: int,
        row: BankRow,
        proposal: Proposal | None = None,
        parent: QWidget | None = None,
    ) -> None:
        details = f" · {row.details}" if row.details else ""
        text = f"{row.label}{details}\n{money(row.amount)} · {long_day(row.day)}"
        super().__init__(parent, tr("Que paie cette ligne ?"), text)
        self._desk, self._account_id, self._row = desk, account_id, row
        self.choice: Choice | None = None
        self._ticked: dict[int, SettleRow] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Chercher une facture, une recette, un montant…"))
        self.search.setAccessibleName(tr("Chercher ce qui attend"))
        self.search.setClearButtonEnabled(True)
        self.items = QListWidget()
        self.items.setAccessibleName(tr("Ce qui attend d’être payé ou encaissé"))
        self.fee = MoneyEdit(tr("Commission retenue"))
        self.fee.setFixedWidth(scaled(120))
        self.rest = QLabel()
        with desk.book.read() as session:
            self.parts = PartList(choosable(session), self.items)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._connect()
        self._lay_out()
        self._begin(proposal)

    def _begin(self, proposal: Proposal | None) -> None:
        if proposal is not None:
            wanted = {*proposal.choice.items, *proposal.choice.posted}
            with self._desk.book.read() as session:
                rows = settle_rows(session, self._account_id, self._row.amount, "")
            self._ticked = {row.id: row for row in rows if row.id in wanted}
            if proposal.choice.fee:
                self.fee.set_value(proposal.choice.fee)
            for side in proposal.choice.others:
                self.parts.add(side.amount, side)
        self._list()
        if not self._ticked and not self.parts.rows:
            self.parts.add(self._row.amount)
        self._count()
        self.search.setFocus()

    @property
    def gap(self) -> int:
        """What is not explained yet, in cents."""
        fee = self.fee.value.cents if self.fee.value else 0
        settled = sum(row.amount.cents for row in self._ticked.values())
        return self._row.amount.cents + fee - settled - self.parts.cents

    @Slot()
    def _list(self) -> None:
        with self._desk.book.read() as session:
            words = self.search.text()
            rows = settle_rows(session, self._account_id, self._row.amount, words)[:_SHOWN]
        ticked = [row for row in self._ticked.values() if row.id not in {r.id for r in rows}]
        self.items.blockSignals(True)
        self.items.clear()
        for row in (*ticked, *rows):
            item = QListWidgetItem(_words(row))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = row.id in self._ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setData(KEY, row)
            self.items.addItem(item)
        self.items.setCurrentRow(0)
        self.items.blockSignals(False)

    @Slot(QListWidgetItem)
    def _on_tick(self, item: QListWidgetItem) -> None:
        row = item.data(KEY)
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked[row.id] = row
            self._drop_idle_part()
        else:
            self._ticked.pop(row.id, None)
        self._count()

    def _drop_idle_part(self) -> None:
        """Let the rest follow: a part nobody named yet is no part."""
        for row in [row for row in self.parts.rows if row.side is None]:
            row.amount.set_value(None)

    @Slot()
    def _add_part(self) -> None:
        row = self.parts.add(Money(self.gap))
        row.account.setFocus()

    @Slot()
    def _count(self) -> None:
        gap = self.gap
        if gap:
            self.rest.setText(tr("Reste à expliquer : {gap}").format(gap=money(Money(gap))))
        else:
            self.rest.setText(tr("✓ Tout est expliqué"))
        set_role(self.rest, "error" if gap else "strong")
        self.act.setEnabled(not gap and self.parts.is_whole)

    @Slot()
    def _finish(self) -> None:
        take_typed()
        if self.gap or not self.parts.is_whole:
            return
        rows = list(self._ticked.values())
        posted = tuple(row.id for row in rows if row.is_posted)
        items = tuple(row.id for row in rows if not row.is_posted)
        self.choice = Choice(
            (self._row.id,),
            MatchKind.POSTED if posted else MatchKind.HAND,
            items,
            posted,
            self.parts.sides,
            self.fee.value or Money(0),
            title=self._title(rows, self.parts.sides),
            reason=tr("dit à la main"),
        )
        self.accept()

    def _title(self, rows: list[SettleRow], sides: tuple[OtherSide, ...]) -> str:
        names = [row.who or row.label for row in rows]
        names += [part.account.line.text() for part in self.parts.rows if part.side in sides]
        shown = ", ".join(dict.fromkeys(names))
        return shown if len(shown) < 90 else shown[:88] + "…"

    def _connect(self) -> None:
        self.search.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._list)
        self.search.returnPressed.connect(self._tick_first)
        self.items.itemChanged.connect(self._on_tick)
        self.items.itemActivated.connect(partial(_toggle))
        self.fee.committed.connect(self._count)
        self.parts.changed.connect(self._count)
        self.parts.wanted.connect(self._add_part)

    @Slot()
    def _tick_first(self) -> None:
        self._timer.stop()
        self._list()
        if self.items.count():
            _toggle(self.items.item(0))
            self.items.setFocus()

    def _lay_out(self) -> None:
        self.items.setMinimumHeight(scaled(150))
        self.body.addWidget(self.search)
        self.body.addWidget(self.items, 1)
        self.body.addWidget(self.parts)
        foot = QHBoxLayout()
        foot.setSpacing(scaled(8))
        label = QLabel(tr("Commission retenue"))
        label.setBuddy(self.fee)
        foot.addWidget(label)
        foot.addWidget(self.fee)
        foot.addStretch(1)
        foot.addWidget(self.rest)
        self.body.addLayout(foot)
        self.act, _cancel = self.add_answers(tr("Pointer (Ctrl+Entrée)"))
        self.act.clicked.disconnect()
        self.act.clicked.connect(self._finish)
        self.act.setDefault(False)
        self.act.setAutoDefault(False)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self._finish)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.resize(scaled(860), scaled(600))


@Slot(QListWidgetItem)
def _toggle(item: QListWidgetItem) -> None:
    on = item.checkState() == Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)


def _words(row: SettleRow) -> str:
    who = f"{row.who} · " if row.who and row.who.casefold() not in row.label.casefold() else ""
    where = tr("déjà écrit au compte") if row.is_posted else waiting_word(row.account)
    ref = "" if row.ref in row.label else f" · {row.ref}"
    return f"{money(row.amount)} · {short_day(row.day)} · {who}{row.label}{ref} · {where}"
