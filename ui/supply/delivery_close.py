"""Asked before a reception is closed: who checked it, and what was looked at."""

from typing import NamedTuple

from PySide6.QtWidgets import QCheckBox, QWidget

from cantine_desktop.i18n import tr
from ui.kit.dialogs import Dialog
from ui.kit.fields import TextEdit
from ui.kit.form import Form


class Signed(NamedTuple):
    """What somebody signs.

    Attributes:
        wrapped: Packaging was found whole and clean; ``None`` when nobody looked.
        labelled: Labels were found complete; ``None`` when nobody looked.
    """

    by: str
    wrapped: bool | None = None
    labelled: bool | None = None


class CloseDialog(Dialog):
    """Asks for initials, and for what was looked at of the food that is kept."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Clore la réception"),
            tr(
                "Cochez ce que vous avez regardé ; ce qui reste vide manquera à la fiche d’hygiène."
            ),
        )
        self.by = TextEdit(tr("Vos initiales"), required=True, longest=12)
        self.wrapped = QCheckBox(tr("Emballages entiers et propres"))
        self.labelled = QCheckBox(tr("Étiquettes complètes"))
        self.form = Form()
        self.form.add("by", tr("Vos initiales"), self.by)
        for part in (self.form, self.wrapped, self.labelled):
            self.body.addWidget(part)
        act, _cancel = self.add_answers(tr("Clore"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        self.by.setFocus()

    def _keep(self) -> None:
        if self.form.check():
            self.accept()


def ask_closing(parent: QWidget | None) -> Signed | None:
    """Ask who closes and what was looked at; ``None`` when the person gives up."""
    dialog = CloseDialog(parent)
    if not dialog.exec():
        return None
    return Signed(
        dialog.by.value or "",
        True if dialog.wrapped.isChecked() else None,
        True if dialog.labelled.isChecked() else None,
    )
