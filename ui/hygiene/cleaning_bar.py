"""What chooses the sheet of days and its week, above the grid."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QToolButton, QWidget

from cantine_desktop.hygiene.cleaning.matrices import MATRICES
from cantine_desktop.hygiene.cleaning.matrix import Matrix
from cantine_desktop.i18n import tr
from ui.hygiene.week_bar import arrow
from ui.kit.icons import icon
from ui.kit.theme import scaled


class CleaningBar(QWidget):
    """The sheet, the week, and the way to the plan itself.

    Signals:
        chosen: Another sheet is wanted.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sheets = QComboBox()
        self.sheets.setAccessibleName(tr("Fiche"))
        for matrix in MATRICES:
            self.sheets.addItem(tr(matrix.short), matrix.key)
        self.sheets.currentIndexChanged.connect(self.chosen)
        self.previous = arrow("caret-left", tr("Semaine précédente (Alt+Page haut)"))
        self.next = arrow("caret-right", tr("Semaine suivante (Alt+Page bas)"))
        self.now = QPushButton(tr("Cette semaine"))
        self.paper = QToolButton()
        self.paper.setIcon(icon("paperclip"))
        self.paper.setCheckable(True)
        self.paper.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.paper.setAccessibleName(tr("Papier joint"))
        self.paper.setToolTip(tr("Montrer le papier joint à la fiche (Ctrl+Maj+J)"))
        self.plan = QPushButton(tr("Le plan"))
        self.plan.setCheckable(True)
        self.plan.setToolTip(tr("Lignes du plan, produits, postes d’appât (Ctrl+L)"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        for widget in (self.sheets, self.previous, self.now, self.next, self.paper, self.plan):
            layout.addWidget(widget)

    @property
    def matrix(self) -> Matrix:
        """The sheet chosen."""
        return MATRICES[max(self.sheets.currentIndex(), 0)]

    def choose(self, matrix: Matrix) -> None:
        """Choose a sheet, without telling anybody."""
        self.sheets.blockSignals(True)
        self.sheets.setCurrentIndex(MATRICES.index(matrix))
        self.sheets.blockSignals(False)

    @Slot(int)
    def show_scans(self, count: int) -> None:
        """Say how many photos or scans are joined."""
        self.paper.setText(str(count) if count else "")
