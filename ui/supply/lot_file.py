"""Recall files shown ready to print, and the dialogs that begin with a lot."""

import time
from collections.abc import Sequence
from io import BytesIO

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.meals.consumption.drills import keep_drill
from cantine_desktop.meals.consumption.tracing import Trace, trace_lots
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.stock.lots import LotRow
from cantine_desktop.supply.stock.quantities import quantity_words
from cantine_desktop.supply.stock.queries import find_lots
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.field import UnitLine
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.labels import wrapped
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled
from ui.printing import PreviewDialog

_PATIENCE = 150
"""Milliseconds after the last letter before lots are looked for."""

_MINUTE = 60


def show_file(
    desk: Desk, window: QWidget, *, notice: int | None = None, lot: int | None = None
) -> None:
    """Show the recall file of a notice or of a lot, ready to print."""

    def write() -> bytes:
        # Brings ReportLab, which no other gesture of the screen needs.
        from cantine_desktop.hygiene.recalls import recall_file  # noqa: PLC0415

        make = (
            recall_file.write_notice_file(notice)
            if notice is not None
            else recall_file.write_lot_file(lot or 0)
        )
        target, now = BytesIO(), desk.book.clock()
        with desk.book.read() as session:
            make(session, Period.year(civil_date(now)), now, target)
        return target.getvalue()

    def present(pdf: bytes) -> None:
        PreviewDialog(desk, pdf, title, window).open()

    title = tr("Dossier de rappel")
    desk.jobs.run(write, present, _failed, title)


def _failed(error: BaseException) -> None:
    raise error


class LotDialog(Dialog):
    """Looks for a lot, used up ones too, and says where it went.

    Attributes:
        found: Where the current lot went; ``None`` without one.
        milliseconds: From the question to that answer.
    """

    def __init__(self, desk: Desk, title: str, text: str, action: str, parent: QWidget) -> None:
        super().__init__(parent, title, text)
        self.desk, self._screen = desk, parent
        self._rows: dict[int, LotRow] = {}
        self._measures: dict[int, Dimension] = {}
        self.found: Trace | None = None
        self.milliseconds = 0
        self.search = UnitLine()
        self.search.setPlaceholderText(tr("Produit ou numéro de lot"))
        self.search.setAccessibleName(tr("Produit ou numéro de lot"))
        self.table: LazyTable[int] = LazyTable(
            tr("Lots"), _columns(), self._load, self._find, parent=self
        )
        self.table.setMinimumHeight(scaled(90))
        self.answer = wrapped()
        for part in (self.search, self.table, self.answer):
            self.body.addWidget(part)
        self.setMinimumWidth(scaled(720))
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._timer.start)
        self.table.current_changed.connect(self._on_current)
        self._ask()
        self.act, _ = self.add_answers(action)
        self.act.clicked.disconnect()
        self.act.clicked.connect(self.keep)
        self.refresh()
        self.fit()
        self.search.setFocus()

    @property
    def current(self) -> LotRow | None:
        """The lot of the current row."""
        key = self.table.current_key
        return None if key is None else self._rows.get(key)

    @override
    def done(self, arg__1: int) -> None:
        self._timer.stop()
        super().done(arg__1)

    @Slot()
    def refresh(self) -> None:
        """Look for lots again."""
        self._timer.stop()
        with self.desk.book.read() as session:
            rows = find_lots(session, self.search.text())
            products = {row.product_id for row in rows}
            self._measures = {key: session.get_one(Product, key).dimension for key in products}
        self._rows = {row.key: row for row in rows}
        self.table.refresh()
        if rows:
            self.table.go_to(rows[0].key)
        self._on_current()

    @Slot()
    def keep(self) -> None:
        """Show the file of the lot."""
        row = self.current
        if row is not None:
            show_file(self.desk, self._screen, lot=row.key)
            self.accept()

    def _ask(self) -> None:
        """Add what is asked besides the lot."""

    @Slot()
    def _on_current(self) -> None:
        row, self.found = self.current, None
        self.act.setEnabled(row is not None)
        if row is None:
            self.answer.setText(tr("Aucun lot ne porte ces mots."))
            return
        begun = time.perf_counter()
        with self.desk.book.read() as session:
            self.found = trace_lots(session, [row.key])
        self.milliseconds = round((time.perf_counter() - begun) * 1000)
        self.answer.setText(self._answer(row, self.found))

    def _answer(self, row: LotRow, found: Trace) -> str:
        left = quantity_words(self._measures[row.product_id], row.left)
        told = tr("Servi à {services}, {diners}. Il en reste {left}. Trouvé en {time} ms.").format(
            services=trn("{n} service", "{n} services", found.services),
            diners=trn("{n} convive", "{n} convives", found.diners),
            left=left,
            time=self.milliseconds,
        )
        if not row.is_over(civil_date(self.desk.book.clock())):
            return told
        words = tr("Non suivi en stock : ce qui reste est tenu pour mangé depuis le {day}.")
        day = short_day(row.lasts_until or row.received_on)
        return " ".join((told, words.format(day=day)))

    def _find(self, _column: str, _down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        return list(self._rows)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        rows = [self._rows[key] for key in keys]
        return [
            Row(
                (
                    row.product,
                    row.code,
                    short_day(row.received_on),
                    row.supplier,
                    quantity_words(self._measures[row.product_id], row.left),
                ),
                "" if row.left else "muted",
            )
            for row in rows
        ]


class DrillDialog(LotDialog):
    """An exercise: find a lot, say how long it took to have it in the hand."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            desk,
            tr("Exercice de rappel"),
            tr(
                "Choisissez un lot comme si un fournisseur le rappelait, allez le chercher, "
                "puis notez le temps. L’exercice est gardé avec les contrôles."
            ),
            tr("Garder l’exercice"),
            parent,
        )

    @override
    def _ask(self) -> None:
        self.form = Form()
        self.minutes = NumberEdit(tr("Minutes pour le retrouver"), places=1)
        self.by = TextEdit(tr("Initiales"), required=True, longest=8)
        self.words = TextEdit(tr("Ce qu’on a appris"), longest=200)
        self.form.add("minutes", tr("Minutes pour le retrouver"), self.minutes)
        self.form.add("by", tr("Initiales"), self.by)
        self.form.add("words", tr("Ce qu’on a appris"), self.words)
        self.body.addWidget(self.form)

    @Slot()
    @override
    def keep(self) -> None:
        """Keep the exercise, or say what is wrong."""
        row = self.current
        if row is None or not self.form.check():
            return
        minutes = self.minutes.value
        seconds = None if minutes is None else round(minutes * _MINUTE)
        try:
            with self.desk.book.action(tr("Exercice de rappel"), undoable=False) as session:
                keep_drill(
                    session,
                    row.key,
                    self.milliseconds,
                    self.by.line.text(),
                    self.desk.book.clock(),
                    seconds=seconds,
                    words=self.words.line.text(),
                )
        except UserError as error:
            self.answer.setText(str(error))
            return
        self.desk.tell(tr("Exercice gardé."))
        self.accept()


def _columns() -> list[Column]:
    return [
        Column(tr("Produit"), 180),
        Column(tr("Lot"), 120),
        Column(tr("Reçu le"), 98),
        Column(tr("Fournisseur"), 150),
        Column(tr("Reste"), 80, "right"),
    ]
