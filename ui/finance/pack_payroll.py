"""The variables of pay of a month: listed, typed in a short form, removed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.errors import UserError
from cantine_desktop.finance.pack.model import PayItem
from cantine_desktop.finance.pack.payroll import (
    ITEMS,
    PayDraft,
    PayRow,
    add_variable,
    known_people,
    number_text,
    remove_variable,
    variables,
)
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.line_list import fit
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.empty import EmptyState
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.scrolling import scrolling
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role

_BEGINS = Qt.MatchFlag.MatchStartsWith


class PayrollDialog(Dialog):
    """The variables of a month over a form that adds one."""

    def __init__(self, parent: QWidget, desk: Desk, month: Period) -> None:
        title = tr("Variables de paie, {month}").format(month=in_words(month))
        super().__init__(parent, title)
        self._desk, self._month = desk, month
        self._rows: dict[int, PayRow] = {}
        said = tr(
            "Seulement ce que le service de paie demande ; à garder 5 ans avec les bulletins."
        )
        note = QLabel(said)
        note.setWordWrap(True)
        set_role(note, "small")
        self.notice = Notice()
        self.table: LazyTable[int] = LazyTable(
            title,
            _columns(),
            self._load,
            self._find,
            empty=EmptyState(tr("Aucune variable ce mois-ci.")),
        )
        self.table.setMinimumHeight(scaled(120))
        self.remove = QPushButton(tr("Retirer la ligne"))
        self.remove.clicked.connect(self._remove)
        self.person = QComboBox()
        self.number = TextEdit(tr("Matricule"), required=True, longest=16)
        self.last_name = TextEdit(tr("Nom"), required=True, longest=60)
        self.first_name = TextEdit(tr("Prénom"), longest=60)
        self.item = QComboBox()
        self.quantity = NumberEdit(tr("Quantité"), places=3, required=True)
        self.first = DateEdit(tr("Du"), self._today)
        self.last = DateEdit(tr("Au"), self._today)
        self.comment = TextEdit(tr("Commentaire"))
        self.form = Form()
        self._lay_out(note)
        self.act, _close = self.add_answers(tr("Ajouter"), cancel=tr("Fermer"))
        self.act.clicked.disconnect(self.accept)
        self.act.clicked.connect(self._add)
        self.act.setEnabled(desk.may_write("finance"))
        fit(self, 760, 620)
        self._show()

    def _lay_out(self, note: QLabel) -> None:
        for item, (words, unit) in ITEMS.items():
            self.item.addItem(f"{tr(words)} ({unit})" if unit else tr(words), item)
        self.person.currentIndexChanged.connect(self._on_person)
        self.table.current_changed.connect(self._on_current)
        row = QHBoxLayout()
        row.addWidget(note, 1)
        row.addWidget(self.remove)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(10))
        for widget in (self.notice, self.table):
            column.addWidget(widget)
        column.addLayout(row)
        self.form.add("person", tr("Personne"), self.person)
        self.form.add("number", tr("Matricule"), self.number)
        self.form.add("last_name", tr("Nom"), self.last_name)
        self.form.add("first_name", tr("Prénom"), self.first_name)
        self.form.add("item", tr("Rubrique"), self.item)
        self.form.add("quantity", tr("Quantité"), self.quantity)
        more = self.form.more()
        self.form.add("first", tr("Du"), self.first)
        self.form.add("last", tr("Au"), self.last)
        self.form.add("comment", tr("Commentaire"), self.comment)
        self.more = more
        column.addWidget(self.form)
        self.body.addWidget(scrolling(inside), 1)

    def _show(self) -> None:
        with self._desk.book.read() as session:
            rows = variables(session, self._month)
            people = [(p.number, p.last_name, p.first_name) for p in known_people(session)]
        self._rows = {row.key: row for row in rows}
        self.table.refresh()
        self._on_current()
        self.person.blockSignals(True)
        self.person.clear()
        for person in people:
            self.person.addItem(" ".join(person), person)
        self.person.addItem(tr("Une autre personne…"), None)
        self.person.blockSignals(False)
        self._on_person()

    def _find(self, _column: str, _down: bool) -> Sequence[int]:  # noqa: FBT001
        return list(self._rows)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_row(self._rows[key]) for key in keys]

    @Slot()
    def _on_current(self) -> None:
        may = self._desk.may_write("finance")
        self.remove.setEnabled(may and self.table.current_key is not None)

    @Slot()
    def _on_person(self) -> None:
        person = self.person.currentData()
        fields = (self.number, self.last_name, self.first_name)
        for place, field in enumerate(fields):
            field.set_value(person[place] if person else None)
            field.setEnabled(person is None)

    def _draft(self) -> PayDraft:
        """Return what is typed.

        Raises:
            UserError: No quantity is.
        """
        quantity = self.quantity.value
        if quantity is None:
            raise UserError(tr("Dites la quantité : des jours, des heures ou des euros."))
        return PayDraft(
            self.number.value or "",
            self.last_name.value or "",
            self.first_name.value or "",
            PayItem(self.item.currentData()),
            quantity,
            self.first.value,
            self.last.value,
            self.comment.value or "",
        )

    @Slot()
    def _add(self) -> None:
        try:
            draft = self._draft()
            with self._desk.book.action(tr("Variable de paie")) as session:
                add_variable(session, self._month, draft)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.notice.clear()
        for field in (self.quantity, self.first, self.last, self.comment):
            field.set_value(None)
        self._show()
        self.person.setCurrentIndex(max(self.person.findText(draft.number, _BEGINS), 0))
        self.item.setFocus()

    @Slot()
    def _remove(self) -> None:
        key = self.table.current_key
        if key is None:
            return
        with self._desk.book.action(tr("Variable de paie retirée")) as session:
            remove_variable(session, key)
        self._desk.tell(tr("La ligne est retirée."), undo=True)
        self._show()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())


def _columns() -> list[Column]:
    return [
        Column(tr("Personne"), 170),
        Column(tr("Rubrique"), 220),
        Column(tr("Quantité"), 90, "right"),
        Column(tr("Du"), 90),
        Column(tr("Au"), 90),
        Column(tr("Commentaire"), 160),
    ]


def _row(row: PayRow) -> Row:
    return Row((
        f"{row.last_name} {row.first_name}".strip(),
        tr(row.title),
        f"{number_text(row.quantity)} {row.unit}".strip(),
        short_day(row.first) if row.first else "",
        short_day(row.last) if row.last else "",
        row.comment,
    ))
