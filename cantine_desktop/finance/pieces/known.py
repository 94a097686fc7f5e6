"""What the book already knows of an invoice: its supplier, its twin, whom it is addressed to."""

import re
from collections.abc import Iterator

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.finance.ledger.model import Entry, Line, Party, PartyKind
from cantine_desktop.finance.pieces.identifiers import grouped, plain
from cantine_desktop.finance.pieces.invoice_facts import Fault, InvoiceFacts, Weight
from cantine_desktop.finance.pieces.model import Piece, PieceLink
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.values.text import fold

CLOSE_ENOUGH = 90
"""Out of 100: how near two names must be to be the same supplier."""


def supplier_of(session: Session, facts: InvoiceFacts) -> Party | None:
    """Return the party that sent an invoice: by its SIREN, its IBAN, then its name."""
    parties = list(
        session.scalars(
            select(Party).where(
                Party.is_active, Party.kind.in_((PartyKind.SUPPLIER, PartyKind.OTHER))
            )
        )
    )
    seller = facts.seller
    if seller.siren:
        for party in parties:
            if party.siren == seller.siren:
                return party
    # Another SIREN is another company, though a factor may be paid for both.
    nameable = [party for party in parties if not (party.siren and seller.siren)]
    for party in nameable:
        if party.iban and plain(party.iban) in facts.ibans:
            return party
    return nearest(seller.name, nameable)


