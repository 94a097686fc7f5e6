"""A notice: what it says, the food it may touch, and what somebody found on its boxes.

The lots of the stock come first, then the food that the sheets of hygiene alone know. What is
said of either is said in hygiene too: its non-conformity is named under the notice.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_words import state_name
from cantine_desktop.hygiene.recalls.holding import judge, judge_food
from cantine_desktop.hygiene.recalls.queries import (
    BreachTold,
    FoodRow,
    breach_told,
    food_rows,
    lines_of,
    lines_told,
)
from cantine_desktop.i18n import long_day, mark, short_day, tr
from cantine_desktop.supply.products.model import Dimension, Product
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
        self._food: dict[int, FoodRow] = {}
        self._sheets: dict[int, list[str]] = {}
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
        self.breach = wrapped(role="small")
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
        for part in (self.head, self.said, self.breach):
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
            sheets = lines_of(session, [row.lot.key for row in rows])
            food = food_rows(session, self.key)
            breach = breach_told(session, self.key)
        self._rows = {row.key: row for row in rows}
        self._sheets = {row.key: lines_told(sheets[row.lot.key]) for row in rows}
        # Food that the sheets alone know has a negative key: both stand in one table.
        self._food = {-row.key: row for row in food}
        self._tell(breach)
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        self._on_current()

    def _tell(self, breach: BreachTold | None) -> None:
        self.breach.setVisible(breach is not None)
        if breach is not None:
            words = tr("En hygiène : non-conformité {number}, {state}.")
            self.breach.setText(words.format(number=breach.number, state=state_name(breach.state)))

    @property
    def current(self) -> MatchRow | None:
        """The lot of the stock of the current row."""
        key = self.table.current_key
        return None if key is None else self._rows.get(key)

    @property
    def current_food(self) -> FoodRow | None:
        """The food of the sheets alone of the current row."""
        key = self.table.current_key
        return None if key is None else self._food.get(key)

    def _button(self, words: str, verdict: RecallVerdict) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(partial(self._judge, verdict))
        return button

    @Slot()
    def _on_current(self) -> None:
        row = self.current or self.current_food
        may = self.desk.may_write("supply") and self.desk.may_write("hygiene")
        self.why.setText("" if row is None else "\n".join(self._reasons(row)))
        for button, verdict in (
            (self.touched, RecallVerdict.TOUCHED),
            (self.not_touched, RecallVerdict.NOT_TOUCHED),
        ):
            is_open = row is not None and row.verdict is not verdict
            is_decided = isinstance(row, FoodRow) and row.is_decided
            button.setEnabled(may and is_open and not is_decided)

    def _reasons(self, row: MatchRow | FoodRow) -> list[str]:
        """Say what designates food, and where the sheets of hygiene speak of it."""
        said = [tr("Ce qui le désigne : {why}.").format(why=row.why)]
        if isinstance(row, FoodRow):
            said.append(tr("Connu des fiches d’hygiène seulement, d’aucun lot du stock."))
        elif sheets := self._sheets.get(row.key):
            said.append(tr("En hygiène : {sheets}.").format(sheets=" ; ".join(sheets)))
        if isinstance(row, MatchRow) and row.lot.is_over(self._today()):
            words = tr("Non suivi en stock : ce qui reste est tenu pour mangé depuis le {day}.")
            said.append(words.format(day=short_day(row.lot.lasts_until or self._today())))
        return said

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    def _judge(self, verdict: RecallVerdict, _checked: object = None) -> None:
        row, food, now = self.current, self.current_food, self.desk.book.clock()
        try:
            with self.desk.book.action(tr("Lot comparé à un rappel")) as session:
                if row is not None:
                    judge(session, row.key, verdict, now)
                elif food is not None:
                    judge_food(session, food.key, verdict, now)
        except UserError as error:
            self.desk.tell(str(error))
            return
        words = {
            RecallVerdict.TOUCHED: tr("Lot {lot} : visé. Ce qui reste est mis de côté."),
            RecallVerdict.NOT_TOUCHED: tr("Lot {lot} : pas visé."),
        }[verdict]
        code = row.lot.code if row is not None else _named(food)
        self.desk.tell(words.format(lot=code), undo=True)

    @Slot()
    def _file(self) -> None:
        show_file(self.desk, self.window(), notice=self.key)

    def _find(self, _column: str, _down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        return [*self._rows, *self._food]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [
            self._texts(self._rows[key]) if key in self._rows else _food_texts(self._food[key])
            for key in keys
        ]

    def _texts(self, row: MatchRow) -> Row:
        lot = row.lot
        left = quantity_words(self._measures[lot.product_id], lot.left)
        until = "" if lot.until is None else short_day(lot.until)
        verdict = _verdict(row.verdict, is_aside=lot.is_blocked)
        texts = (verdict, lot.product, lot.code, until, left, lot.supplier)
        return Row((*texts, short_day(lot.received_on)), _tone(row.verdict))


def _food_texts(row: FoodRow) -> Row:
    texts = (row.product, row.lot, "", row.quantity, "", "")
    return Row((_verdict(row.verdict, is_aside=row.is_blocked), *texts), _tone(row.verdict))


def _verdict(verdict: RecallVerdict, *, is_aside: bool) -> str:
    words = tr(VERDICTS[verdict])
    return tr("{verdict}, mis de côté").format(verdict=words) if is_aside else words


def _tone(verdict: RecallVerdict) -> str:
    tones = {RecallVerdict.TOUCHED: "bad", RecallVerdict.NOT_TOUCHED: "muted"}
    return tones.get(verdict, "")


def _named(food: FoodRow | None) -> str:
    return "" if food is None else food.lot or food.product


def _columns() -> list[Column]:
    return [
        Column(tr("Verdict"), 164),
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
