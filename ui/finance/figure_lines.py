"""« Comment c’est calculé ? »: the lines behind an indicator; Enter goes to one."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from cantine_desktop.documents.periods import in_words
from cantine_desktop.i18n import tr, trn
from cantine_desktop.network.explaining import SCREENS, Explained, Line
from cantine_desktop.network.indicator import Indicator
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.line_list import fit, show_lines
from ui.finance.rows_table import RowsTable, ShownRow
from ui.kit.dialogs import Dialog
from ui.kit.empty import EmptyState
from ui.kit.labels import wrapped
from ui.kit.table import Column
from ui.sections import entry_of

_WIDE, _NUMBER, _SHORT = 300, 110, 100


class FigureDialog(Dialog):
    """Says how an indicator is computed, and lists everything that counts in it."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None,
        indicator: Indicator,
        period: Period,
        found: Explained,
    ) -> None:
        super().__init__(parent, tr(indicator.title), tr(indicator.formula))
        self._desk, self._period = desk, period
        self._screen = SCREENS.get(indicator.code, "")
        counted = in_words(period)
        if found.lines:
            counted += " · " + trn("{n} ligne", "{n} lignes", len(found.lines))
        self.words = wrapped(f"{counted}\n{found.words}".strip(), "strong")
        self.body.addWidget(self.words)
        columns = [
            Column(
                tr(heading.title),
                _NUMBER if heading.is_number else _SHORT if heading.is_short else _WIDE,
                "right" if heading.is_number else "left",
            )
            for heading in found.headings
        ]
        self.table = RowsTable(
            tr("Lignes de l’indicateur"),
            columns or [Column("", _WIDE)],
            EmptyState(tr("Aucune ligne ne compte dans ce chiffre pour ces jours.")),
            self,
        )
        self.table.show_rows([ShownRow(line, line.texts) for line in found.lines])
        self.table.setVisible(bool(columns))
        self.body.addWidget(self.table, 1)
        self._answers(found)
        if columns:
            self.table.table.activated.connect(self._open)
            fit(self, 860, 560)
            self.table.table.setFocus()

    def _answers(self, found: Explained) -> None:
        words = tr("Ouvrir la ligne")
        if not found.headings and self._screen:
            words = tr("Ouvrir {screen}").format(screen=tr(entry_of(self._screen).title))
        act, _close = self.add_answers(words, cancel=tr("Fermer"))
        act.clicked.disconnect()
        act.clicked.connect(self._open)
        self.act: QPushButton = act
        act.setEnabled(bool(self._screen) or any(line.table for line in found.lines))

    @Slot()
    def _open(self, _place: object = None) -> None:
        line = self.table.current
        if isinstance(line, Line) and line.table == "account":
            title = f"{line.texts[0]} {line.texts[1]}"
            show_lines(self, self._desk, title, self._period, str(line.key))
        elif isinstance(line, Line) and line.table == "meal_service":
            self._go("service", line.key)
        elif isinstance(line, Line) and line.table:
            self._go("cash", (line.table, line.key))
        elif self._screen:
            self._go(self._screen, None)

    def _go(self, screen: str, target: object) -> None:
        self.accept()
        self._desk.go(screen, target)
