"""What chooses the week of hours: the one before, this one, the one after."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from cantine_desktop.i18n import tr
from ui.kit.buttons import arrow


class HoursBar(QWidget):
    """Buttons of the header of hours."""

    def __init__(self) -> None:
        super().__init__()
        self.previous = arrow("caret-left", tr("Semaine précédente (Alt+Page haut)"))
        self.next = arrow("caret-right", tr("Semaine suivante (Alt+Page bas)"))
        self.now = QPushButton(tr("Cette semaine"))
        self.month = QPushButton(tr("Relevé du mois…"))
        self.payroll = QPushButton(tr("Paie…"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.previous, self.now, self.next, self.month, self.payroll):
            layout.addWidget(widget)
