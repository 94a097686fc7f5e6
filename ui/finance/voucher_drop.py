"""Files that become pieces: read one after the other away from the window, stopped at will."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.inbox import take_in, why_nothing
from cantine_desktop.finance.pieces.linking import link
from cantine_desktop.finance.pieces.queries import MissingRow
from cantine_desktop.i18n import tr, trn
from cantine_desktop.storage.attachments import LARGEST
from ui.desk import Desk
from ui.kit.jobs import Report, Stopped

SUFFIXES = "pdf jpg jpeg png heic heif webp tif tiff gif eml msg xml zip docx doc odt"
"""Ends of the names of files that are dropped here; others go on to the window."""

PATTERNS = " ".join(f"*.{suffix}" for suffix in SUFFIXES.split()[:13])


class Outcome(NamedTuple):
    """What became of some files.

    Attributes:
        keys: Keys of the new pieces.
        numbers: Their numbers.
        known: Numbers of pieces that were there already.
        refused: Sentences about files that could not become pieces.
    """

    keys: tuple[int, ...]
    numbers: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[str, ...]

    @property
    def words(self) -> str:
        """What to tell in one line."""
        parts: list[str] = []
        if self.keys:
            added = trn("{n} pièce ajoutée", "{n} pièces ajoutées", len(self.keys))
            first, last = self.numbers[0], self.numbers[-1]
            parts.append(f"{added} ({first if first == last else f'{first} → {last}'})")
        if self.known:
            there = trn("{n} déjà là", "{n} déjà là", len(self.known))
            parts.append(f"{there} ({', '.join(self.known)})")
        if self.refused:
            parts.append(trn("{n} refusée", "{n} refusées", len(self.refused)))
        return ", ".join(parts) + "." if parts else tr("Aucune pièce.")


def take_files(
    desk: Desk, files: Sequence[Path], row: MissingRow | None, report: Report
) -> Outcome:
    """Keep files as pieces in one step that can be undone, and join them to what was spent.

    On a worker thread. Stopped, it keeps those that were read.
    """
    keys: list[int] = []
    numbers: list[str] = []
    known: list[str] = []
    refused: list[str] = []
    now = desk.book.clock()
    label = trn("Pièce déposée", "Pièces déposées", len(files))
    with desk.book.action(label) as session:
        for place, path in enumerate(files):
            try:
                report.step(100 * place // len(files), path.name)
            except Stopped:
                break
            try:
                dropped = take_in(session, path.name, _content(path), now)
            except UserError as error:
                refused.append(str(error))
                continue
            if not dropped.pieces and not dropped.known and not dropped.refused:
                refused.append(why_nothing(path.name, dropped))
            for piece in dropped.pieces:
                keys.append(piece.id)
                numbers.append(piece.number)
                if row is not None:
                    link(session, piece.id, entry_id=row.entry_id, bank_line_id=row.bank_line_id)
            known += dropped.known
            refused += dropped.refused
    return Outcome(tuple(keys), tuple(numbers), tuple(dict.fromkeys(known)), tuple(refused))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > 3 * LARGEST:
            raise UserError(tr("« {name} » est démesuré.").format(name=path.name))
        return path.read_bytes()
    except OSError as error:
        text = tr("« {name} » ne se lit pas : ce fichier est absent ou fermé.")
        raise UserError(text.format(name=path.name)) from error
