"""The backups of a book: make one, look inside, put it back."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QListWidgetItem, QPushButton

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import hour, long_day, mark, short_day, tr, trn
from cantine_desktop.schema.safekeeping import Kept, book_name
from cantine_desktop.storage.backup import (
    Backup,
    Preview,
    Reason,
    list_backups,
    preview,
)
from ui.desk import Desk
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role
from ui.places import SUFFIX, backup_folders
from ui.preferences.page import Card, note
from ui.requests import RestoreBook
from ui.saving import make_backups

_WHY = {
    Reason.BEFORE_UPGRADE: mark("avant une mise à jour"),
    Reason.BEFORE_RESTORE: mark("avant une restauration"),
    Reason.BEFORE_MOVE: mark("avant un déplacement"),
}


class BackupsCard(Card):
    """Lists the backups; the chosen one says what it holds and can be restored.

    Attributes:
        list: The backups, newest first.
        restore: Puts the chosen one in the place of the book.
    """

    def __init__(self, desk: Desk, notice: Notice) -> None:
        super().__init__(tr("Sauvegardes"))
        self._desk = desk
        self._notice = notice
        self._backups: list[Backup] = []
        self._file: Path | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Sauvegardes, la plus récente d’abord"))
        self.list.setFixedHeight(scaled(32) * 5)
        self.content = QLabel()
        self.content.setWordWrap(True)
        self.content.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.content, "muted")
        self.restore = QPushButton(tr("Restaurer cette sauvegarde"))
        set_role(self.restore, "primary")
        self.now = QPushButton(tr("Sauvegarder maintenant"))
        other = QPushButton(tr("Choisir un autre fichier…"))
        self.add_wide(self.list)
        self.add_wide(self.content)
        if not desk.book.is_shared:
            self.add(tr("Restaurer"), self.restore, other)
        else:
            self.add_wide(
                note(
                    tr(
                        "Une sauvegarde s’ouvre comme un fichier ordinaire. Pour la remettre sur "
                        "un serveur, utilisez la commande « restore »."
                    )
                )
            )
        self.add(tr("Sauvegarder"), self.now)
        self.list.currentRowChanged.connect(self._choose)
        self.restore.clicked.connect(self._restore)
        self.now.clicked.connect(self._back_up)
        other.clicked.connect(self._choose_file)
        self.setEnabled(desk.may_write("canteen"))
        self.refresh()

    def refresh(self) -> None:
        """List the backups again."""
        book = book_name(self._desk.location)
        folders = backup_folders(self._desk.settings, self._desk.location)
        self._backups = [each for folder in folders for each in list_backups(folder, book)]
        self.list.clear()
        for backup in self._backups:
            item = QListWidgetItem(_named(backup))
            item.setToolTip(str(backup.path))
            self.list.addItem(item)
        self._file = None
        self.restore.setEnabled(False)
        self.content.setText(
            tr("Choisissez une sauvegarde pour voir ce qu’elle contient.")
            if self._backups
            else tr("Aucune sauvegarde encore : la première se fait à la fermeture.")
        )

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._backups):
            self.list.item(row).setSelected(True)  # the focus alone makes the first one current
            self._look_into(self._backups[row].path)

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, tr("Restaurer une sauvegarde"), "", f"Cantine (*{SUFFIX})"
        )
        if chosen:
            self._look_into(Path(chosen))

    def _look_into(self, file: Path) -> None:
        self._file = file
        self.restore.setEnabled(False)
        self.content.setText(tr("Lecture de la sauvegarde…"))
        self._desk.jobs.run(partial(preview, file), partial(self._show, file), self._refuse)

    def _show(self, file: Path, found: Preview) -> None:
        if file == self._file:
            self.content.setText(_told(found))
            self.restore.setEnabled(True)

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.content.setText(str(error))

    def _restore(self) -> None:
        if self._file is not None:
            self._desk.ask(RestoreBook(self._file, Path(self._desk.location)))

    def _back_up(self) -> None:
        self.now.setEnabled(False)
        self._desk.jobs.run(self._make, self._made, self._not_made)

    def _make(self) -> Kept:
        return make_backups(self._desk)

    def _made(self, kept: Kept) -> None:
        self.now.setEnabled(True)
        made = kept.backups[0]
        self._notice.tell(
            "ok", tr("Sauvegarde faite et vérifiée : {name}").format(name=made.path.name)
        )
        self.refresh()

    def _not_made(self, error: BaseException) -> None:
        self.now.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self._notice.tell("bad", str(error))


def _named(backup: Backup) -> str:
    text = f"{long_day(civil_date(backup.at))} · {hour(backup.at)}"
    return f"{text} · {tr(_WHY[backup.reason])}" if backup.reason in _WHY else text


def _told(found: Preview) -> str:
    """Say what a backup holds, so that one can be told from another."""
    rows = sum(count for table, count in found.counts.items() if table not in {"action", "change"})
    parts = [found.canteen, trn("{n} fiche", "{n} fiches", rows)]
    if found.last_action is not None:
        parts.append(
            tr("dernière action le {day} à {hour} : {label}").format(
                day=short_day(civil_date(found.last_action)),
                hour=hour(found.last_action),
                label=found.last_label,
            )
        )
    kept = tr("Le fichier actuel sera gardé parmi les sauvegardes.")
    return f"{' · '.join(part for part in parts if part)}\n{kept}"
