"""What the employer owes this year and next, ticked as it is done, with the text of each duty."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.sources import sources
from cantine_desktop.staff.contracts.duties import DutyRow, duties_of, duty, duty_done
from cantine_desktop.staff.contracts.words import how_sure
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.icons import icon
from ui.kit.labels import wrapped
from ui.kit.theme import scaled
from ui.staff.member_forms import perform


class DutiesDialog(Dialog):
    """The duties of the year and of the next, the soonest first.

    Attributes:
        rows: What falls due, in the order shown.
        list: One line for each, ticked when it is done.
        text: What the current one asks for, and where the law says so.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent.window(), tr("Obligations de l’employeur"))
        self._desk = desk
        today = civil_date(desk.book.clock())
        self.period = Period(Period.year(today).first, date(today.year + 2, 1, 1))
        with desk.book.read() as session:
            self.rows = duties_of(session, self.period)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Obligations de l’employeur"))
        self.list.setTabKeyNavigation(False)
        self.list.setWordWrap(True)
        self.list.setEnabled(desk.may_write("staff"))
        self.text = wrapped(tr("Aucune obligation : personne n’est employé."), "muted")
        for row in self.rows:
            self.list.addItem(_item(row, today))
        self.list.setVisible(bool(self.rows))
        self.list.currentRowChanged.connect(self._show_text)
        self.list.itemChanged.connect(self._tick)
        self.printing = QPushButton(tr("Imprimer"))
        self.printing.clicked.connect(self._print)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.text)
        self.body.addWidget(self.printing, 0, Qt.AlignmentFlag.AlignLeft)
        _act, close = self.add_answers(tr("Fermer"))
        close.hide()
        self.resize(scaled(640), scaled(520))
        self.list.setCurrentRow(self._first_waiting())

    def _first_waiting(self) -> int:
        waits = [place for place, row in enumerate(self.rows) if row.done_on is None]
        return next(iter(waits), 0 if self.rows else -1)

    @Slot(int)
    def _show_text(self, place: int) -> None:
        if not 0 <= place < len(self.rows):
            return
        each = duty(self.rows[place].key)
        sure = how_sure(sources()[each.source])
        cited = tr("{article} ({sure})").format(article=each.article, sure=sure)
        self.text.setText(f"{each.text}\n{cited}")

    @Slot(QListWidgetItem)
    def _tick(self, item: QListWidgetItem) -> None:
        place, today = self.list.row(item), civil_date(self._desk.book.clock())
        done_on = today if item.checkState() is Qt.CheckState.Checked else None
        label = tr("Obligation faite") if done_on else tr("Obligation à faire")
        perform(self._desk, label, partial(duty_done, row=self.rows[place], done_on=done_on))
        row = self.rows[place]._replace(done_on=done_on)
        self.rows[place] = row
        self.list.blockSignals(True)
        _dress(item, row, today)
        self.list.blockSignals(False)

    @Slot()
    def _print(self) -> None:
        self.accept()
        self._desk.print_out("employer-duties", self.period)


def _item(row: DutyRow, today: date) -> QListWidgetItem:
    item = QListWidgetItem()
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    _dress(item, row, today)
    return item


def _dress(item: QListWidgetItem, row: DutyRow, today: date) -> None:
    late = row.done_on is None and row.due_on < today
    what = tr("{name} : {what}").format(name=row.name, what=row.title) if row.name else row.title
    day = short_day(row.done_on or row.due_on)
    if row.done_on is not None:
        words = tr("Fait le {day} : {step}").format(day=day, step=what)
    elif late:
        words = tr("En retard depuis le {day} : {step}").format(day=day, step=what)
    else:
        words = tr("Avant le {day} : {step}").format(day=day, step=what)
    item.setText(words)
    item.setIcon(icon("warning-octagon-fill", "bad") if late else QIcon())
    item.setCheckState(Qt.CheckState.Checked if row.done_on else Qt.CheckState.Unchecked)
