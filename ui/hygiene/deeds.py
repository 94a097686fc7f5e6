"""Writing what somebody answers in the strip of a breach, on any screen that shows one."""

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_effects import Deed, Lead, do, effects_of, suspects_place
from cantine_desktop.hygiene.shelf_lots import follow_breach
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.hygiene.breach_strip import BreachStrip


def write_deed(desk: Desk, strip: BreachStrip, deed: Deed) -> bool:
    """Write what was done about a breach as one undo step, and say what follows from it.

    Goes on where the action leads: a suspicion to open, temperatures to judge again.

    Returns:
        Whether it was written; otherwise the strip says what is missing.
    """
    try:
        with desk.book.action(tr("Action corrective")) as session:
            said = do(session, deed, desk.book.clock())
            if desk.may_write("supply"):
                follow_breach(session, deed.breach_id, desk.book.clock())
            place = suspects_place(session, deed.breach_id)
    except UserError as error:
        strip.complain(str(error))
        return False
    desk.tell(" ".join([tr("Action corrective notée."), *said]), undo=True)
    leads = effects_of(deed.codes).leads
    if Lead.OUTBREAK in leads:
        desk.go(Lead.OUTBREAK)
    elif Lead.SUSPECTS in leads:
        desk.go(Lead.SUSPECTS, place)
    return True
