"""What every short entry form is: a fact in plain words, its entry folded below, one action."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import ClassVar, cast

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.finance.entry_view import EntryPreview, ShownEntry, shown
from ui.finance.line_list import fit_pixels
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.field import Field
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled


class _Peek(Exception):  # noqa: N818  -- not an error: it takes back what was only looked at
    """Ends an action whose changes were only to be seen."""


class FactDialog(Dialog):
    """A form that says one thing that happened; « Noter » writes it, in one step of undo.

    A kind of fact says how it is built (``build``), written (``write``) and named
    (``name``); nothing in it speaks of accounts.

    Attributes:
        title: What it notes, marked: « Noter une facture reçue ».
        lead: One sentence under the title, marked; may be empty.
        undoable: Whether it can be taken back; a till’s takings are sealed at once.
    """

    title: ClassVar[str] = ""
    lead: ClassVar[str] = ""
    undoable: ClassVar[bool] = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, tr(self.title), tr(self.lead) if self.lead else "")
        self.desk = desk
        self.form = Form()
        self._typed: list[Field[object]] = []
        self.notice = Notice()
        self.preview = EntryPreview(self._look)
        with desk.book.read() as session:
            self.build(session)
        self.form.committed.connect(self._on_committed)
        self._lay_out()

    def build(self, session: Session) -> None:
        """Add the fields."""
        raise NotImplementedError

    def write(self, session: Session) -> Sequence[Entry | None]:
        """Write the fact and return its entries.

        Raises:
            UserError: The fact is refused.
        """
        raise NotImplementedError

    def name(self) -> str:
        """Return what was done, as the Undo menu and the message say it."""
        raise NotImplementedError

    def add(self, key: str, label: str, field: QWidget, help_text: str = "") -> None:
        """Add a field under the last one."""
        self.form.add(key, label, field, help_text)
        if isinstance(field, Field):
            self._typed.append(cast("Field[object]", field))

    def on_change(self, key: str) -> None:
        """Follow a field that was left with another value."""

    def can_undo(self) -> bool:
        """Return whether what was typed can be taken back once it is noted."""
        return self.undoable

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.desk.book.clock()

    def today(self) -> date:
        """Return the civil day."""
        return civil_date(self.desk.book.clock())

    def day_field(self, label: str, day: date | None = None) -> DateEdit:
        """Add a day, today unless said otherwise; never after today."""
        field = DateEdit(label, self.today, last=self.today(), required=True)
        field.set_value(day or self.today())
        self.add("day", label, field)
        return field

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(12))
        for part in (self.notice, self.form, self.preview):
            column.addWidget(part)
        column.addStretch(1)
        self._inside = inside
        self._area = scrolling(inside)
        self.body.addWidget(self._area, 1)
        self.add_answers(tr("Noter"))
        self.preview.resized.connect(self._on_resized)
        self._fit()

    def _fit(self) -> None:
        """Take the height that the fields need, within the screen."""
        around = self.sizeHint().height() - self._area.sizeHint().height()
        fit_pixels(self, scaled(640), around + self._inside.sizeHint().height() + scaled(24))

    @Slot()
    def _on_resized(self) -> None:
        if self.isVisible():
            self._inside.adjustSize()
            self._fit()
            QTimer.singleShot(0, self, self._show_preview)

    @Slot()
    def _show_preview(self) -> None:
        if self.preview.fold.isChecked():
            self._area.ensureWidgetVisible(self.preview.table)

    def _on_committed(self, key: str, _value: object) -> None:
        self.notice.clear()
        self.on_change(key)
        self.preview.update_shown()

    def _look(self) -> Sequence[ShownEntry]:
        """Return the entries that would be written; nothing is kept.

        Raises:
            UserError: A field is empty or wrong, or the fact is refused.
            _Peek: Never: it only takes back the action.
        """
        if self._wrong:
            raise UserError(tr("L’écriture se montre une fois les champs remplis."))
        found: list[ShownEntry] = []
        with suppress(_Peek), self.desk.book.action(tr("Aperçu"), undoable=False) as session:
            entries = [entry for entry in self.write(session) if entry is not None]
            found += [shown(session, entry) for entry in entries]
            raise _Peek
        return found

    @property
    def _wrong(self) -> bool:
        """Whether a field is empty or wrong, without complaining of it."""
        empty = (f.required and not f.line.text().strip() for f in self._typed)
        return any(empty) or bool(self.form.errors)

    @Slot()
    @override
    def accept(self) -> None:
        if not self.form.check():
            return
        try:
            with self.desk.book.action(self.name(), undoable=self.can_undo()) as session:
                self.write(session)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        super().accept()
        self.desk.tell(tr("Noté : {what}.").format(what=self.name()), undo=self.can_undo())
