"""The posters of the free price, one click away."""

from datetime import date

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cantine_desktop.i18n import tr
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.icons import icon


class PosterMenu(QPushButton):
    """A button that lists the posters.

    Attributes:
        deeds: Its actions, for the palette.
    """

    def __init__(self, desk: Desk, parent: QWidget, today: date) -> None:
        super().__init__(tr("Affiches"), parent)
        self.setIcon(icon("printer"))
        self._desk, self._today = desk, today
        menu = QMenu(self)
        self.deeds: list[QAction] = []
        for words, key in (
            (tr("Affiche du prix d’équilibre"), "price-poster"),
            (tr("Affiche « L’effet de ma contribution »"), "effect-poster"),
            (tr("Affiche « Merci » du mois dernier"), "thanks-poster"),
        ):
            deed = QAction(words, self)
            deed.setData(key)
            deed.triggered.connect(self._print)
            menu.addAction(deed)
            self.deeds.append(deed)
        self.setMenu(menu)

    def _print(self) -> None:
        deed = self.sender()
        if not isinstance(deed, QAction):
            return
        key = str(deed.data())
        period = Period.through(self._today, self._today)
        if key == "thanks-poster":
            period = Period.month(Period.month(self._today).first - DAY)
        self._desk.print_out(key, period)
