"""What was used beyond what the shelves held: each is explained, then leaves the list."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.supply.stock.quantities import quantity_words
from cantine_desktop.supply.stock.settling import ShortageRow, settle, shortage_rows
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.empty import EmptyState
from ui.kit.fields import TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled


class ShortagesDialog(Dialog):
    """The oldest first; a sentence says how each is explained."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Manques à régulariser"),
            tr("Il en a été cuisiné plus que le stock n’en montrait : réception oubliée, "
               "inventaire à refaire, fiche à corriger ?"),
        )  # fmt: skip
        self.desk = desk
        self._rows: dict[int, ShortageRow] = {}
        empty = EmptyState(tr("Aucun manque à régulariser."), icon="check-circle")
        self.table: LazyTable[int] = LazyTable(
            tr("Manques à régulariser"), _columns(), self._load, self._find, empty=empty,
            parent=self,
        )  # fmt: skip
        self.table.setMinimumHeight(scaled(150))
        self.form = Form()
        self.words = TextEdit(tr("Ce qui l’explique"), required=True, longest=120)
        self.form.add("words", tr("Ce qui l’explique"), self.words)
        self.notice = Notice()
        for part in (self.notice, self.table, self.form):
            self.body.addWidget(part)
        self.setMinimumWidth(scaled(560))
        self.act, _ = self.add_answers(tr("C’est réglé"), cancel=tr("Fermer"))
        self.act.clicked.disconnect()
        self.act.clicked.connect(self.keep)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read what lacks again."""
        with self.desk.book.read() as session:
            self._rows = {row.key: row for row in shortage_rows(session)}
        self.table.refresh()
        if self._rows:
            self.table.go_to(next(iter(self._rows)))
        self.act.setEnabled(bool(self._rows) and self.desk.may_write("supply"))

    @Slot()
    def keep(self) -> None:
        """Put the current one right, or say what is missing."""
        key = self.table.current_key
        if key is None or not self.form.check():
            return
        try:
            with self.desk.book.action(tr("Manque régularisé")) as session:
                settle(session, key, self.words.line.text(), self.desk.book.clock())
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.words.set_value(None)
        self.refresh()

    def _find(self, _column: str, _down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        return list(self._rows)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        rows = [self._rows[key] for key in keys]
        return [
            Row((short_day(row.day), row.product, quantity_words(row.dimension, row.quantity)))
            for row in rows
        ]


def _columns() -> list[Column]:
    return [
        Column(tr("Jour"), 98),
        Column(tr("Produit"), 240),
        Column(tr("Manquait"), 110, "right"),
    ]
