"""What is done on a worker thread to have a book open: make, open, restore, move.

Imported on that thread too, for it brings the core and its libraries: the window
stays alive meanwhile.
"""

from datetime import timedelta
from pathlib import Path

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import civil_date, system_clock
from cantine_desktop.hygiene.limits import UnitKind
from cantine_desktop.hygiene.starter import StarterUnit, add_unit
from cantine_desktop.i18n import tr
from cantine_desktop.office.demo import write_demo
from cantine_desktop.people import profiles
from cantine_desktop.schema.upgrade import Opened, create_book, open_book
from cantine_desktop.storage.lock import BookLock
from cantine_desktop.storage.restore import move_book, restore
from ui.places import demo_file
from ui.requests import CreateBook, MoveBook, OpenBook, OpenDemo, Opening, RestoreBook

_DEMO_GROWS_OLD = timedelta(days=7)


def fulfil(request: Opening, folders: list[Path]) -> Opened:
    """Do what a request asks, and return the open book.

    Args:
        request: What was asked.
        folders: Where backups are, besides the folder beside the book.

    Raises:
        UserError: It cannot be done; the message says what to do.
    """
    match request:
        case OpenBook(location, take_over):
            return open_book(location, system_clock, folders=folders, take_over=take_over)
        case OpenDemo():
            return _open_demo()
        case CreateBook():
            return _create(request)
        case RestoreBook(backup, target):
            target.parent.mkdir(parents=True, exist_ok=True)
            restore(backup, target, system_clock())
            opened = open_book(target, system_clock, folders=folders)
            opened.notices.append(
                tr("La sauvegarde est en place ; la cantine d’avant est gardée à côté.")
            )
            return opened
        case MoveBook(path, target):
            target.parent.mkdir(parents=True, exist_ok=True)
            move_book(path, target, system_clock())
            return open_book(target, system_clock, folders=folders)


def _open_demo() -> Opened:
    path = demo_file()
    now = system_clock()
    if path.exists() and path.stat().st_mtime > (now - _DEMO_GROWS_OLD).timestamp():
        return open_book(path, system_clock)
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = BookLock(path)
    lock.acquire(now)  # never from under another process
    try:
        path.unlink(missing_ok=True)
    finally:
        lock.release()
    opened = create_book(path, system_clock)
    write_demo(opened.book, civil_date(now))
    with opened.book.action(tr("Profils"), undoable=False) as session:
        profiles.seed(session)
    return opened


def _create(new: CreateBook) -> Opened:
    Path(new.location).parent.mkdir(parents=True, exist_ok=True)
    opened = create_book(new.location, system_clock)
    with opened.book.action(tr("Créer la cantine"), undoable=False) as session:
        session.add(
            Canteen(name=new.name, department=new.department, open_weekdays=new.open_weekdays)
        )
        profiles.seed(session)
        for position, unit in enumerate(_units(new), 1):
            add_unit(session, unit, position)
    return opened


def _units(new: CreateBook) -> list[StarterUnit]:
    fridges = [
        StarterUnit(tr("Frigo {n}").format(n=n), UnitKind.FRIDGE, frozenset(), "")
        for n in range(1, new.fridges + 1)
    ]
    freezers = [
        StarterUnit(tr("Congélateur {n}").format(n=n), UnitKind.FREEZER, frozenset(), "")
        for n in range(1, new.freezers + 1)
    ]
    return fridges + freezers