def nearest(name: str, parties: list[Party]) -> Party | None:
    """Return the party whose name is nearest to a name, if it is near enough."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  -- only once an invoice comes in

    if not name.strip() or not parties:
        return None
    names = {place: bare(party.name) for place, party in enumerate(parties)}
    found = process.extractOne(
        bare(name), names, scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE_ENOUGH
    )
    return None if found is None else parties[found[2]]


_FORMS = frozenset(
    {"sa", "sas", "sasu", "sarl", "eurl", "snc", "scop", "scic", "scea", "gaec", "earl", "ei",
     "sci", "association", "asso", "ste", "societe"}
)  # fmt: skip


def bare(name: str) -> str:
    """Return a name folded, without the legal form of a company."""
    words = "".join(c if c.isalnum() else " " for c in fold(name)).split()
    return " ".join(word for word in words if word not in _FORMS) or " ".join(words)


def against_book(session: Session, facts: InvoiceFacts, piece_id: int | None) -> Iterator[Fault]:
    """Find what is wrong in an invoice because of what the book holds.

    Args:
        session: A session that reads.
        facts: The invoice.
        piece_id: The piece it was read from, which is no twin of itself; ``None`` when new.
    """
    yield from _addressee(session, facts)
    yield from _twin(session, facts, piece_id)
    party = supplier_of(session, facts)
    if party is not None:
        yield from _other_account(facts, party)


def _addressee(session: Session, facts: InvoiceFacts) -> Iterator[Fault]:
    ours = session.scalar(select(Canteen.siren).limit(1)) or ""
    theirs = facts.buyer.siren
    if ours and theirs and ours != theirs:
        text = tr("la facture est adressée à {name} (SIREN {theirs}), pas à la cantine ({ours}).")
        yield Fault(
            "addressee",
            tr("client"),
            text.format(name=facts.buyer.name or "?", theirs=theirs, ours=ours),
        )


def _twin(session: Session, facts: InvoiceFacts, piece_id: int | None) -> Iterator[Fault]:
    number = " ".join(facts.number.split())
    if not number:
        return
    party = supplier_of(session, facts)
    others = _others_of(session, facts, party, piece_id)
    same = next((each for each in others if _is_same(each, number, facts)), None)
    if same is not None:
        text = tr("cette facture de {supplier} est déjà là : pièce {number}.")
        yield Fault(
            "duplicate",
            tr("numéro de facture"),
            text.format(supplier=same.supplier, number=same.number),
        )
        return
    yield from _look_alike(others, facts)
    if party is not None:
        yield from _posted(session, number, party, piece_id)


def _others_of(
    session: Session, facts: InvoiceFacts, party: Party | None, piece_id: int | None
) -> list[Piece]:
    """Return the invoices of the same supplier, number or amount that came before."""
    number = " ".join(facts.number.split()).lower()
    query = select(Piece).where(
        or_(func.lower(Piece.invoice_number) == number, Piece.total == facts.owed),
        Piece.id != (piece_id or 0),
    )
    if piece_id is not None:
        query = query.where(Piece.id < piece_id)
    name = bare(facts.seller.name)
    return [
        piece
        for piece in session.scalars(query.order_by(Piece.id))
        if piece.invoice_number
        and (
            piece.party_id == party.id if party and piece.party_id else bare(piece.supplier) == name
        )
    ]


def _is_same(piece: Piece, number: str, facts: InvoiceFacts) -> bool:
    """Tell the same number, or one that differs by dashes and zeros alone for the same amount."""
    if piece.invoice_number.lower() == number.lower():
        return True
    return piece.total == facts.owed and bool(_digits(number) & _digits(piece.invoice_number))


def _digits(number: str) -> set[str]:
    """Return the ways a number may be written: without its dashes, without its zeros."""
    plain_number = fold(number)
    groups = re.findall(r"[a-z]+|\d+", plain_number)
    return {"".join(groups), " ".join(group.lstrip("0") for group in groups)} - {""}


def _look_alike(others: list[Piece], facts: InvoiceFacts) -> Iterator[Fault]:
    """Tell another invoice of the same day and amount: often the same one, sent again."""
    if not facts.owed or facts.day is None:
        return
    for piece in others:
        if piece.day == facts.day and piece.total == facts.owed:
            text = tr(
                "la pièce {number} de {supplier} a le même jour et le même montant, sous le "
                "numéro {other} : vérifiez que ce n’est pas la même facture."
            )
            yield Fault(
                "look-alike",
                tr("numéro de facture"),
                text.format(
                    number=piece.number, supplier=piece.supplier, other=piece.invoice_number
                ),
                Weight.DOUBT,
            )
            return


def already_posted(session: Session, number: str, party: Party) -> Entry | None:
    """Return the purchase of a number that a supplier already has in the accounts."""
    back = aliased(Entry)
    query = (
        select(Entry)
        .join(Line, Line.entry_id == Entry.id)
        .where(
            func.lower(Entry.piece_ref) == number.lower(),
            Line.party_id == party.id,
            Entry.fact == "purchase",
            Entry.reverses_id.is_(None),
            ~exists().where(back.reverses_id == Entry.id),
        )
        .order_by(Entry.id)
        .limit(1)
    )
    return session.scalar(query)


def _posted(session: Session, number: str, party: Party, piece_id: int | None) -> Iterator[Fault]:
    entry = already_posted(session, number, party)
    if entry is None or (entry.origin_table == "piece" and entry.origin_key == piece_id):
        return
    linked = select(PieceLink.id).where(
        PieceLink.entry_id == entry.id, PieceLink.piece_id == (piece_id or 0)
    )
    if session.scalar(linked) is not None:
        return
    text = tr("cette facture est déjà dans les comptes : « {label} », le {day}. Liez-la.")
    yield Fault(
        "posted",
        tr("numéro de facture"),
        text.format(label=entry.label, day=short_day(entry.day)),
        Weight.DOUBT,
    )


def _other_account(facts: InvoiceFacts, party: Party) -> Iterator[Fault]:
    """Tell an account that is not the one the supplier was paid on: the usual fraud."""
    if not party.iban or not facts.ibans or plain(party.iban) in facts.ibans:
        return
    text = tr(
        "l’IBAN {other} n’est pas celui que vous connaissez de {supplier} ({usual}) : "
        "appelez le fournisseur avant de payer."
    )
    yield Fault(
        "iban-changed",
        tr("paiement"),
        text.format(
            other=grouped(facts.iban), supplier=party.name, usual=grouped(plain(party.iban))
        ),
    )
