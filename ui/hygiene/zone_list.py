"""What lies in the zone of tolerance, in the list of breaches: no breach, but to be looked at."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.hygiene.catalogue import register_of
from cantine_desktop.hygiene.model import READINGS
from cantine_desktop.hygiene.tolerated import Tolerated, tolerated_of
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.icons import icon

SHOWN = timedelta(days=31)
"""How far back the zone is listed on the screen; the paper lists any period."""

_RECORD = Qt.ItemDataRole.UserRole + 1


def zone_items(desk: Desk) -> list[QListWidgetItem]:
    """Return a line for each record of the last month in the zone, the latest first."""
    today = civil_date(desk.book.clock())
    with desk.book.read() as session:
        rows = tolerated_of(session, Period(today - SHOWN, today + DAY))
    return [_item(row) for row in reversed(rows)]


def zone_words(item: QListWidgetItem) -> str:
    """Say a line in full, and what it means."""
    meaning = tr("Au-dessus de la limite, sans être un écart : à recontrôler, jamais conforme.")
    return f"{item.text()}\n{meaning}"


def go_to_record(desk: Desk, item: QListWidgetItem) -> None:
    """Show the sheet of a line."""
    row = item.data(_RECORD)
    if not isinstance(row, Tolerated):
        return
    if row.register == READINGS:
        desk.go("readings", row.day)
    else:
        letter = register_of(row.register).letter
        desk.go("records", SheetAsked(letter, Period.week(row.day)))


def _item(row: Tolerated) -> QListWidgetItem:
    text = tr("{subject}, {day} : {words}\n{followed}").format(
        subject=row.subject,
        day=f"{row.day:%d/%m}",
        words=row.words,
        followed=row.followed or tr("sans suite notée"),
    )
    item = QListWidgetItem(icon("warning", "warn"), text)
    item.setData(_RECORD, row)
    return item
