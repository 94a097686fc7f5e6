"""The accounts behind a line of a statement; Enter shows the lines of one."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cantine_desktop.finance.statements.tables import AccountValue, StatementRow
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.line_list import fit, show_lines
from ui.finance.rows_table import RowsTable, ShownRow, exact
from ui.kit.dialogs import Dialog
from ui.kit.table import Column


class AccountsDialog(Dialog):
    """Lists accounts and their amounts."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None,
        row: StatementRow,
        period: Period,
        *,
        is_sheet: bool,
    ) -> None:
        super().__init__(parent, row.title.strip())
        self._desk, self._period = desk, period
        titles = _titles(len(row.values), is_sheet=is_sheet)
        columns = [Column(tr("Compte"), 90), Column(tr("Intitulé"), 300)]
        columns += [Column(title, 130, "right") for title in titles]
        self.rows = RowsTable(row.title.strip(), columns)
        self.rows.show_rows([
            ShownRow(each, (each.number, each.title, *(exact(value) for value in each.values)))
            for each in row.accounts
        ])
        self.rows.table.activated.connect(self._open)
        self.body.addWidget(self.rows, 1)
        act, _close = self.add_answers(tr("Montrer les écritures"), cancel=tr("Fermer"))
        act.clicked.disconnect()
        act.clicked.connect(self._open)
        fit(self, 860, 460)
        self.rows.table.setFocus()

    @Slot()
    def _open(self, _place: object = None) -> None:
        account = self.rows.current
        if isinstance(account, AccountValue) and account.number:
            title = f"{account.number} {account.title}"
            show_lines(self, self._desk, title, self._period, account.number)


def _titles(count: int, *, is_sheet: bool) -> list[str]:
    if not is_sheet:
        return [tr("Exercice (€)"), tr("Précédent (€)"), tr("Budget (€)")][:count]
    if count == 4:
        return [tr("Brut (€)"), tr("Amort. (€)"), tr("Net (€)"), tr("Net précédent (€)")]
    return [tr("Exercice (€)"), tr("Précédent (€)")]
