"""A round of backups of the open book, wherever it lives."""

from cantine_desktop.errors import UserError
from cantine_desktop.schema.safekeeping import Kept, keep_safe
from ui.desk import Desk
from ui.places import backup_folders


def make_backups(desk: Desk) -> Kept:
    """Back the open book up, file or server, into its folders; for a worker thread.

    Raises:
        UserError: No folder took a copy.
    """
    book = desk.book
    server = book.engine if book.is_shared else None
    folders = backup_folders(desk.settings, desk.location)
    kept = keep_safe(desk.location, folders, book.clock(), server=server)
    if not kept.backups:
        raise UserError("\n".join(kept.problems))
    return kept
