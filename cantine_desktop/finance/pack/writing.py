"""Writing the accountant’s pack of a month: one ZIP, built alike every month (D29)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import IO, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.writers import write_csv
from cantine_desktop.finance.fec.writing import write_fec
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.pack.answers import answers
from cantine_desktop.finance.pack.archive import Archive, Nowhere
from cantine_desktop.finance.pack.checklist import Point, checklist, checklist_tab
from cantine_desktop.finance.pack.ledger_tabs import (
    accounts_tab,
    balance_tab,
    entries_tab,
    party_tab,
)
from cantine_desktop.finance.pack.money_tabs import (
    bank_tab,
    cash_tab,
    reconciliation_tab,
    statements,
)
from cantine_desktop.finance.pack.month import Month
from cantine_desktop.finance.pack.papers import Handed, read_first, write_index, write_payroll
from cantine_desktop.finance.pack.payroll import variables_tab, write_variables
from cantine_desktop.finance.pack.proofs import FOLDER, Proofs, missing_tab, proofs_tab
from cantine_desktop.finance.pack.tabs import Tab
from cantine_desktop.finance.pack.workbook import write_workbook
from cantine_desktop.finance.pack.year_tabs import accruals_tab, funds_tab, grants_tab
from cantine_desktop.i18n import tr
from cantine_desktop.storage.attachments import read
from cantine_desktop.values.period import Period

Tell = Callable[[int, str], None]
"""Told how far the work is, from 0 to 100, and what is being done; what it raises ends it."""

PLACES = {
    "entries": "03_Ecritures/Journaux",
    "accounts": "03_Ecritures/Grand-livre",
    "balance": "03_Ecritures/Balance-generale",
    "party-balance": "03_Ecritures/Balance-auxiliaire",
    "bank": "04_Banque/Lignes",
    "reconciliation": "04_Banque/Rapprochement",
    "cash": "05_Caisse/Livre-de-caisse",
    "pieces": f"{FOLDER}/index",
    "missing": f"{FOLDER}/sans-justificatif",
    "checklist": "08_Controle/Liste-de-controle",
    "grants": "08_Controle/Subventions",
    "funds": "08_Controle/Fonds-dedies",
    "accruals": "08_Controle/FNP-CCA-PCA",
}
"""Where the CSV file of a table stands, without its month and suffix."""

HASHES = "empreintes.sha256"


def quiet(_percent: int, _words: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class PackSummary:
    """What a pack holds.

    Attributes:
        month: The month it is about.
        sha256: Of each file, by its path inside.
        entries: Entries of the month.
        drafts: Those not validated yet.
        pieces: Pieces inside.
        missing: Entries without a piece.
        points: The list of checks.
    """

    month: Period
    sha256: dict[str, str]
    entries: int
    drafts: int
    pieces: int
    missing: int
    points: tuple[Point, ...] = ()

    @property
    def content_sha256(self) -> str:
        """Hash of all but the papers: alike as long as the accounts and the pieces are."""
        told = sorted(f"{digest} {name}" for name, digest in self.sha256.items() if _lasts(name))
        return sha256("\n".join(told).encode()).hexdigest()


def _lasts(name: str) -> bool:
    """Tell whether a file says nothing of the instant it was written."""
    return name != HASHES and not name.startswith("01_") and not _is_pay_sheet(name)


def write_pack(
    session: Session,
    month: Period,
    now: datetime,
    target: IO[bytes],
    *,
    tell: Tell = quiet,
) -> PackSummary:
    """Write the pack of a month; the same book and instant give the same bytes.

    Args:
        session: A session that reads.
        month: A calendar month; of another period, the month of its first day.
        now: The present instant.
        target: Where the ZIP goes; written from its beginning to its end.
        tell: Told how far the work is; an exception it raises cancels it.
    """
    return _write(Month(session, Period.month(month.first), now), target, tell)


def _write(month: Month, target: IO[bytes], tell: Tell) -> PackSummary:
    tell(0, tr("lecture des comptes"))
    proofs = Proofs(month)
    points, told = checklist(month, proofs), answers(month, proofs)
    with Archive(target, month.period.last) as archive:
        archive.put("00_LISEZ-MOI.txt", read_first(month, told))
        _write_accounts(month, proofs, points, archive, tell)
        _write_statements(month, archive)
        _write_pieces(proofs, archive, tell)
        tell(85, tr("paie"))
        _write_payroll(month, archive)
        tell(90, tr("index"))
        index = BytesIO()
        inside = dict(sorted(archive.sha256.items()))
        write_index(Handed(month, proofs, points, told, inside), index)
        archive.put(f"01_Index_{month.code}.pdf", index.getvalue())
        hashes = "".join(f"{digest}  {name}\n" for name, digest in sorted(archive.sha256.items()))
        archive.put(HASHES, hashes.encode())
    tell(100, "")
    return PackSummary(
        month.period,
        dict(archive.sha256),
        month.entries,
        month.drafts,
        len(proofs.all),
        len(proofs.missing),
        tuple(points),
    )


def _write_accounts(
    month: Month, proofs: Proofs, points: Sequence[Point], archive: Archive, tell: Tell
) -> None:
    tabs = tabs_of(month, proofs, points)
    tell(15, tr("classeur"))
    archive.put(f"02_Classeur_{month.code}.xlsx", workbook_bytes(month, tabs))
    tell(30, tr("FEC"))
    _write_fec(month, archive)
    tell(40, tr("tables"))
    for tab in tabs:
        if tab.key in PLACES:
            suffix = ".csv" if tab.key in {"pieces", "missing"} else f"_{month.code}.csv"
            with archive.add(PLACES[tab.key] + suffix) as opened:
                write_csv(opened, tab.as_table(), excel=True)


def tabs_of(month: Month, proofs: Proofs, points: Sequence[Point]) -> list[Tab]:
    """Return every table of a month, in the order of the workbook."""
    return [
        checklist_tab(points),
        balance_tab(month),
        party_tab(month),
        accounts_tab(month),
        entries_tab(month, proofs.by_entry),
        bank_tab(month),
        reconciliation_tab(month),
        cash_tab(month),
        proofs_tab(proofs),
        missing_tab(proofs),
        funds_tab(month),
        accruals_tab(month),
        grants_tab(month),
        variables_tab(month.session, month.period),
    ]


def workbook_bytes(month: Month, tabs: Sequence[Tab]) -> bytes:
    """Return the workbook of a month."""
    target = BytesIO()
    write_workbook(target, tabs, f"{month.canteen} {month.code}".strip())
    return target.getvalue()


def _write_fec(month: Month, archive: Archive) -> None:
    """Write the FEC of the year through the month; it has its name when nothing is a draft."""
    if month.year is None:
        archive.put(f"{_FEC}/{fec_name(month)}", "Aucun exercice ouvert.\r\n".encode("latin-1"))
        return
    last = select(func.max(Entry.rank)).where(
        Entry.fiscal_year_id == month.year.id, Entry.day < month.period.end
    )
    rank = month.session.scalar(last) or 0
    with archive.add(f"{_FEC}/{fec_name(month)}") as opened:
        write_fec(month.session, month.year, opened, month.now, last_rank=rank)


_FEC = "03_Ecritures"


def fec_name(month: Month) -> str:
    """Return what the FEC is called: by its legal name once nothing of it is a draft."""
    if month.year is None or month.drafts_to_date or not month.siren:
        return f"FEC_PROVISOIRE_{month.period.last:%Y%m%d}.txt"
    return f"{month.siren}FEC{month.period.last:%Y%m%d}.txt"


def _write_statements(month: Month, archive: Archive) -> None:
    """Write the files of the bank as they came."""
    for name, attachment in statements(month):
        archive.put(f"04_Banque/Releves/{name}", read(month.session, attachment))


def _write_pieces(proofs: Proofs, archive: Archive, tell: Tell) -> None:
    count = len(proofs.all)
    for place, proof in enumerate(proofs.all):
        tell(50 + 35 * place // count, tr("pièces"))
        content = proofs.content(proof)
        if content is None:
            lost = f"La pièce {proof.piece.number} est illisible dans le livre.\r\n"
            archive.put(f"{FOLDER}/{proof.file}.ILLISIBLE.txt", lost.encode("utf-8-sig"))
        else:
            archive.put(f"{FOLDER}/{proof.file}", content)


def _write_payroll(month: Month, archive: Archive) -> None:
    with archive.add(f"07_Paie/Variables_{month.code}.csv") as opened:
        write_variables(month.session, month.period, month.now, opened)
    with archive.add(f"07_Paie/Variables_{month.code}.pdf") as opened:
        write_payroll(month, opened)


def describe_pack(
    session: Session, month: Period, now: datetime, tell: Tell = quiet
) -> PackSummary:
    """Return what the pack of a month would hold, without keeping it."""
    return _write(
        Month(session, Period.month(month.first), now), cast("IO[bytes]", Nowhere()), tell
    )


def write_month_workbook(
    session: Session, period: Period, now: datetime, target: IO[bytes]
) -> None:
    """Write the workbook of a month alone, as its pack has it."""
    month = Month(session, Period.month(period.first), now)
    proofs = Proofs(month)
    points = checklist(month, proofs)
    target.write(workbook_bytes(month, tabs_of(month, proofs, points)))


def write_month_index(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the index of a month alone, as its pack has it (D29)."""
    month = Month(session, Period.month(period.first), now)
    summary = _write(month, cast("IO[bytes]", Nowhere()), quiet)
    inside = {n: d for n, d in sorted(summary.sha256.items()) if not _is_last(n)}
    proofs = Proofs(month)
    told = answers(month, proofs)
    write_index(Handed(month, proofs, summary.points, told, inside), target)


def _is_last(name: str) -> bool:
    return name.startswith("01_") or name == HASHES


def _is_pay_sheet(name: str) -> bool:
    return name.startswith("07_Paie/") and name.endswith(".pdf")
