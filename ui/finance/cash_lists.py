"""The four lists of the cash screen: its book, its counts, what left for the bank, its closings."""

from collections import UserDict
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from cantine_desktop.documents.periods import in_words
from cantine_desktop.finance.cash.listing import (
    ClosingRow,
    CountRow,
    DepositRow,
    closings,
    counts,
    deposits,
)
from cantine_desktop.finance.cash.model import REASONS, CashDeposit, ClosingKind
from cantine_desktop.finance.cash.moving import standing_movements
from cantine_desktop.finance.cash.queries import BookLine, CashBook
from cantine_desktop.finance.cash.recording import standing
from cantine_desktop.i18n import mark, money, short_day, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.cash_count import signed
from ui.finance.line_list import plain_money
from ui.kit.empty import EmptyState
from ui.kit.table import Column, LazyTable, Row

Key = tuple[str, int]
"""A table and a key."""


class _Tables(UserDict[str, LazyTable[Key]]):
    """The tables by name, each built when it is first asked for."""

    def __init__(self, build: Callable[[str], LazyTable[Key]]) -> None:
        super().__init__()
        self._build = build

    def __missing__(self, name: str) -> LazyTable[Key]:
        self[name] = table = self._build(name)
        return table


class CashLists:
    """The tables of a month, each read when it is first shown.

    Attributes:
        tables: By name, one for each tab.
        counts: Counts of the month, the last first; none before they were shown.
        deposits: What went to the bank, likewise.
        closings: Closings, likewise.
        takings: Takings of the month that can be corrected, by the entry they became.
        movements: Movements that can be taken back, by their entry.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._book: Sequence[BookLine] = ()
        self._month: Period | None = None
        self._rows: dict[str, dict[Key, Row]] = {}
        self.counts: list[CountRow] = []
        self.deposits: list[DepositRow] = []
        self.closings: list[ClosingRow] = []
        self.takings: dict[int, int] = {}
        self.movements: dict[int, int] = {}
        self.tables = _Tables(self._table)

    def begin(self, book: CashBook) -> None:
        """Forget what was read: a month is shown, for the first time or again."""
        self._month = book.period
        self._book = list(reversed(book.lines))
        self._rows = {}
        self.counts, self.deposits, self.closings = [], [], []
        self.takings, self.movements = {}, {}

    def show(self, name: str) -> None:
        """Show a list, read now unless it was since the month began to be shown."""
        if self._month is None or name in self._rows:
            return
        with self._desk.book.read() as session:
            self._rows[name] = self._read(session, name, self._month)
        table = self.tables[name]
        table.refresh()
        if table.current_key is None and table.model.keys:
            table.go_to(table.model.keys[0])

    def _read(self, session: Session, name: str, month: Period) -> dict[Key, Row]:
        if name == "counts":
            self.counts = counts(session, month)
            return {("cash_count", row.key): _count(row) for row in self.counts}
        if name == "deposits":
            self.deposits = deposits(session, month)
            return {(row.table, row.key): _deposit(row) for row in self.deposits}
        if name == "closings":
            self.closings = closings(session, month)
            return {("period_closing", row.key): _closing(row) for row in self.closings}
        self.takings = standing(session, month)
        self.movements = standing_movements(session, month)
        return {("entry", line.entry_id): _line(line) for line in self._book}

    def _table(self, name: str) -> LazyTable[Key]:
        def load(keys: Sequence[Key]) -> list[Row]:
            return [self._rows[name][key] for key in keys]

        def find(_column: str, _down: bool) -> Sequence[Key]:  # noqa: FBT001  -- the table’s
            return list(self._rows.get(name, ()))

        title = tr(dict(TABS)[name])
        return LazyTable(title, _columns(name), load, find, empty=EmptyState(tr(_EMPTY[name])))


TABS = (
    ("book", mark("Livre de caisse")),
    ("counts", mark("Comptages et écarts")),
    ("deposits", mark("Remises à la banque")),
    ("closings", mark("Clôtures")),
)
_EMPTY = {
    "book": mark("Rien n’est entré en caisse ni sorti ce mois-ci."),
    "counts": mark("La caisse n’a pas été comptée ce mois-ci : « Compter la caisse »."),
    "deposits": mark("Rien n’est parti à la banque ce mois-ci."),
    "closings": mark("Aucun jour n’est clôturé ce mois-ci."),
}


def _columns(name: str) -> list[Column]:
    by_name = {
        "book": [
            Column(tr("Jour"), 100),
            Column(tr("Pièce"), 110),
            Column(tr("Entrée (€)"), 100, "right"),
            Column(tr("Sortie (€)"), 100, "right"),
            Column(tr("Solde (€)"), 110, "right"),
            Column(tr("Libellé"), 420),
        ],
        "counts": [
            Column(tr("Jour"), 100),
            Column(tr("Feuille"), 110),
            Column(tr("Attendu (€)"), 100, "right"),
            Column(tr("Compté (€)"), 100, "right"),
            Column(tr("Écart (€)"), 90, "right"),
            Column(tr("Visas"), 90),
            Column(tr("Raison"), 360),
        ],
        "deposits": [
            Column(tr("Jour"), 100),
            Column(tr("Numéro"), 110),
            Column(tr("Montant (€)"), 110, "right"),
            Column(tr("Ce que c’est"), 240),
            Column(tr("Où elle en est"), 320),
        ],
        "closings": [
            Column(tr("Clôture de"), 250),
            Column(tr("N°"), 60, "right"),
            Column(tr("Opérations"), 100, "right"),
            Column(tr("Total (€)"), 110, "right"),
            Column(tr("Exercice (€)"), 120, "right"),
            Column(tr("Perpétuel (€)"), 120, "right"),
            Column(tr("En caisse (€)"), 110, "right"),
            Column(tr("Faite le"), 120),
        ],
    }
    return by_name[name]


def _line(line: BookLine) -> Row:
    return Row(
        (
            short_day(line.day),
            line.reference,
            plain_money(line.paid_in) if line.paid_in else "",
            plain_money(line.paid_out) if line.paid_out else "",
            plain_money(line.held),
            line.label,
        ),
        "bad" if line.held.cents < 0 else "",
    )


def _count(row: CountRow) -> Row:
    words = tr(REASONS[row.reason]) if row.reason else ""
    if row.difference and not row.left:
        words = tr("{why} · résolu").format(why=words) if words else tr("résolu")
    elif row.left != row.difference:
        words += " · " + tr("reste {left}").format(left=signed(row.left))
    if row.note:
        words = f"{words} · {row.note}" if words else row.note
    unexplained = row.left and row.reason is not None and row.reason.value == "unknown"
    return Row(
        (
            short_day(row.day),
            row.reference,
            plain_money(row.expected),
            plain_money(row.counted),
            plain_money(row.difference) if row.difference else "",
            row.visas,
            words,
        ),
        "bad" if unexplained else "",
    )


def _deposit(row: DepositRow) -> Row:
    is_cash = row.table == CashDeposit.__tablename__
    what = (
        tr("Espèces, sac {bag}").format(bag=row.bag)
        if is_cash and row.bag
        else tr("Espèces")
        if is_cash
        else trn("{n} chèque", "{n} chèques", row.number)
    )
    return Row(
        (short_day(row.day), row.reference, plain_money(row.amount), what, _state(row)),
        "muted" if row.is_cancelled or row.takes_back else "",
    )


def _state(row: DepositRow) -> str:
    if row.takes_back:
        return tr("annule une remise d’avant")
    if row.is_cancelled:
        return tr("annulée")
    return tr("vue à la banque") if row.is_seen else tr("attend le relevé bancaire")


_KINDS = {
    ClosingKind.DAY: mark("Jour : {when}"),
    ClosingKind.MONTH: mark("Mois : {when}"),
    ClosingKind.YEAR: mark("Exercice : {when}"),
}


def _closing(row: ClosingRow) -> Row:
    when = in_words(Period(row.first, row.end))
    return Row((
        tr(_KINDS[row.kind]).format(when=when),
        str(row.number),
        str(row.operations),
        plain_money(row.total),
        plain_money(row.grand_total),
        plain_money(row.perpetual_total),
        plain_money(row.cash),
        short_day(row.made_on),
    ))


def total_words(book: CashBook) -> str:
    """Say what the month moved: what came in, what went out."""
    return tr("{paid_in} entrés, {paid_out} sortis").format(
        paid_in=money(book.paid_in), paid_out=money(book.paid_out)
    )
