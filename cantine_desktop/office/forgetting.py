"""What forgets itself: diets after the meal, names and written requests past their days.

Source: RGPD-9.
"""

from cantine_desktop.i18n import tr
from cantine_desktop.meals.closing import names
from cantine_desktop.meals.closing.policy import policy
from cantine_desktop.meals.reservations import forgetting
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.scrubbing import is_due, scrub


def forget_what_is_past(book: Book) -> int:
    """Destroy what is past its days, in history and in the file too; return how many rows.

    It may run as often as one likes: nothing past its days, nothing written. Somebody who
    may not write meals forgets nothing; it waits for somebody who may.

    Args:
        book: Of an actor at work; call it off the window's thread, the file is written anew.

    Raises:
        UserError: Another program keeps the book busy.
    """
    if not book.actor.may_write("meals") or not book.actor.may_read("meals"):
        return 0
    now, by = book.clock(), tr("automatique")
    with book.read() as session:
        days = policy(session).names_kept_days
        has_past = bool(forgetting.due(session, now, days))
    count = 0
    if has_past:
        with book.action(tr("Noms et régimes oubliés"), undoable=False) as session:
            count += forgetting.forget(session, now, by, days)
    with book.action(tr("Noms des contributions oubliés"), undoable=False) as session:
        count += names.forget(session, now, by)
    if not book.is_shared and is_due(book.engine):
        scrub(book.engine)
    return count
