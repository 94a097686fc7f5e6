"""What moves the treasury in a month, and where it is known from."""

from PySide6.QtWidgets import QWidget

from cantine_desktop.finance.treasury.curve import Curve, CurveMonth
from cantine_desktop.finance.treasury.events import SOURCES
from cantine_desktop.i18n import month, short_day, tr
from cantine_desktop.values.period import Period
from ui.finance.line_list import fit
from ui.finance.rows_table import RowsTable, ShownRow, exact
from ui.kit.dialogs import Dialog
from ui.kit.empty import EmptyState
from ui.kit.table import Column


class EventsDialog(Dialog):
    """Lists what is expected in a month, by day."""

    def __init__(self, parent: QWidget | None, each: CurveMonth, curve: Curve) -> None:
        title = tr("Ce qui bouge en {month}").format(month=month(each.first))
        super().__init__(parent, title, tr(curve.supposed.name))
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
        self.add_answers(tr("Fermer"))[1].hide()
        fit(self, 860, 480)
        self.rows.table.setFocus()
