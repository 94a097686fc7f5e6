"""The packs handed over so far, the last one first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.i18n import hour, short_day, tr
from ui.finance.pack_reading import PackLine
from ui.kit.icons import icon


class PackList(QListWidget):
    """One line for each pack: its month, when, by whom, the beginning of its hash."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Derniers dossiers"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_packs(self, packs: Sequence[PackLine]) -> None:
        """Show other packs."""
        place = max(self.currentRow(), 0)
        self.clear()
        for pack in packs:
            item = QListWidgetItem(icon("file-text", "muted"), _words(pack))
            item.setToolTip(
                tr("{file}\nSHA-256 : {hash}").format(file=pack.file_name, hash=pack.sha256)
            )
            self.addItem(item)
        if not packs:
            none = tr("Aucun dossier préparé : le premier laissera ici sa trace.")
            item = QListWidgetItem(none)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsSelectable)
            self.addItem(item)
        self.setCurrentRow(min(place, self.count() - 1))


def _words(pack: PackLine) -> str:
    words = tr("{month} · le {day} à {hour} · {by} · empreinte {hash}…").format(
        month=in_words(pack.month),
        day=short_day(civil_date(pack.made_at)),
        hour=hour(pack.made_at),
        by=pack.made_by,
        hash=pack.sha256[:8],
    )
    return tr("{words} · contenu inchangé").format(words=words) if pack.is_same else words
