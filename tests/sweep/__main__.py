"""The screenshot sweep: ``python -m tests.sweep FOLDER [--only STATION]``.

Opens every screen of the window on the demonstration, light and dark, in French and in
English, at 100 and 150 %, and once at 200 %, at 1366 x 768; writes a picture of each into the
folder, and a page ``index.html`` that shows them side by side. Fails, and says where, on texts
that are cut, pages that do not fit, controls without a name for a screen reader, words left in
French in the English window, and controls that Tab does not reach.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from cantine_desktop.office.demo import write_demo
from cantine_desktop.schema.upgrade import create_book
from tests.sweep.clipping import clipped, overflowing
from tests.sweep.finding import Finding
from tests.sweep.keyboard import nameless, unreachable
from tests.sweep.page import write_page
from tests.sweep.stage import GALLERY, HEIGHT, LARGEST, LOOKS, WIDTH, Look, Stage, quiet
from tests.sweep.wording import Translations, data_of, words_of

PLAIN = Look("light", "fr", 100)
"""Names and focus do not depend on the look: they are checked once."""


class Sweep:
    """Pictures and findings of every station in every look."""

    def __init__(self, folder, only, translations):
        self._folder = folder
        self._only = only
        self._translations = translations
        self._french = {}
        self.pictures = defaultdict(dict)
        self.findings = defaultdict(list)

    def visit(self, stage, look):
        for station in stage.stations():
            if self._only and station.name not in self._only:
                continue
            try:
                shown = station.reach()
            except Exception as error:  # noqa: BLE001  -- one broken screen does not hide the others
                self.findings[Finding("failed", repr(error))].append(f"{station.name} {look.name}")
                continue
            stage.settle()
            name = f"{station.name}.{look.name}.png"
            picture = shown.grab()
            picture.save(str(self._folder / name), "PNG", 90)
            self.pictures[station.name][look.name] = name
            found = [Finding("failed", error) for error in stage.errors]
            stage.errors.clear()
            for finding in [*found, *self._check(shown, station.name, look)]:
                self.findings[finding].append(f"{station.name} {look.name}")

    def _check(self, shown, name, look):
        needed = shown.minimumSizeHint()
        if needed.width() > WIDTH or needed.height() > HEIGHT:
            yield Finding("too big", f"needs {needed.width()} x {needed.height()}")
        if look.scale < LARGEST:
            yield from overflowing(shown)
        if look.scheme == "light":
            yield from clipped(shown)
            if not name.startswith(GALLERY):
                yield from self._read(shown, name, look)
        if look == PLAIN:
            yield from nameless(shown)
            yield from unreachable(shown)

    def _read(self, shown, name, look):
        words = words_of(shown)
        if look.language == "fr":
            self._french[name, look.scale] = words
        else:
            yield from self._translations.untranslated(words, self._french[name, look.scale])


def sweep(folder, only):
    """Visit everything; return how many findings there are, after printing them."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    application = QApplication.instance() or QApplication(["sweep"])
    with tempfile.TemporaryDirectory(prefix="cantine-sweep-") as home:
        os.environ["CANTINE_HOME"] = home
        book = Path(home) / "demonstration.cantine"
        visits = Sweep(folder, only, Translations(write_book(book)))
        for look in LOOKS:
            stage = Stage(application, look, book)
            try:
                visits.visit(stage, look)
            finally:
                stage.close()
    write_page(folder / "index.html", visits.pictures, visits.findings)
    for finding, places in sorted(visits.findings.items()):
        print(f"{finding.kind}: {finding.what}\n    {', '.join(places)}")
    shown = sum(len(looks) for looks in visits.pictures.values())
    print(f"{shown} pictures of {len(visits.pictures)} screens in {folder}")
    return len(visits.findings)


def write_book(path):
    """Write the demonstration and return every text it holds."""
    opened = create_book(str(path))
    write_demo(opened.book, datetime.now(UTC).date())  # noqa: TID251  -- the windows run today
    words = data_of(opened.engine)
    opened.book.close()
    opened.close()
    return words


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.sweep")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", metavar="STATION")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(quiet)
    started = time.monotonic()
    count = sweep(arguments.folder, arguments.only)
    print(f"{count or 'No'} findings, {time.monotonic() - started:.0f} s")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
