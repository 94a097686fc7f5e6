"""A list of ingredients pasted from a spreadsheet or a mail, read before it is taken."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr, trn
from cantine_desktop.meals.recipes.model import Recipe
from cantine_desktop.meals.recipes.pasting import Pasted, read_pasted
from cantine_desktop.meals.recipes.writing import IngredientFacts
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.labels import wrapped
from ui.kit.theme import scaled

_MOST_TOLD = 6


class PasteDialog(Dialog):
    """The list, and what of it nobody knows, with its lines."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        key: int,
        take: Callable[[Sequence[IngredientFacts]], object],
    ) -> None:
        super().__init__(
            parent,
            tr("Coller une liste d’ingrédients"),
            tr("Une ligne par ingrédient : 1,5 kg de carottes, 3 œufs, sel."),
        )
        self._desk, self._key, self._take = desk, key, take
        self._read = Pasted((), ())
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(tr("Liste d’ingrédients"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumSize(scaled(460), scaled(180))
        self.told = wrapped()
        self.text.textChanged.connect(self._look)
        self.body.addWidget(self.text)
        self.body.addWidget(self.told)
        self.act, _cancel = self.add_answers(tr("Ajouter ces ingrédients"))
        self._look()

    @Slot()
    def _look(self) -> None:
        with self._desk.book.read() as session:
            recipe = session.get(Recipe, self._key)
            self._read = read_pasted(session, recipe, self.text.toPlainText())
        lines = len(self._read.lines)
        words = [trn("{n} ingrédient lu.", "{n} ingrédients lus.", lines)]
        words += [str(problem) for problem in self._read.unknown[:_MOST_TOLD]]
        left = len(self._read.unknown) - _MOST_TOLD
        if left > 0:
            words.append(trn("et {n} autre.", "et {n} autres.", left))
        self.told.setText("\n".join(words))
        self.act.setEnabled(bool(lines))

    @override
    @Slot()
    def accept(self) -> None:
        """Add what was read."""
        try:
            self._take(self._read.lines)
        except UserError as error:
            self.told.setText(str(error))
            return
        self._desk.tell(tr("Ingrédients ajoutés."), undo=True)
        super().accept()
