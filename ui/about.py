"""What the Help menu shows: every shortcut, and what this program is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from cantine_desktop import __version__
from cantine_desktop.i18n import tr
from ui.finding import Offer
from ui.kit.dialogs import Dialog
from ui.kit.theme import scaled


class ShortcutsDialog(Dialog):
    """Every command that has keys, in the order of the menus."""

    def __init__(self, parent: QWidget, commands: list[Offer]) -> None:
        super().__init__(parent, tr("Raccourcis clavier"))
        shown = [command for command in commands if command.shortcut]
        self.table = QTableWidget(len(shown), 2)
        self.table.setHorizontalHeaderLabels([tr("Action"), tr("Touches")])
        self.table.setAccessibleName(tr("Raccourcis clavier"))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for row, command in enumerate(shown):
            self.table.setItem(row, 0, QTableWidgetItem(f"{command.title} — {command.detail}"))
            self.table.setItem(row, 1, QTableWidgetItem(command.shortcut))
        self.body.addWidget(self.table)
        self.resize(scaled(560), scaled(520))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)


def about_text() -> str:
    """Return what the program is, its version and its licences."""
    return tr(
        "Cantine {version}. Le bureau d’une cantine de quartier participative et à prix libre. "
        "Logiciel libre, licence MIT ; Qt et PySide6 sous LGPL ; police Source Sans 3 et icônes "
        "Phosphor sous leurs licences libres."
    ).format(version=__version__)
