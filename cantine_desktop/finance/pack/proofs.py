"""The pieces of a month: what proves its entries, under the names they are handed over with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import or_, select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import Entry, Journal
from cantine_desktop.finance.pack.month import Month
from cantine_desktop.finance.pack.tabs import Cell, Tab, amount, day, text
from cantine_desktop.finance.pieces.model import Piece, PieceLink
from cantine_desktop.finance.pieces.naming import file_name
from cantine_desktop.finance.pieces.queries import MissingRow, missing, objects
from cantine_desktop.storage.attachments import Attachment, read

FOLDER = "06_Pieces"


@dataclass(frozen=True)
class Proof:
    """A piece as it goes into the archive.

    Attributes:
        file: Its name there, unlike any other.
        proves: Entries it is joined to, in words: ``"HA 12"``, ``"HA F-0123 (brouillon)"``.
        about: Its supplier, or what its entry says when it has none.
    """

    piece: Piece
    file: str
    proves: tuple[str, ...]
    entry_ids: tuple[int, ...]
    about: str = ""


_Joined = tuple[int, str]
"""An entry a piece is joined to: its key, and its journal and number in words."""


@dataclass(frozen=True)
class Proofs:
    """Every piece of a month, and what has none."""

    month: Month

    @cached_property
    def all(self) -> list[Proof]:
        """Pieces that prove an entry of the month, or are dated in it, by number."""
        joined: dict[int, list[_Joined]] = {}
        query = (
            select(PieceLink.piece_id, Journal.code, Entry)
            .join(Entry, PieceLink.entry_id == Entry.id)
            .join(Journal, Entry.journal_id == Journal.id)
            .where(Entry.day >= self.month.period.first, Entry.day < self.month.period.end)
            .order_by(Entry.day, Entry.id)
        )
        for piece_id, code, entry in self.month.session.execute(query):
            said = f"{code} {entry.number or f'{entry.piece_ref} (brouillon)'}"
            joined.setdefault(piece_id, []).append((entry.id, said))
        pieces = self.month.session.scalars(
            select(Piece)
            .where(
                or_(
                    Piece.id.in_(joined),
                    Piece.day.between(self.month.period.first, self.month.period.last),
                )
            )
            .order_by(Piece.number)
        )
        found = list(pieces)
        return list(_proofs(found, joined, objects(self.month.session, found)))

    @cached_property
    def by_entry(self) -> dict[int, tuple[str, str]]:
        """Numbers and file names of the pieces of each entry, several joined by a comma."""
        found: dict[int, list[Proof]] = {}
        for proof in self.all:
            for entry_id in proof.entry_ids:
                found.setdefault(entry_id, []).append(proof)
        return {
            entry_id: (
                ", ".join(proof.piece.number for proof in proofs),
                ", ".join(proof.file for proof in proofs),
            )
            for entry_id, proofs in found.items()
        }

    @cached_property
    def missing(self) -> list[MissingRow]:
        """What was spent in the month and has no piece, oldest first.

        Lines of the bank without an entry are told by the reconciliation: counted here too, an
        invoice and its payment would be missing twice.
        """
        return missing(self.month.session, self.month.period)

    @property
    def awaited(self) -> list[MissingRow]:
        """Those of ``missing`` that nobody declared lost."""
        return [row for row in self.missing if not row.lost_reason]

    def content(self, proof: Proof) -> bytes | None:
        """Return a piece, or ``None`` when its file was lost or altered outside."""
        attachment = self.month.session.get(Attachment, proof.piece.attachment_id)
        if attachment is None:
            return None
        try:
            return read(self.month.session, attachment)
        except UserError:
            return None


def _proofs(
    pieces: Iterable[Piece], joined: dict[int, list[_Joined]], objects_of: dict[int, str]
) -> Iterator[Proof]:
    used: set[str] = set()
    for piece in pieces:
        about = piece.supplier or objects_of.get(piece.id, "")
        name = file_name(piece, about)
        if name.casefold() in used:
            name = f"{piece.number}_{name}"
        used.add(name.casefold())
        links = joined.get(piece.id, [])
        yield Proof(piece, name, tuple(s for _, s in links), tuple(k for k, _ in links), about)


def proofs_tab(proofs: Proofs) -> Tab:
    """Return the pieces, each with its file and what it proves (pièces)."""
    rows: list[tuple[Cell, ...]] = [
        (
            proof.piece.number,
            proof.piece.day,
            proof.about,
            proof.piece.invoice_number,
            proof.piece.total,
            ", ".join(proof.proves) or _unjoined(proof.piece),
            proof.file,
            proof.piece.name,
            proof.piece.sha256,
        )
        for proof in proofs.all
    ]
    return Tab(
        "pieces",
        "Pièces",
        (
            text("N°", 12),
            day("Date"),
            text("Fournisseur ou objet", 30),
            text("N° de facture", 18),
            amount("Montant"),
            text("Écriture", 22),
            text("Fichier", 48),
            text("Nom reçu", 36),
            text("SHA-256", 66),
        ),
        rows,
        "Aucune pièce ce mois-ci.",
        f"Les fichiers sont dans le dossier {FOLDER}.",
    )


def _unjoined(piece: Piece) -> str:
    return f"mise de côté : {piece.set_aside}" if piece.set_aside else "aucune écriture ce mois-ci"


def missing_tab(proofs: Proofs) -> Tab:
    """Return what was spent without a piece (sans justificatif)."""
    rows: list[tuple[Cell, ...]] = [
        (
            row.day,
            row.label,
            row.party,
            row.reference,
            row.amount,
            row.asked_on,
            row.lost_reason,
        )
        for row in proofs.missing
    ]
    return Tab(
        "missing",
        "Sans justificatif",
        (
            day("Date"),
            text("Libellé", 44),
            text("Fournisseur", 30),
            text("Référence", 18),
            amount("Montant"),
            day("Demandée le"),
            text("Déclarée perdue", 30),
        ),
        rows,
        "Rien ne manque : chaque dépense a sa pièce.",
    )
