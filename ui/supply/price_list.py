"""A supplier's price list, pasted or opened: what it would change is shown, then done at once."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPushButton, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, short_day, tr, trn
from cantine_desktop.supply.articles.model import PriceBasis
from cantine_desktop.supply.articles.price_list import Fate, Judged, Preview, apply, preview
from cantine_desktop.supply.articles.price_list_columns import MEANINGS, Columns
from cantine_desktop.supply.articles.price_list_table import ListRow, read_pasted, read_table
from cantine_desktop.supply.articles.wording import price_words
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.files import Folders, ask_open
from ui.kit.flow import FlowLayout
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled

FATES = {
    Fate.NEW: mark("nouveau"),
    Fate.PRICE: mark("change"),
    Fate.SAME: mark("pareil"),
    Fate.LEFT: mark("laissé"),
    Fate.WRONG: mark("à corriger"),
}
SHOWN = ("code", "name", "pack", "price", "basis")
"""What a person may say of columns; the others are found or not."""

NONE = -1
Reader = Callable[[], list[ListRow]]
_SHORT = 24


class PriceListDialog(Dialog):
    """Begins with what the clipboard holds, when it holds a table."""

    def __init__(self, desk: Desk, supplier: int, parent: QWidget) -> None:
        super().__init__(
            parent,
            tr("Tarif du fournisseur"),
            tr("Copiez les lignes dans votre tableur, puis collez-les ici ; ou ouvrez le fichier."),
        )
        self.desk, self.supplier = desk, supplier
        self._rows: list[ListRow] = []
        self._made: Preview | None = None
        self.body.addWidget(self._make_ways())
        self.day = DateEdit(tr("Prix valables dès le"), self._today, required=True)
        self.day.set_value(self._today())
        self.body.addWidget(self._make_columns())
        self.table: LazyTable[int] = LazyTable(
            tr("Lignes du tarif"), _columns(), self._load, self._find, parent=self
        )
        self.table.setMinimumHeight(scaled(120))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.problems = QListWidget()
        self.problems.setAccessibleName(tr("Problèmes à corriger"))
        self.problems.setWordWrap(True)
        self.problems.setMaximumHeight(scaled(96))
        for part in (self.table, self.said, self.problems):
            self.body.addWidget(part)
        self.act, _ = self.add_answers(tr("Prendre ces prix"))
        self.act.clicked.disconnect()
        self.act.clicked.connect(self.keep)
        self.setMinimumWidth(scaled(760))
        self.day.committed.connect(self._on_day)
        self._show(None)
        QTimer.singleShot(0, self, self.paste)

    def _make_ways(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(scaled(8), row)
        self.paste_it = QPushButton(tr("Coller"), row)
        self.paste_it.clicked.connect(self.paste)
        self.open_it = QPushButton(tr("Ouvrir un fichier…"), row)
        self.open_it.clicked.connect(self._open)
        flow.addWidget(self.paste_it)
        flow.addWidget(self.open_it)
        return row

    def _make_columns(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(scaled(12), row)
        self.columns: dict[str, QComboBox] = {}
        for meaning in SHOWN:
            words = tr(MEANINGS[meaning])
            box = QComboBox(row)
            box.setAccessibleName(tr("Colonne : {what}").format(what=words))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(self._on_column)
            label = QLabel(words, row)
            label.setBuddy(box)
            flow.addWidget(label)
            flow.addWidget(box)
            self.columns[meaning] = box
        flow.addWidget(QLabel(tr("Valables dès le"), row))
        flow.addWidget(self.day)
        return row

    @Slot()
    def paste(self) -> None:
        """Read what the clipboard holds."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.take(lambda: read_pasted(text))

    @Slot()
    def _open(self) -> None:
        kinds = [(tr("Tarifs"), "*.csv *.xlsx *.ods *.txt")]
        folders = Folders(self.desk.settings.folders)
        found = ask_open(self, folders, "price-list", tr("Tarif du fournisseur"), kinds)
        if found is not None:
            self.open_file(found)

    def open_file(self, file: Path) -> None:
        """Read a file."""
        try:
            content = file.read_bytes()
        except OSError:
            self._tell(tr("« {name} » ne se lit pas : vérifiez le fichier.").format(name=file.name))
            return
        self.take(lambda: read_table(BytesIO(content)))

    def take(self, read: Reader) -> None:
        """Read rows and show what they would change, or say why not."""
        try:
            self._rows = read()
            self._look(None)
        except UserError as error:
            self._rows = []
            self._show(None)
            self._tell(str(error))

    @Slot()
    def keep(self) -> None:
        """Write the prices, in one step that can be undone."""
        day = self.day.value
        if self._made is None or day is None:
            return
        source = tr("Tarif du {day}").format(day=short_day(day))
        try:
            with self.desk.book.action(tr("Tarif importé")) as session:
                done = apply(session, self._made, day, self.desk.book.clock(), source)
        except UserError as error:
            self._tell(str(error))
            return
        self.desk.tell(_told(done.added, done.changed), undo=True)
        self.accept()

    @Slot()
    def _on_day(self) -> None:
        if self._rows:
            self._on_column()

    @Slot()
    def _on_column(self) -> None:
        columns = dict(self._made.columns) if self._made is not None else {}
        for meaning, box in self.columns.items():
            columns.pop(meaning, None)
            if box.currentData() not in {None, NONE}:
                columns[meaning] = box.currentData()
        try:
            self._look(columns)
        except UserError as error:
            self._tell(str(error))
            self.act.setEnabled(False)

    def _look(self, columns: Columns | None) -> None:
        day = self.day.value or self._today()
        with self.desk.book.read() as session:
            self._show(preview(session, self.supplier, self._rows, day, columns=columns))

    def _show(self, made: Preview | None) -> None:
        self._made = made
        self.problems.clear()
        placed = [] if made is None else [*made.problems, *made.remarks]
        self.problems.addItems([str(each) for each in placed])
        self.problems.setVisible(bool(placed))
        count = 0 if made is None else made.count(Fate.NEW) + made.count(Fate.PRICE)
        self.act.setEnabled(bool(count) and made is not None and not made.problems)
        self._tell("" if made is None else _counts(made))
        self.table.refresh()
        self._fill_columns(made)

    def _fill_columns(self, made: Preview | None) -> None:
        head = () if made is None or not made.above else made.rows[made.above - 1].cells
        width = max((len(row.cells) for row in self._rows[:50]), default=0)
        names = [
            head[n].text[:_SHORT] if n < len(head) and head[n].text else str(n + 1)
            for n in range(width)
        ]
        for meaning, box in self.columns.items():
            box.clear()
            box.addItem(tr("aucune"), NONE)
            for place, name in enumerate(names):
                box.addItem(name, place)
            chosen = NONE if made is None else made.columns.get(meaning, NONE)
            box.setCurrentIndex(box.findData(chosen))
            box.setEnabled(bool(names))

    def _tell(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.fit()

    def _find(self, _column: str, _down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        lines = [] if self._made is None else self._made.lines
        return [place for place, each in enumerate(lines) if each.fate is not Fate.LEFT]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        assert self._made is not None
        return [_texts(self._made.lines[key]) for key in keys]

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())


def _counts(made: Preview) -> str:
    parts = [
        trn("{n} article nouveau", "{n} articles nouveaux", made.count(Fate.NEW)),
        trn("{n} prix changé", "{n} prix changés", made.count(Fate.PRICE)),
        trn("{n} pareil", "{n} pareils", made.count(Fate.SAME)),
        trn("{n} ligne laissée", "{n} lignes laissées", made.count(Fate.LEFT)),
    ]
    return ", ".join(parts)


def _told(added: int, changed: int) -> str:
    new = trn("{n} article ajouté", "{n} articles ajoutés", added)
    prices = trn("{n} prix changé", "{n} prix changés", changed)
    return f"{new}, {prices}."


def _columns() -> list[Column]:
    return [
        Column(tr("Ligne"), 60, "right"),
        Column(tr("Code"), 90),
        Column(tr("Article"), 220),
        Column(tr("Avant"), 120, "right"),
        Column(tr("Maintenant"), 120, "right"),
        Column(tr("Alors"), 90),
    ]


def _texts(each: Judged) -> Row:
    line = each.line
    before = ""
    if each.before is not None:
        before = price_words(each.before, each.before_basis or PriceBasis.ORDER_UNIT)
    basis = line.basis or each.before_basis or PriceBasis.ORDER_UNIT
    now = "" if line.price is None else price_words(line.price, basis)
    tone = {Fate.WRONG: "bad", Fate.SAME: "muted"}.get(each.fate, "")
    name = line.name or line.product
    return Row((str(line.line), line.code, name, before, now, tr(FATES[each.fate])), tone)
