"""Finding a lot, a product, a supplier, a dish or a day again."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.tracing import Trace, find_traces
from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.field import UnitLine
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role

_PATIENCE = 150
"""Milliseconds after the last letter before the book is searched."""

Key = tuple[str, int]


class FindPane(QWidget):
    """A line to type in, and the records it finds; Enter on one opens its sheet.

    Signals:
        printed: The way of a lot is ready to print (the PDF as bytes, its title).
        labelled: A label was chosen (its key).
    """

    printed = Signal(bytes, str)
    labelled = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: dict[Key, Trace] = {}
        self.search = UnitLine()
        self.search.setAccessibleName(tr("Lot, produit, fournisseur, plat ou date"))
        self.search.setPlaceholderText(tr("Lot, produit, fournisseur, plat ou date…"))
        self.search.setClearButtonEnabled(True)
        self.said = QLabel()
        set_role(self.said, "small")
        self.table: LazyTable[Key] = LazyTable(
            tr("Fiches trouvées"),
            [
                Column(tr("Jour"), 100),
                Column(tr("Fiche"), 220),
                Column(tr("Quoi"), 240),
                Column(tr("Lot"), 130),
                Column(tr("Avec"), 260),
            ],
            self._load,
            self._find,
            empty=EmptyState(
                tr("Tapez un lot, un produit, un fournisseur, un plat ou une date."),
                icon="magnifying-glass",
            ),
        )
        self.trace = QPushButton(tr("Imprimer la trace de ce lot"))
        self.trace.clicked.connect(self.print_trace)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(self._go_down)
        self.table.activated.connect(self._open)
        self.table.current_changed.connect(self._allow)
        self._lay_out()
        self._allow()

    @Slot()
    def refresh(self) -> None:
        """Search again."""
        words = self.search.text()
        with self._desk.book.read() as session:
            traces = find_traces(session, words, self._today())
        self._found = {(trace.register, trace.key): trace for trace in traces}
        self.table.refresh()
        if not words.strip():
            self.said.clear()
        elif traces:
            self.said.setText(trn("{n} ligne trouvée.", "{n} lignes trouvées.", len(traces)))
        else:
            self.said.setText(tr("Rien ne parle de « {words} ».").format(words=words.strip()[:60]))
        self._allow()

    def look_for(self, words: str) -> None:
        """Search for words."""
        self.search.setText(words)
        self.refresh()
        self.search.setFocus()

    @Slot()
    def print_trace(self) -> None:
        """Show the way of the lot of the current row, ready to print."""
        from cantine_desktop.hygiene.trace_sheet import write_trace  # noqa: PLC0415  -- ReportLab

        chosen = self._chosen()
        if chosen is None or not chosen.lot:
            return
        target = BytesIO()
        with self._desk.book.read() as session:
            write_trace(session, chosen.lot, self._desk.book.clock(), target)
        self.printed.emit(target.getvalue(), tr("Trace du lot {lot}").format(lot=chosen.lot))

    @Slot()
    def _go_down(self) -> None:
        self._timer.stop()
        self.refresh()
        if self._found:
            self.table.view.selectRow(0)
            self.table.setFocus()

    @Slot(object)
    def _open(self, key: Key) -> None:
        trace = self._found[key]
        if trace.register:
            self._desk.go("records", (trace.register, Period.week(trace.day), trace.key))
        else:
            self.labelled.emit(trace.key)

    def _chosen(self) -> Trace | None:
        key = self.table.current_key
        return None if key is None else self._found.get(key)

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def _find(self, _key: str, _down: bool) -> Sequence[Key]:  # noqa: FBT001  -- the table's call
        return list(self._found)

    def _load(self, keys: Sequence[Key]) -> Sequence[Row]:
        found = [self._found[key] for key in keys]
        return [Row((short_day(t.day), t.sheet, t.what, t.lot, t.beside)) for t in found]

    @Slot()
    def _allow(self) -> None:
        chosen = self._chosen()
        self.trace.setEnabled(chosen is not None and bool(chosen.lot))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self.trace)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, scaled(8), 0, 0)
        layout.setSpacing(scaled(8))
        layout.addLayout(row)
        layout.addWidget(self.said)
        layout.addWidget(self.table, 1)
