"""Where books and backups are put when nobody says otherwise."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from cantine_desktop.settings import Settings, home
from cantine_desktop.storage.place import synced_by
from ui.kit.files import safe_name

SUFFIX = ".cantine"
_LONGEST = 48
"""Characters of a canteen's name kept in its file's: Windows takes 260 in a whole path."""


def books_folder() -> Path:
    """Return the folder proposed for new books, in the person's documents.

    Windows often keeps those in OneDrive, which may spoil a book: then beside them.
    """
    location = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(location)) / "Cantine"
    return Path.home() / "Cantine" if synced_by(folder / SUFFIX) else folder


def book_file(canteen: str) -> Path:
    """Return a free place for the book of a canteen, named after it."""
    stem = safe_name(canteen.strip(" .")[:_LONGEST] or "Cantine")
    folder = books_folder()
    numbered = (folder / f"{stem} {n}{SUFFIX}" for n in range(2, 1000))
    return next(
        (path for path in [folder / f"{stem}{SUFFIX}", *numbered] if not path.exists()),
        folder / f"{stem}{SUFFIX}",
    )


def demo_file() -> Path:
    """Return this workstation's demonstration, apart from every real book."""
    return home() / f"demonstration{SUFFIX}"


def backup_folders(settings: Settings, location: str) -> list[Path]:
    """Return where a book's backups go: the main folder, then the second one if any.

    Args:
        settings: This workstation's.
        location: The book's file, or its address on a server.
    """
    if settings.backup_folder:
        main = Path(settings.backup_folder)
    elif "://" in location:
        main = home() / "sauvegardes"
    else:
        path = Path(location)
        main = path.with_name(f"{path.stem}-sauvegardes")
    return [main, *([Path(settings.second_folder)] if settings.second_folder else [])]
