"""The accounts of a year with what they hold, and the ledger of one of them, lettered here."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger import accounts, lettering
from cantine_desktop.finance.ledger.queries import (
    AccountLine,
    LineFilter,
    LineKey,
    TrialLine,
    line_keys,
    line_rows,
    opening_of,
    trial_balance,
)
from cantine_desktop.finance.ledger.suggesting import suggest
from cantine_desktop.i18n import money, number, short_day, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.finance.year_box import YearBox
from ui.kit.dialogs import ask, ask_text
from ui.kit.empty import EmptyState
from ui.kit.list_detail import ListDetail
from ui.kit.notice import Notice
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role


class LedgerPane(QWidget):
    """The lines of an account with their running balance; selected ones are lettered.

    Signals:
        entry_wanted: An entry is wanted (its key).
    """

    entry_wanted = Signal(int)

    def __init__(self, desk: Desk, account: str, period: Period) -> None:
        super().__init__()
        self._desk, self._number, self._period = desk, account, period
        self.title = QLabel()
        self.title.setWordWrap(True)
        set_role(self.title, "h2")
        self.held = QLabel()
        set_role(self.held, "muted")
        self.notice = Notice()
        self.unsettled = QCheckBox(tr("Seulement ce qui n’est pas soldé"))
        self.unsettled.toggled.connect(self.refresh)
        self.table: LazyTable[LineKey] = LazyTable(
            tr("Lignes du compte"),
            _line_columns(),
            self._load,
            self._find,
            empty=EmptyState(tr("Aucune ligne sur cet exercice.")),
        )
        self.table.setMinimumHeight(scaled(240))
        self.table.activated.connect(self._open)
        self.letter = QPushButton(tr("Lettrer"))
        self.letter.clicked.connect(self._letter)
        self.unletter = QPushButton(tr("Délettrer"))
        self.unletter.clicked.connect(self._unletter)
        self.propose = QPushButton(tr("Proposer…"))
        self.propose.clicked.connect(self._propose)
        self.rename = QPushButton(tr("Renommer…"))
        self.rename.clicked.connect(self._rename)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        for button in (self.letter, self.unletter, self.propose, self.rename):
            button.setEnabled(self._desk.may_write("finance"))
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        for part in (self.title, self.held, self.notice, self.unsettled):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    @Slot()
    def refresh(self) -> None:
        """Read the account again."""
        with self._desk.book.read() as session:
            account = accounts.find_account(session, self._number)
            if account is None:
                return
            self._opening = opening_of(session, self._number, self._period.first)
            title, settles = account.title, account.is_lettered
        self.title.setText(f"{self._number} {title}")
        for part in (self.unsettled, self.letter, self.unletter, self.propose):
            part.setVisible(settles)
        self.table.refresh()
        keys = self.table.model.keys
        last = Money(keys[-1][1]) if keys else self._opening
        if self.unsettled.isChecked():
            said = tr("Non soldé : {last}").format(last=side(last))
        else:
            said = tr("À l’ouverture : {first} · à la fin : {last}").format(
                first=side(self._opening), last=side(last)
            )
        self.held.setText(said)

    def _find(self, _column: str, _down: bool) -> Sequence[LineKey]:  # noqa: FBT001
        only = self.unsettled.isChecked()
        wanted = LineFilter(self._period, account=self._number, opening=only, unsettled=only)
        with self._desk.book.read() as session:
            return line_keys(session, wanted, Money(0) if only else self._opening)

    def _load(self, keys: Sequence[LineKey]) -> list[Row]:
        with self._desk.book.read() as session:
            return [_line_texts(line) for line in line_rows(session, keys)]

    @Slot(object)
    def _open(self, key: LineKey) -> None:
        with self._desk.book.read() as session:
            (line,) = line_rows(session, [key])
        self.entry_wanted.emit(line.entry_id)

    @Slot()
    def _letter(self) -> None:
        keys = [key for key, _sum in self.table.selected_keys]
        if len(keys) < 2:
            self.notice.tell("info", tr("Choisissez deux lignes au moins (Ctrl+clic, Maj+↓)."))
            return
        self._settle([keys])

    @Slot()
    def _propose(self) -> None:
        with self._desk.book.read() as session:
            found = suggest(session, self._number)
        if not found:
            self.notice.tell("info", tr("Rien à proposer : aucune ligne n’en solde une autre."))
            return
        said = [
            f"{short_day(each.items[0].day)} · {each.items[0].label} · {each.why}"
            for each in found[:8]
        ]
        more = len(found) - len(said)
        if more:
            said.append(trn("et {n} autre", "et {n} autres", more))
        title = trn("Lettrer {n} groupe de lignes ?", "Lettrer {n} groupes de lignes ?", len(found))
        if ask(self.window(), title, "\n".join(said), tr("Lettrer")):
            self._settle([each.line_ids for each in found])

    def _settle(self, groups: Sequence[Sequence[int]]) -> None:
        try:
            with self._desk.book.action(tr("Lettrage")) as session:
                for keys in groups:
                    lettering.letter(session, keys, civil_date(self._desk.book.clock()))
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.notice.clear()
        self._desk.tell(tr("Lignes lettrées."), undo=True)

    @Slot()
    def _unletter(self) -> None:
        keys = [key for key, _sum in self.table.selected_keys]
        try:
            with self._desk.book.action(tr("Délettrage")) as session:
                for key in keys:
                    lettering.unletter(session, key)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("Lignes délettrées."), undo=True)

    @Slot()
    def _rename(self) -> None:
        with self._desk.book.read() as session:
            account = accounts.find_account(session, self._number)
            title = account.title if account else ""
        said = tr("Le numéro reste ; le nouveau nom vaut pour tous les exercices.")
        asked = tr("Renommer le compte {number}").format(number=self._number)
        name = ask_text(self.window(), asked, said, tr("Renommer"), value=title)
        if name is None:
            return
        with self._desk.book.action(tr("Compte renommé")) as session:
            account = accounts.find_account(session, self._number)
            assert account is not None
            accounts.rename_account(session, account, name)


class ChartPage(QWidget):
    """The accounts that hold or moved something in a year, beside the ledger of one of them.

    Signals:
        entry_wanted: An entry is wanted (its key).
    """

    entry_wanted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: dict[str, TrialLine] = {}
        self.year = YearBox()
        self.year.chosen.connect(self._on_year)
        self.add = QPushButton(tr("Ajouter un compte…"))
        self.add.setEnabled(desk.may_write("finance"))
        self.add.clicked.connect(self._add)
        self.notice = Notice()
        self.table: LazyTable[str] = LazyTable(
            tr("Comptes"),
            [
                Column(tr("Compte"), 80, key="number"),
                Column(tr("Intitulé"), 230, key="title"),
                Column(tr("Solde (€)"), 120, "right"),
            ],
            self._load,
            self._find,
            empty=EmptyState(tr("Aucun compte n’a bougé sur cet exercice.")),
        )
        self.list = ListDetail(
            self.table, self._detail, tr("Choisissez un compte pour voir ses lignes.")
        )
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(self.year, 1)
        row.addStretch(2)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, scaled(10), 0, 0)
        column.setSpacing(scaled(8))
        column.addLayout(row)
        column.addWidget(self.notice)
        column.addWidget(self.list, 1)

    @property
    def period(self) -> Period | None:
        """The days of the year shown."""
        return self.year.period

    def refresh(self) -> None:
        """Read the accounts again."""
        before = self.list.pane
        with self._desk.book.read() as session:
            self.year.present(session)
            period = self.period
            rows = trial_balance(session, period) if period is not None else []
        self._rows = {row.number: row for row in rows}
        self.table.refresh()
        if self.table.current_key is None and rows:
            self.table.go_to(rows[0].number)
        if isinstance(before, LedgerPane) and before is self.list.pane:
            before.refresh()  # another one was just read

    def show_account(self, account: str) -> None:
        """Show the ledger of an account."""
        self.list.search.clear()
        self.table.refresh()
        self.table.go_to(account)

    def _on_year(self) -> None:
        self.refresh()
        current = self.table.current_key
        if current is not None:
            self.table.current_changed.emit(current)  # the same account, of another year

    def _find(self, column: str, down: bool) -> Sequence[str]:  # noqa: FBT001  -- the table's
        wanted = fold(self.list.words)
        found = [r for r in self._rows.values() if wanted in fold(f"{r.number} {r.title}")]
        if column == "title":
            found.sort(key=_title)
        keys = [row.number for row in found]
        return keys[::-1] if down else keys

    def _load(self, keys: Sequence[str]) -> list[Row]:
        rows = (self._rows[key] for key in keys)
        return [
            Row((r.number, r.title, side(r.closing, with_unit=False)), "" if r.closing else "muted")
            for r in rows
        ]

    def _detail(self, key: str) -> QWidget:
        assert self.period is not None
        pane = LedgerPane(self._desk, key, self.period)
        pane.entry_wanted.connect(self.entry_wanted)
        return pane

    @Slot()
    def _add(self) -> None:
        asked = partial(ask_text, self.window(), tr("Ajouter un compte"))
        said = tr("Son numéro commence par celui du compte qu’il précise : 606310 sous 606300.")
        found = asked(said, tr("Continuer"))
        if found is None:
            return
        title = asked(tr("Comment s’appelle-t-il ?"), tr("Ajouter"))
        if title is None:
            return
        try:
            with self._desk.book.action(tr("Compte ajouté")) as session:
                made = accounts.add_account(session, found, title).number
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.notice.clear()
        self._desk.tell(tr("Compte {number} ajouté.").format(number=made), undo=True)


def _title(row: TrialLine) -> str:
    return fold(row.title)


def side(amount: Money, *, with_unit: bool = True) -> str:
    """Return a balance with its side: ``1 234,50 € D``; nothing has none."""
    size = Money(abs(amount.cents))
    text = money(size) if with_unit else number(size.euros)
    if not amount:
        return text
    return f"{text} {tr('D') if amount.cents > 0 else tr('C')}"


def _line_columns() -> list[Column]:
    return [
        Column(tr("Jour"), 96),
        Column(tr("Libellé"), 136),
        Column(tr("Débit (€)"), 78, "right"),
        Column(tr("Crédit (€)"), 78, "right"),
        Column(tr("Solde (€)"), 98, "right"),
        Column(tr("Lettre"), 40),
    ]


def _line_texts(line: AccountLine) -> Row:
    says_who = not line.party or line.label.startswith(line.party)
    label = line.label if says_who else f"{line.party} · {line.label}"
    return Row((
        short_day(line.day),
        label,
        number(line.debit.euros) if line.debit else "",
        number(line.credit.euros) if line.credit else "",
        side(line.balance, with_unit=False),
        line.letter,
    ))
