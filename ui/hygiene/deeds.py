"""Writing what somebody answers in the strip of a breach, on any screen that shows one."""

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_effects import Deed, do
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.hygiene.breach_strip import BreachStrip


def write_deed(desk: Desk, strip: BreachStrip, deed: Deed) -> bool:
    """Write what was done about a breach as one undo step, and say what follows from it.

    Returns:
        Whether it was written; otherwise the strip says what is missing.
    """
    try:
        with desk.book.action(tr("Action corrective")) as session:
            said = do(session, deed, desk.book.clock())
    except UserError as error:
        strip.complain(str(error))
        return False
    desk.tell(" ".join([tr("Action corrective notée."), *said]), undo=True)
    return True
