"""A look inside a backup before it takes the place of a book."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.schema.safekeeping import describe
from cantine_desktop.storage.backup import preview
from ui.kit.dialogs import ask
from ui.requests import RestoreBook


def confirm(parent: QWidget, wanted: RestoreBook) -> bool:
    """Show what a backup holds and what it replaces; tell whether to go on.

    Args:
        parent: The window that asks.
        wanted: The backup, and the book it takes the place of.
    """
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        lines, refusal = describe(preview(wanted.backup)), ""
    except UserError as error:
        lines, refusal = [], str(error)
    finally:
        QGuiApplication.restoreOverrideCursor()
    if refusal:
        title = tr("Cette sauvegarde ne peut pas être restaurée")
        ask(parent, title, refusal, tr("Fermer"))
        return False
    if wanted.target.exists():
        text = tr("Elle prendra la place de « {name} », qui sera gardé parmi les sauvegardes.")
    else:
        text = tr("Elle deviendra « {name} ».")
    lines += ["", text.format(name=wanted.target)]
    return ask(parent, tr("Restaurer cette sauvegarde ?"), "\n".join(lines), tr("Restaurer"))
