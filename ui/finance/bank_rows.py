"""Lines of the bank as the table says them: what they are, how sure, their piece."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import Line
from cantine_desktop.finance.matching.proposal import Certainty, Proposal
from cantine_desktop.finance.matching.proposing import Progress, propose
from cantine_desktop.finance.matching.queries import (
    BankRow,
    Proof,
    missing_entries,
    proof_of_proposal,
)
from cantine_desktop.finance.matching.reconciliation import Reconciliation, statement_at
from cantine_desktop.i18n import mark, money, number, tr
from cantine_desktop.values.period import DAY
from cantine_desktop.values.text import fold
from ui.kit.table import Column, Row


class BankPlace(NamedTuple):
    """Where somebody was: an account and a line."""

    account: int | None
    line: int | None


@dataclass(frozen=True)
class Found:
    """What was worked out beside the window.

    Attributes:
        proposals: By key of the bank line.
        proofs: Whether each proposal has its piece.
    """

    proposals: Mapping[int, Proposal] = field(default_factory=dict[int, Proposal])
    proofs: Mapping[int, Proof] = field(default_factory=dict[int, Proof])
    statement: Reconciliation | None = None


def find(session: Session, account_id: int, today: date, progress: Progress) -> Found:
    """Work out the proposals of an account, and its reconciliation today."""
    proposals = {p.line: p for p in propose(session, account_id, progress=progress)}
    return Found(
        proposals, _proofs(session, proposals, today), statement_at(session, account_id, today)
    )


def _proofs(session: Session, proposals: Mapping[int, Proposal], today: date) -> dict[int, Proof]:
    wanted = {item for proposal in proposals.values() for item in proposal.choice.items}
    entries = dict(session.execute(select(Line.id, Line.entry_id).where(Line.id.in_(wanted))).all())
    without = missing_entries(session, today, today + DAY)
    return {
        key: proof_of_proposal(
            proposal.choice.items,
            [side.account for side in proposal.choice.others],
            entries,
            without,
        )
        for key, proposal in proposals.items()
    }


def columns() -> list[Column]:
    """Return the columns of the table."""
    return [
        Column(tr("Date"), 80, key="day"),
        Column(tr("Libellé de la banque"), 250, key="label"),
        Column(tr("Montant (€)"), 100, "right", key="amount"),
        Column(tr("Proposition"), 420),
        Column(tr("Confiance"), 106),
        Column(tr("Pièce"), 70),
    ]


def searched(row: BankRow, found: Found) -> str:
    """Return what the filter of the list looks in, folded."""
    proposal = found.proposals.get(row.id)
    title = row.title or (proposal.title if proposal else "")
    return fold(f"{row.day:%d/%m/%Y} {row.label} {row.details} {signed(row)} {title}")


def row_of(line: BankRow, found: Found) -> Row:
    """Return the texts of a line."""
    day = f"{line.day:%d/%m/%y}"
    amount = signed(line)
    if line.match_id is not None:
        texts = (day, line.label, amount, line.title, tr("pointée"), proof_word(line.proof))
        return Row(texts, "muted" if line.proof is not Proof.MISSING else "")
    proposal = found.proposals.get(line.id)
    if proposal is None:
        known = tr("Rien de connu : E pour le dire") if found.statement else tr("Recherche…")
        return Row((day, line.label, amount, known, "", ""))
    proof = proof_word(found.proofs.get(line.id, Proof.UNKNOWN))
    return Row((day, line.label, amount, proposal.title, certainty_word(proposal.certainty), proof))


def signed(line: BankRow) -> str:
    """Return an amount with its sign, in euros, without the sign of the euro."""
    text = number(abs(line.amount.euros), 2)
    return f"+{text}" if line.amount.cents > 0 else f"−{text}"


def certainty_word(certainty: Certainty) -> str:
    """Return how sure a proposal is, in one word."""
    return {
        Certainty.SURE: tr("✓ sûre"),
        Certainty.LIKELY: tr("probable"),
        Certainty.GUESS: tr("? à vérifier"),
    }[certainty]


def proof_word(proof: Proof) -> str:
    """Return whether a piece is there, in a word."""
    return {
        Proof.THERE: tr("jointe"),
        Proof.MISSING: tr("manque"),
        Proof.NEEDLESS: tr("—"),
        Proof.UNKNOWN: "",
    }[proof]


WAITING = {
    "401": mark("à payer"),
    "404": mark("à payer"),
    "411": mark("à encaisser"),
    "421": mark("salaires à payer"),
    "43": mark("cotisations à payer"),
    "441": mark("subvention attendue"),
    "442": mark("impôt à payer"),
    "4671": mark("HelloAsso attendu"),
    "4681": mark("frais à rembourser"),
    "471": mark("en attente"),
    "5112": mark("chèques"),
    "5115": mark("cartes"),
    "5116": mark("titres-restaurant"),
    "580": mark("espèces ou virement en route"),
}
"""What an item waits for, by the first digits of its account."""


def waiting_word(account: str) -> str:
    """Return what an item of an account waits for, in plain words, or its number."""
    for digits in (4, 3, 2):
        if text := WAITING.get(account[:digits]):
            return tr(text)
    return account


def balance_words(statement: Reconciliation) -> str:
    """Return both balances, and what still differs, in one line."""
    ledger = money(statement.ledger_balance)
    if statement.bank_balance is None:
        return tr("comptes {ledger}").format(ledger=ledger)
    bank = money(statement.bank_balance)
    if not statement.difference:
        return tr("relevé {bank} · comptes {ledger}").format(bank=bank, ledger=ledger)
    if statement.is_whole:
        text = tr("relevé {bank} · comptes {ledger} · écart de {gap}, expliqué")
    else:
        text = tr("relevé {bank} · comptes {ledger} · écart de {gap}, à expliquer")
    return text.format(bank=bank, ledger=ledger, gap=money(statement.difference))
