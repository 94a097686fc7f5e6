"""What moves the treasury in a month, and where it is known from."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cantine_desktop.finance.treasury.curve import Curve, CurveMonth
from cantine_desktop.finance.treasury.events import SOURCES, Event, Source
from cantine_desktop.i18n import month, short_day, tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.line_list import fit, show_lines
from ui.finance.rows_table import RowsTable, ShownRow, exact
from ui.kit.dialogs import Dialog
from ui.kit.empty import EmptyState
from ui.kit.table import Column

_GRANTS = "441"
"""Where a grant that is granted waits for its payment."""


class EventsDialog(Dialog):
    """Lists what is expected in a month, by day; Enter shows the lines it is known from."""

    def __init__(self, desk: Desk, parent: QWidget | None, each: CurveMonth, curve: Curve) -> None:
        title = tr("Ce qui bouge en {month}").format(month=month(each.first))
        super().__init__(parent, title, tr(curve.supposed.name))
        self._desk, self._today = desk, curve.today
        self.rows = RowsTable(
            title,
            [
                Column(tr("Jour"), 100),
                Column(tr("Quoi"), 300),
                Column(tr("Connu par"), 260),
                Column(tr("Montant (€)"), 120, "right"),
            ],
            EmptyState(tr("Rien n’est attendu ce mois-là.")),
        )
        period = Period.month(each.first)
        self.rows.show_rows([
            ShownRow(
                event,
                (short_day(event.day), event.label, tr(SOURCES[event.source]), exact(event.amount)),
            )
            for event in curve.events
            if event.day in period
        ])
        self.body.addWidget(self.rows, 1)
        self.rows.table.activated.connect(self._open)
        act, _close = self.add_answers(tr("Montrer les écritures"), cancel=tr("Fermer"))
        act.clicked.disconnect()
        act.clicked.connect(self._open)
        fit(self, 860, 480)
        self.rows.table.setFocus()

    @Slot()
    def _open(self, _place: object = None) -> None:
        event = self.rows.current
        if isinstance(event, Event) and event.nature:
            number = _GRANTS if event.source is Source.GRANT else event.nature
            show_lines(self, self._desk, event.label, Period.year(self._today), number)
