"""Writing in the accounts what the hours given in a month are worth, once somebody saw them."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import month, tr
from cantine_desktop.office.volunteer_hours import given_month, post_given
from cantine_desktop.office.volunteer_sheet import question
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.dialogs import ask
from ui.staff.member_forms import perform


def value_month(desk: Desk, parent: QWidget, period: Period) -> None:
    """Show the hours given in a month, those of the cooks of its services among them; write them.

    What cannot be written says why, without a question before.
    """
    now = desk.book.clock()
    try:
        with desk.book.read() as session:
            words = question(given_month(session, period.first))
    except UserError as error:
        desk.tell(str(error))
        return
    title = tr("Bénévolat à valoriser : {month}").format(month=month(period.first))
    if (
        civil_date(now) >= period.end
        and words
        and not ask(parent.window(), title, words, tr("Écrire en classe 8"))
    ):
        return
    label = tr("Bénévolat valorisé en classe 8")
    why = perform(desk, label, partial(post_given, first=period.first, now=now))
    desk.tell(why or f"{label}.", undo=not why)
