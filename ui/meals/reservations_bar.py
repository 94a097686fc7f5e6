"""What stands above the reservations: the week, the paper, the lists, the message."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from cantine_desktop.i18n import tr
from ui.kit.buttons import arrow
from ui.kit.flow import FlowLayout
from ui.kit.theme import scaled, set_role


class ReservationsBar(QWidget):
    """The week shown, how it is shown, and what is done with it.

    Signals:
        stepped: Another week is wanted: -1 before, 1 after.
        printed: A paper is wanted: its key in the catalogue.
    """

    stepped = Signal(int)
    printed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.week = QLabel(self)
        set_role(self.week, "strong")
        self._before = arrow("caret-left", tr("Avant (Alt+Page haut)"), self)
        self._after = arrow("caret-right", tr("Après (Alt+Page bas)"), self)
        self._before.clicked.connect(self._go_before)
        self._after.clicked.connect(self._go_after)
        self.sheet = QPushButton(tr("Retaper la feuille"), self)
        self.sheet.setCheckable(True)
        self.paste = QPushButton(tr("Coller une liste…"), self)
        self.message = QPushButton(tr("Copier les places"), self)
        self.requests = QPushButton(tr("Demandes écrites…"), self)
        self.papers = QPushButton(tr("Imprimer"), self)
        choices = QMenu(self.papers)
        choices.addAction(tr("Avec les noms déjà notés")).triggered.connect(self._print_names)
        choices.addAction(tr("Lignes vides")).triggered.connect(self._print_blank)
        self.papers.setMenu(choices)
        row = FlowLayout(scaled(8))
        for part in (
            self._before,
            self.week,
            self._after,
            self.sheet,
            self.papers,
            self.paste,
            self.message,
            self.requests,
        ):
            row.addWidget(part)
        self.setLayout(row)

    def _go_before(self) -> None:
        self.stepped.emit(-1)

    def _go_after(self) -> None:
        self.stepped.emit(1)

    def _print_names(self) -> None:
        self.printed.emit("sign-up")

    def _print_blank(self) -> None:
        self.printed.emit("sign-up-blank")
