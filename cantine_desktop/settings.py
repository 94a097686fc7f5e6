"""This workstation's settings: how the person likes the window, and where things are.

One TOML file in the person's own folder. Read before the first paint, so this
module imports nothing heavy; what it cannot read it leaves at its default.
"""

import os
import sys
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal, cast

from cantine_desktop.i18n import Language
from cantine_desktop.replacing import put_in_place

FILE = "settings.toml"
FOLDER_VARIABLE = "CANTINE_HOME"
"""Environment variable that moves the whole folder, for tests and for USB sticks."""

Theme = Literal["system", "light", "dark"]

TEXT_SCALES = (100, 115, 130, 150, 200)
"""Sizes of text on offer, in percent."""

_CHOICES: dict[str, tuple[object, ...]] = {
    "language": ("fr", "en"),
    "theme": ("system", "light", "dark"),
    "text_scale": TEXT_SCALES,
}
_RECENT_BOOKS = 8


@dataclass
class Settings:
    """What this workstation remembers between two starts.

    Attributes:
        language: Language of windows and paper.
        theme: ``"system"``, ``"light"`` or ``"dark"``.
        text_scale: Size of text in percent, one of ``TEXT_SCALES``.
        last_book: File or address of the book to open at start; empty for none.
        last_canteen: Name of its canteen, shown before the book is open.
        recent_books: Files or addresses, latest first.
        last_screen: Key of the screen last shown.
        last_profile: Name of the profile last at work.
        geometry: Left, top, width and height of the window, in pixels; empty for none.
        maximized: Whether the window filled the screen.
        sidebar_folded: Whether the sidebar shows icons only.
        palette_recent: Ids of what the palette last ran, latest first.
        backup_folder: Where backups go; empty for beside the book.
        second_folder: Where each backup is copied too; empty for nowhere.
        folders: Where files of each kind were last opened or saved, by purpose.
        printer: Name of the printer last used; empty for the system's.
        lock_minutes: Idle minutes before the window locks; 0 for never.
        posters_informal: Whether posters say *tu*.
        accountant_email: Where the monthly file is sent; empty while nobody said.
        transfer_format: Key of the layout the accountant prefers; empty for the first.
    """

    language: Language = "fr"
    theme: Theme = "system"
    text_scale: int = 100
    last_book: str = ""
    last_canteen: str = ""
    recent_books: list[str] = field(default_factory=list)
    last_screen: str = "today"
    last_profile: str = ""
    geometry: list[int] = field(default_factory=list)
    maximized: bool = False
    sidebar_folded: bool = False
    palette_recent: list[str] = field(default_factory=list)
    backup_folder: str = ""
    second_folder: str = ""
    folders: dict[str, str] = field(default_factory=dict[str, str])
    printer: str = ""
    lock_minutes: int = 0
    posters_informal: bool = True
    accountant_email: str = ""
    transfer_format: str = ""

    def remember_book(self, location: str, canteen: str) -> None:
        """Note the book now open, for the next start and the list of recent ones."""
        self.last_book, self.last_canteen = location, canteen
        others = [book for book in self.recent_books if book != location]
        self.recent_books = [location, *others][:_RECENT_BOOKS]


def home() -> Path:
    """Return the person's folder for settings, logs and the demonstration."""
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home(), "Cantine")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Cantine"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "cantine"


def load(folder: Path | None = None) -> Settings:
    """Read the settings; what is missing or makes no sense keeps its default."""
    settings = Settings()
    try:
        text = ((folder or home()) / FILE).read_text(encoding="utf-8")
        stored = _parse(text)
    except (OSError, ValueError):
        return settings
    for known in fields(Settings):
        value = stored.get(known.name)
        if value is not None and _fits(known.name, value, getattr(settings, known.name)):
            setattr(settings, known.name, value)
    return settings


def save(settings: Settings, folder: Path | None = None) -> None:
    """Write the settings whole or not at all.

    Raises:
        OSError: The folder cannot be written.
    """
    import tomli_w  # noqa: PLC0415  -- the first paint only reads

    target = (folder or home()) / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.new")
    values = {known.name: getattr(settings, known.name) for known in fields(Settings)}
    draft.write_text(tomli_w.dumps(values), encoding="utf-8")
    put_in_place(draft, target)


def _parse(text: str) -> dict[str, object]:
    import tomllib  # noqa: PLC0415  -- the very first start has nothing to read

    return tomllib.loads(text)


def _fits(name: str, value: object, default: object) -> bool:
    if name in _CHOICES:
        return type(value) is type(default) and value in _CHOICES[name]
    if isinstance(default, list):
        item = int if name == "geometry" else str
        items = cast("list[object]", value) if isinstance(value, list) else [None]
        return all(type(one) is item for one in items)
    if isinstance(default, dict):
        return isinstance(value, dict) and all(
            type(one) is str for pair in cast("dict[object, object]", value).items() for one in pair
        )
    return type(value) is type(default)
