"""The days orders leave to a supplier: typed in a small grid, the next deliveries below."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import hour, short_day, tr
from cantine_desktop.supply.suppliers.calendar import deliveries_from
from cantine_desktop.supply.suppliers.keeping import DayRow, set_days
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.grid import Cell, EntryGrid, GridModel, Head
from ui.kit.labels import wrapped
from ui.kit.theme import scaled

DAY, CUT_OFF, LEAD = range(3)
MORE = 2
"""Empty rows to type a new day in."""
NOON = 12 * 60
HOUR = 60


class OrderDays(QWidget):
    """One row a day: « lundi », « 12h », 1 day later."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.key = desk, key
        self._days: list[DayRow] = []
        self.grid = EntryGrid(
            GridModel(self._cell, self._write), tr("Jours de commande"), parent=self
        )
        self.grid.setFixedHeight(scaled(170))
        self.next = wrapped(role="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        column.addWidget(self.next)

    def refresh(self) -> None:
        """Read the days again."""
        now = self.desk.book.clock()
        with self.desk.book.read() as session:
            supplier = session.get_one(Supplier, self.key)
            self._days = [
                DayRow(each.weekday, each.cut_off, each.lead_days) for each in supplier.days
            ]
            slots = deliveries_from(session, self.key, now, count=3)
        rows = [Head(tr("Jour {n}").format(n=rank + 1)) for rank in range(len(self._days) + MORE)]
        if self.grid.model.columns:
            self.grid.model.show_rows(rows)
        else:
            self.grid.model.show(rows, _heads())
        told = [
            tr("le {day} (avant le {limit} à {hour})").format(
                day=short_day(slot.delivery),
                limit=short_day(civil_date(slot.order_by)),
                hour=hour(slot.order_by),
            )
            for slot in slots
        ]
        self.next.setText(
            tr("Prochaines livraisons : {days}.").format(days=", ".join(told)) if told else ""
        )

    def _cell(self, row: int, column: int) -> Cell:
        may = self.desk.may_write("supply")
        if row >= len(self._days):
            tip = tr("Tapez un jour : « lundi » ; l’heure et le délai suivent.")
            return Cell("", tip=tip, editable=may and column == DAY)
        day = self._days[row]
        text = {
            DAY: weekdays()[day.weekday],
            CUT_OFF: f"{day.cut_off // HOUR:02}:{day.cut_off % HOUR:02}",
            LEAD: str(day.lead_days),
        }[column]
        tips = {
            DAY: tr("Le jour où la commande part ; effacez-le pour l’enlever."),
            CUT_OFF: tr("L’heure limite, ce jour-là : 12:00."),
            LEAD: tr("Jours entre l’envoi et la livraison."),
        }
        return Cell(text, tip=tips[column], editable=may)

    def _write(self, row: int, column: int, text: str) -> str | None:
        days = list(self._days)
        typed = text.strip()
        if column == DAY and not typed:
            del days[row : row + 1]
        elif row >= len(days):
            days.append(DayRow(_weekday(typed), NOON, 1))
        elif column == DAY:
            days[row] = days[row]._replace(weekday=_weekday(typed))
        elif column == CUT_OFF:
            days[row] = days[row]._replace(cut_off=_minutes(typed))
        else:
            days[row] = days[row]._replace(lead_days=_count(typed))
        with self.desk.book.action(tr("Jours de commande changés")) as session:
            set_days(session, self.key, days)
        return None


def weekdays() -> list[str]:
    """Return the days of the week, Monday first."""
    return [
        *(tr("lundi"), tr("mardi"), tr("mercredi"), tr("jeudi")),
        *(tr("vendredi"), tr("samedi"), tr("dimanche")),
    ]


def _weekday(text: str) -> int:
    start = fold(text)
    found = [rank for rank, name in enumerate(weekdays()) if start and fold(name).startswith(start)]
    if len(found) != 1:
        raise UserError(tr("Tapez un jour de la semaine : lundi, mar, mercredi…"))
    return found[0]


def _minutes(text: str) -> int:
    parts = text.lower().replace("h", ":").split(":")
    numbers = [int(part) if part.isdecimal() else -1 for part in parts if part]
    if not 1 <= len(numbers) <= 2 or min(numbers) < 0 or max(numbers[1:], default=0) >= HOUR:
        raise UserError(tr("Tapez une heure : 12:00, 9h30."))
    return numbers[0] * HOUR + (numbers[1] if len(numbers) > 1 else 0)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise UserError(tr("Tapez un nombre de jours : 0, 1, 2…"))
    return int(text)


def _heads() -> list[Head]:
    return [
        Head(tr("Part le"), width=110, align="left"),
        Head(tr("Avant"), width=80),
        Head(tr("Livré, jours après"), width=130),
    ]
