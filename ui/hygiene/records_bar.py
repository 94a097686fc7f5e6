"""What chooses the sheet and its week, above the grid."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QToolButton, QWidget

from cantine_desktop.i18n import tr
from ui.hygiene.week_bar import arrow
from ui.kit.icons import icon
from ui.kit.theme import scaled

_LETTERS = 40
"""Letters of a sheet and its state that are in view where there is room."""


class RecordsBar(QWidget):
    """Which sheet, which week, and whether the paper is in view beside it.

    Signals:
        chosen: A sheet was chosen (its key, ``str``).
        probe_named: The thermometer of the sheet was chosen (its name or nothing, ``str``).
    """

    chosen = Signal(str)
    probe_named = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.sheets = QComboBox()
        self.sheets.setAccessibleName(tr("Feuille"))
        self.sheets.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.sheets.setMinimumContentsLength(_LETTERS)
        self.sheets.setMinimumWidth(scaled(200))
        self.sheets.setMaxVisibleItems(24)
        self.sheets.activated.connect(self._choose)
        self.previous = arrow("caret-left", tr("Semaine précédente (Alt+Page haut)"))
        self.next = arrow("caret-right", tr("Semaine suivante (Alt+Page bas)"))
        self.now = QPushButton(tr("Cette semaine"))
        self.paper = QToolButton()
        self.paper.setCheckable(True)
        self.paper.setIcon(icon("file-text"))
        self.paper.setAccessibleName(tr("Montrer le papier joint"))
        self.paper.setToolTip(tr("Montrer à côté la photo ou le scan de la feuille (Ctrl+Maj+J)"))
        self.probe = QComboBox()
        self.probe.setAccessibleName(tr("Sonde de la fiche"))
        self.probe.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.probe.activated.connect(self._name_probe)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.sheets, self.previous, self.now, self.next, self.probe, self.paper):
            layout.addWidget(widget)

    def show_sheets(self, sheets: Sequence[tuple[str, str]], current: str) -> None:
        """Show the sheets: the key and the words of each."""
        self.sheets.blockSignals(True)
        if [self.sheets.itemData(n) for n in range(self.sheets.count())] != [k for k, _ in sheets]:
            self.sheets.clear()
            for key, _words in sheets:
                self.sheets.addItem("", key)
        for place, (key, words) in enumerate(sheets):
            self.sheets.setItemText(place, words)
            if key == current:
                self.sheets.setCurrentIndex(place)
        hint = tr("Choisir la feuille (Alt+↓ ; Ctrl+Page haut et bas)")
        self.sheets.setToolTip(f"{self.sheets.currentText()}\n{hint}")
        self.sheets.blockSignals(False)

    def show_scans(self, count: int) -> None:
        """Say how many photos or scans are joined."""
        self.paper.setText(str(count) if count else "")

    def show_probes(self, names: Sequence[str], current: str, *, may_write: bool) -> None:
        """Show the thermometers to choose from; without any, nothing is asked."""
        every = list(dict.fromkeys([*names, *filter(None, [current])]))
        self.probe.clear()
        self.probe.addItem(tr("Sonde : non notée"), "")
        for name in every:
            self.probe.addItem(tr("Sonde : {name}").format(name=name), name)
        self.probe.setCurrentIndex(max(self.probe.findData(current), 0))
        hint = tr("La sonde de toute la fiche : trouvée fausse, elle dit quelles lignes revoir.")
        self.probe.setToolTip(f"{self.probe.currentText()}\n{hint}")
        self.probe.setVisible(bool(every))
        self.probe.setEnabled(may_write)

    @Slot(int)
    def _name_probe(self, place: int) -> None:
        self.probe_named.emit(str(self.probe.itemData(place)))

    @Slot(int)
    def _choose(self, place: int) -> None:
        self.chosen.emit(str(self.sheets.itemData(place)))
