"""Where the data are, their place on the disk, and what proves them sound."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from typing_extensions import override

from cantine_desktop.i18n import tr, trn
from cantine_desktop.office.checks import check_book, check_file
from cantine_desktop.settings import Settings
from cantine_desktop.storage import place
from cantine_desktop.storage.findings import Finding
from ui.desk import Desk
from ui.kit.notice import Notice
from ui.places import backup_folders, books_folder
from ui.preferences.backups import BackupsCard
from ui.preferences.page import Card, PreferencePage, note
from ui.requests import MoveBook

_SHOWN = 8


class DataPage(PreferencePage):
    """The file, its backups, its verification."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title, resettable=True)
        self.notice = Notice()
        self.body.addWidget(self.notice)
        self.body.addWidget(self._file_card())
        self.backups = BackupsCard(desk, self.notice)
        self.body.addWidget(self.backups)
        self.body.addWidget(self._folders_card())
        self.body.addWidget(self._proof_card())

    @override
    def reset(self) -> None:
        usual = Settings()
        self.desk.settings.backup_folder = usual.backup_folder
        self.desk.settings.second_folder = usual.second_folder
        self._write_folders()

    def _file_card(self) -> Card:
        card = Card()
        if self.desk.book.is_shared:
            card.add_wide(
                note(
                    tr("Vos données sont sur le serveur : {place}").format(place=self.desk.location)
                )
            )
            return card
        path = Path(self.desk.location)
        where = note(tr("Vos données sont sur cet ordinateur : {place}").format(place=path))
        show = QPushButton(tr("Ouvrir le dossier"))
        show.clicked.connect(partial(_show_folder, path.parent))
        move = QPushButton(tr("Déplacer le fichier…"))
        move.clicked.connect(self._move)
        card.add_wide(where)
        if (warning := place.warning(path)) is not None:
            danger = Notice()
            danger.tell("warn", warning, tr("Déplacer…"), self._move)
            card.add_wide(danger)
        card.add(tr("Le fichier de la cantine"), show, move)
        return card

    def _folders_card(self) -> Card:
        card = Card(tr("Où vont les sauvegardes"))
        self._main, self._second = QLabel(), QLabel()
        for label in (self._main, self._second):
            label.setWordWrap(True)
        for text, label, name in (
            (tr("Dossier principal"), self._main, "backup_folder"),
            (tr("Seconde copie : clé USB, autre disque"), self._second, "second_folder"),
        ):
            choose = QPushButton(tr("Choisir…"))
            choose.setAccessibleName(tr("Choisir : {what}").format(what=text))
            choose.clicked.connect(partial(self._choose_folder, name))
            card.add(text, label, choose, wide=True)
        self._write_folders()
        return card

    def _proof_card(self) -> Card:
        card = Card(tr("Vérifier"))
        card.add_wide(
            note(
                tr(
                    "Relit tout : le fichier, l’historique, les fiches closes et leurs scellés, "
                    "les pièces jointes, les profils. Rien n’est changé."
                )
            )
        )
        self.verify = QPushButton(tr("Vérifier la cantine"))
        self.verify.clicked.connect(self._verify)
        card.add(tr("Tout relire"), self.verify)
        return card

    def _write_folders(self) -> None:
        main, *others = backup_folders(self.desk.settings, self.desk.location)
        self._main.setText(str(main))
        self._second.setText(str(others[0]) if others else tr("aucune"))
        self.backups.refresh()

    def _choose_folder(self, name: str) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Dossier des sauvegardes"))
        if chosen:
            setattr(self.desk.settings, name, chosen)
            self._write_folders()

    def _move(self) -> None:
        path = Path(self.desk.location)
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Nouveau dossier du fichier"), str(books_folder())
        )
        if chosen:
            self.desk.ask(MoveBook(path, Path(chosen) / path.name))

    def _verify(self) -> None:
        self.verify.setEnabled(False)
        self.notice.tell("info", tr("Vérification en cours…"))
        self.desk.jobs.run(self._read_all, self._show_findings, self._show_failure)

    def _read_all(self) -> list[Finding]:
        with self.desk.book.read() as session:
            found = check_book(session)
        if not self.desk.book.is_shared:
            found = check_file(Path(self.desk.location)) + found
        return found

    def _show_findings(self, found: list[Finding]) -> None:
        self.verify.setEnabled(True)
        if not found:
            self.notice.tell(
                "ok", tr("Tout est en ordre : l’historique et les scellés sont intacts.")
            )
            return
        count = trn("{n} anomalie trouvée", "{n} anomalies trouvées", len(found))
        lines = [f"{each.place}\u00a0: {each.text}" for each in found[:_SHOWN]]
        self.notice.tell("bad", "\n".join([count, *lines]))

    def _show_failure(self, error: BaseException) -> None:
        self.verify.setEnabled(True)
        self.notice.tell("bad", tr("La vérification n’a pas pu se terminer ; rien n’a changé."))
        raise error


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
