"""Every command of the window, once: the menus and the palette show the same ones."""

from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from cantine_desktop.i18n import mark, tr
from ui.kit.icons import icon


class Command(NamedTuple):
    """Something the window can do.

    Attributes:
        key: Name of the command for programs.
        menu: Key of the menu it stands in; see ``MENUS``.
        text: French words, marked.
        shortcut: Keys, as Qt writes them; several are separated by ``"; "``.
        icon: Name of its icon; empty for none.
        checkable: Whether it is on or off.
    """

    key: str
    menu: str
    text: str
    shortcut: str = ""
    icon: str = ""
    checkable: bool = False


MENUS = {
    "file": mark("&Fichier"),
    "edit": mark("É&dition"),
    "view": mark("&Affichage"),
    "go": mark("A&ller à"),
    "help": mark("Aid&e"),
    "theme": mark("Couleurs"),
    "scale": mark("Taille du texte"),
    "language": mark("Langue"),
}

COMMANDS = (
    Command("open", "file", mark("Ouvrir un fichier…"), "Ctrl+O", "folder-open"),
    Command("create", "file", mark("Créer ma cantine…"), "", "plus"),
    Command("demo", "file", mark("Découvrir la cantine de démonstration")),
    Command("-", "file", ""),
    Command("import", "file", mark("Importer…"), "", "download-simple"),
    Command("export", "file", mark("Exporter…"), "", "upload-simple"),
    Command("-", "file", ""),
    Command("print", "file", mark("Imprimer cet écran…"), "Ctrl+P", "printer"),
    Command("back-up", "file", mark("Sauvegarder maintenant"), "", "floppy-disk"),
    Command("-", "file", ""),
    Command("lock", "file", mark("Verrouiller ou changer de profil"), "Ctrl+L", "lock"),
    Command("quit", "file", mark("Quitter"), "Ctrl+Q"),
    Command("undo", "edit", mark("Annuler"), "Ctrl+Z", "arrow-counter-clockwise"),
    Command("redo", "edit", mark("Rétablir"), "Ctrl+Y; Ctrl+Shift+Z", "arrow-clockwise"),
    Command("fold", "view", mark("Replier la barre latérale"), "Ctrl+B", "", checkable=True),
    Command("full-screen", "view", mark("Plein écran"), "F11", "", checkable=True),
    Command("theme-system", "theme", mark("Couleurs du système"), "", "", checkable=True),
    Command("theme-light", "theme", mark("Couleurs claires"), "", "", checkable=True),
    Command("theme-dark", "theme", mark("Couleurs sombres"), "", "", checkable=True),
    Command("larger", "scale", mark("Agrandir le texte"), "Ctrl++; Ctrl+="),
    Command("smaller", "scale", mark("Réduire le texte"), "Ctrl+-"),
    Command("normal-size", "scale", mark("Taille normale du texte"), "Ctrl+0"),
    Command("language-fr", "language", "Français", "", "", checkable=True),
    Command("language-en", "language", "English", "", "", checkable=True),
    Command("reset-windows", "view", mark("Réinitialiser les fenêtres")),
    Command("palette", "go", mark("Rechercher ou agir"), "Ctrl+K", "magnifying-glass"),
    Command("back", "go", mark("Écran précédent"), "Alt+Left", "caret-left"),
    Command("forward", "go", mark("Écran suivant"), "Alt+Right", "caret-right"),
    Command("reservations", "go", mark("Noter une réservation"), "Ctrl+R", "users"),
    Command("counter", "go", mark("Tenir le comptoir…"), "", "users-three"),
    Command("readings", "go", mark("Saisir les températures"), "Ctrl+T", "clipboard-text"),
    Command("next-region", "go", mark("Région suivante de la fenêtre"), "F6"),
    Command("previous-region", "go", mark("Région précédente de la fenêtre"), "Shift+F6"),
    Command("-", "go", ""),
    Command("help", "help", mark("Aide de cet écran"), "F1", "question"),
    Command("shortcuts", "help", mark("Raccourcis clavier"), "Ctrl+F1"),
    Command("report", "help", mark("Copier le rapport technique"), "", "copy"),
    Command("logs", "help", mark("Ouvrir le dossier du journal technique")),
    Command("about", "help", mark("À propos de Cantine"), "", "info"),
)
"""In the order of the menus; ``"-"`` draws a line."""


class Commands(QObject):
    """The window's commands as Qt actions, by key."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = {each.key: QAction(self) for each in COMMANDS if each.key != "-"}
        self._asleep: list[QAction] = []

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def settle(self) -> None:
        """Give them their keys, icons and texts, which the first paint does not show."""
        for each in COMMANDS:
            if each.key != "-":
                _furnish(self._actions[each.key], each)
        self.retranslate()

    def rest(self, *, resting: bool) -> None:
        """Let every command sleep, or wake those that were awake."""
        if resting:
            self._asleep = [action for action in self._actions.values() if action.isEnabled()]
        for action in self._asleep:
            action.setEnabled(not resting)

    def retranslate(self) -> None:
        """Write every text in the language in use."""
        for each in COMMANDS:
            if each.key != "-":
                self._actions[each.key].setText(tr(each.text))


def _furnish(action: QAction, command: Command) -> None:
    action.setObjectName(command.key)
    action.setCheckable(command.checkable)
    if command.shortcut:
        action.setShortcuts([QKeySequence(keys) for keys in command.shortcut.split("; ")])
    if command.icon:
        action.setIcon(icon(command.icon))
