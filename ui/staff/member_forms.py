"""Short dialogs about somebody of the team: a few fields, kept together."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.kit.field import Field
from ui.kit.fields_dialog import Asked, FieldsDialog

Deed = Callable[[Session], object]
Kind = TypeVar("Kind", bound=StrEnum)


class DeedDialog(FieldsDialog):
    """A few fields, kept together in one step that can be undone."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        title: str,
        fields: Sequence[Asked],
        keep: Deed,
        *,
        help_texts: Mapping[int, str] | None = None,
        folded_from: int | None = None,
    ) -> None:
        super().__init__(
            parent,
            title,
            fields,
            partial(perform, desk, title, keep),
            help_texts=help_texts,
            folded_from=folded_from,
        )


def perform(desk: Desk, label: str, deed: Deed) -> str:
    """Do something in an action; return why not, or nothing."""
    try:
        with desk.book.action(label) as session:
            deed(session)
    except UserError as error:
        return str(error)
    return ""


def choice(name: str, words: Mapping[Kind, str], current: Kind | None = None) -> QComboBox:
    """Return a box that offers words, each standing for a value."""
    combo = QComboBox()
    combo.setAccessibleName(name)
    for value, label in words.items():
        combo.addItem(tr(label), value)
    if current is not None:
        combo.setCurrentIndex(combo.findData(current))
    return combo


def chosen(combo: QComboBox, kind: type[Kind]) -> Kind:
    """Return what a box says."""
    return kind(combo.currentData())


def labelled(*fields: Field[Any]) -> list[Asked]:
    """Return fields with the names they already have."""
    return [(field.line.accessibleName(), field) for field in fields]


def typed(field: Field[Any]) -> str:
    """Return the text of a field, spaces around left out."""
    return field.line.text().strip()


def tick_box(name: str, *, checked: bool = False) -> QCheckBox:
    """Return a box to tick."""
    box = QCheckBox()
    box.setAccessibleName(name)
    box.setChecked(checked)
    return box
