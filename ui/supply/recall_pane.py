"""A notice: what it says, the lots it may touch, and what somebody found on their boxes."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.i18n import long_day, mark, short_day, tr
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.recalls.judging import judge
from cantine_desktop.supply.recalls.model import RecallNotice, RecallVerdict
from cantine_desktop.supply.recalls.queries import MatchRow, match_rows
from cantine_desktop.supply.stock.quantities import quantity_words
from cantine_desktop.values.text import NBSP
from ui.desk import Desk
from ui.kit.flow import FlowLayout
from ui.kit.labels import wrapped
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role
from ui.list_screen import RecordPane
from ui.supply.lot_file import show_file

VERDICTS = {
    RecallVerdict.TO_LOOK_AT: mark("à regarder"),
    RecallVerdict.TOUCHED: mark("visé"),
    RecallVerdict.NOT_TOUCHED: mark("pas visé"),
}


class RecallPane(RecordPane):
    """One notice beside our lots."""

    def __init__(self, desk: Desk, key: int) -> None:
        super().__init__(desk, key)
        self._rows: dict[int, MatchRow] = {}
        self._measures: dict[int, Dimension] = {}
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        set_role(self.head, "h2")
        self.said = wrapped()
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table: LazyTable[int] = LazyTable(
            tr("Lots à comparer"), _columns(), self._load, self._find, parent=self
        )
        self.table.setMinimumHeight(scaled(130))
        self.why = wrapped(role="small")
        self.touched = self._button(tr("C’est ce lot : mettre de côté"), RecallVerdict.TOUCHED)
        set_role(self.touched, "danger")
        self.not_touched = self._button(tr("Ce n’est pas ce lot"), RecallVerdict.NOT_TOUCHED)
        self.file = QPushButton(tr("Dossier de rappel"), self)
        self.file.clicked.connect(self._file)
        buttons = QWidget(self)
        flow = FlowLayout(scaled(8), buttons)
        for button in (self.touched, self.not_touched, self.file):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        for part in (self.head, self.said):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.why)
        column.addWidget(buttons)
        self.table.current_changed.connect(self._on_current)
        self.refresh()

    @override
    def refresh(self) -> None:
        """Read the notice and its lots again."""
        with self.desk.book.read() as session:
            notice = session.get(RecallNotice, self.key)
            if notice is None:
                return
            self.head.setText(notice.product)
            self.said.setText("\n".join(_said(notice)))
            rows = match_rows(session, self.key)
            products = {row.lot.product_id for row in rows}
            self._measures = {key: session.get_one(Product, key).dimension for key in products}
        self._rows = {row.key: row for row in rows}
        self.table.refresh()
        if self.table.current_key is None and rows:
            self.table.go_to(rows[0].key)
        self._on_current()

    @property
    def current(self) -> MatchRow | None:
        """The lot of the current row."""
        key = self.table.current_key
        return None if key is None else self._rows.get(key)

    def _button(self, words: str, verdict: RecallVerdict) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(partial(self._judge, verdict))
        return button

    @Slot()
    def _on_current(self) -> None:
        row, may = self.current, self.desk.may_write("supply")
        told = tr("Ce qui le désigne : {why}.")
        self.why.setText("" if row is None else told.format(why=row.why))
        for button, verdict in (
            (self.touched, RecallVerdict.TOUCHED),
            (self.not_touched, RecallVerdict.NOT_TOUCHED),
        ):
            button.setEnabled(may and row is not None and row.verdict is not verdict)

    def _judge(self, verdict: RecallVerdict, _checked: object = None) -> None:
        row = self.current
        if row is None:
            return
        with self.desk.book.action(tr("Lot comparé à un rappel")) as session:
            judge(session, row.key, verdict, self.desk.book.clock(), "")
        words = {
            RecallVerdict.TOUCHED: tr("Lot {lot} : visé. Ce qui reste est mis de côté."),
            RecallVerdict.NOT_TOUCHED: tr("Lot {lot} : pas visé."),
        }[verdict]
        self.desk.tell(words.format(lot=row.lot.code), undo=True)

    @Slot()
    def _file(self) -> None:
        show_file(self.desk, self.window(), notice=self.key)

    def _find(self, _column: str, _down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        return list(self._rows)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [self._texts(self._rows[key]) for key in keys]

    def _texts(self, row: MatchRow) -> Row:
        lot = row.lot
        left = quantity_words(self._measures[lot.product_id], lot.left)
        verdict = tr(VERDICTS[row.verdict])
        if lot.is_blocked:
            verdict = tr("{verdict}, mis de côté").format(verdict=verdict)
        until = "" if lot.until is None else short_day(lot.until)
        tone = "bad" if row.verdict is RecallVerdict.TOUCHED else ""
        if row.verdict is RecallVerdict.NOT_TOUCHED:
            tone = "muted"
        texts = (verdict, lot.product, lot.code, until, left, lot.supplier)
        return Row((*texts, short_day(lot.received_on)), tone)


def _columns() -> list[Column]:
    return [
        Column(tr("Verdict"), 130),
        Column(tr("Produit"), 124),
        Column(tr("Lot"), 90),
        Column(tr("Jusqu’au"), 98),
        Column(tr("Reste"), 70, "right"),
        Column(tr("Fournisseur"), 120),
        Column(tr("Reçu le"), 98),
    ]


def _said(notice: RecallNotice) -> list[str]:
    head = tr("Avis n° {sheet}, publié le {day}").format(
        sheet=notice.sheet, day=long_day(notice.published_on)
    )
    told = (
        (tr("Marque"), notice.brand),
        (tr("Lots et dates"), notice.lots),
        (tr("Vendu par"), notice.sellers),
        (tr("Motif"), notice.reason),
        (tr("Risque"), notice.risk),
        (tr("Que faire"), notice.advice),
        (tr("Fiche"), notice.link),
    )
    return [head, *(f"{label}{NBSP}: {_short(words)}" for label, words in told if words)]


def _short(words: str) -> str:
    return words if len(words) <= 300 else f"{words[:300]}…"
