"""From a piece to its purchase: proposed from what was read, posted in one step, joined."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.model import Account, Entry, Line, Party, PartyKind
from cantine_desktop.finance.pieces.identifiers import is_iban, is_siren
from cantine_desktop.finance.pieces.invoice_facts import InvoiceFacts
from cantine_desktop.finance.pieces.known import already_posted, nearest
from cantine_desktop.finance.pieces.linking import link
from cantine_desktop.finance.pieces.model import Piece, PieceKind, PieceLink
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money

USUAL_ACCOUNT = Role.FOOD
USUAL_ACTIVITY = "REPAS"
FIXED_ASSETS = ("20", "21", "23")


@dataclass(frozen=True)
class Purchase:
    """What a piece is posted as.

    Attributes:
        supplier: Name; a supplier of that name is found, or added.
        siren: Kept with a supplier that has none yet; ``iban`` too.
        amount: What is owed, taxes included; negative for a credit note.
        account: Where it goes: the supplier’s usual account is learned from it.
        activity: Section it is for.
        is_new: Whether the supplier is not known yet.
    """

    supplier: str
    day: date | None
    number: str
    amount: Money | None
    account: str = USUAL_ACCOUNT
    activity: str = USUAL_ACTIVITY
    due_day: date | None = None
    siren: str = ""
    iban: str = ""
    is_new: bool = False


def proposed(session: Session, piece: Piece, facts: InvoiceFacts | None) -> Purchase:
    """Return what a piece would be posted as, from its file and what the supplier usually is.

    Args:
        session: A session that reads.
        piece: The piece.
        facts: What its file says, when it is electronic.
    """
    party = session.get(Party, piece.party_id) if piece.party_id is not None else None
    if party is None and piece.supplier:
        party = _named(session, piece.supplier)
    account, activity = _usual(session, party)
    siren = facts.seller.siren if facts else ""
    iban = facts.iban if facts else ""
    return Purchase(
        supplier=party.name if party else piece.supplier,
        day=piece.day,
        number=piece.invoice_number,
        amount=piece.total,
        account=account,
        activity=activity,
        due_day=piece.due_day,
        siren=siren if is_siren(siren) else "",
        iban=iban if is_iban(iban) else "",
        is_new=party is None,
    )


def _named(session: Session, name: str) -> Party | None:
    return nearest(name, list(session.scalars(select(Party).where(Party.is_active))))


def _usual(session: Session, party: Party | None) -> tuple[str, str]:
    """Return the account and section a supplier’s invoices go to, as told or as most went."""
    if party is None:
        return USUAL_ACCOUNT, USUAL_ACTIVITY
    if party.usual_account:
        return party.usual_account, party.usual_activity or USUAL_ACTIVITY
    owed = select(Line.entry_id).where(Line.party_id == party.id)
    query = (
        select(Account.number)
        .join(Line, Line.account_id == Account.id)
        .join(Entry, Entry.id == Line.entry_id)
        .where(Entry.fact == "purchase", Line.entry_id.in_(owed), Account.number.startswith("6"))
        .group_by(Account.number)
        .order_by(func.count(Line.id).desc(), Account.number)
        .limit(1)
    )
    return session.scalar(query) or USUAL_ACCOUNT, USUAL_ACTIVITY


def post_piece(session: Session, piece_id: int, purchase: Purchase) -> Entry:
    """Write the purchase of a piece and join the piece to it; the supplier learns its account.

    Args:
        session: The session of an action.
        piece_id: The piece.
        purchase: What it is, as the person left it.

    Raises:
        UserError: Something is missing, the invoice is in the accounts already, or the day
            is in a locked month.
    """
    piece = session.get_one(Piece, piece_id)
    day, amount = _required(purchase)
    if session.scalar(select(PieceLink.id).where(PieceLink.piece_id == piece_id).limit(1)):
        raise UserError(tr("La pièce {number} est déjà liée.").format(number=piece.number))
    party = find_or_add_party(session, purchase.supplier, PartyKind.SUPPLIER)
    number = " ".join(purchase.number.split()) or piece.number
    twin = already_posted(session, number, party)
    if twin is not None:
        raise UserError(
            tr(
                "La facture {number} de {supplier} est déjà dans les comptes : liez la pièce à "
                "son écriture au lieu de l’enregistrer de nouveau."
            ).format(number=number, supplier=party.name)
        )
    _learn(party, purchase)
    _note(piece, party, purchase)
    entry = post_purchase(
        session,
        PurchaseFacts(
            party=party.id,
            day=day,
            number=number,
            label=tr("{supplier}, {number}").format(supplier=party.name, number=number),
            shares=(Share(purchase.account, amount, activity=purchase.activity),),
            due_day=purchase.due_day,
            fixed_asset=purchase.account.startswith(FIXED_ASSETS),
            origin=(Piece.__tablename__, piece.id),
        ),
    )
    link(session, piece.id, entry_id=entry.id)
    return entry


def _required(purchase: Purchase) -> tuple[date, Money]:
    if not purchase.supplier.strip():
        raise UserError(tr("Dites de quel fournisseur vient cette pièce."))
    if purchase.day is None:
        raise UserError(tr("Dites la date de cette pièce."))
    if not purchase.amount:
        raise UserError(tr("Dites le montant de cette pièce, toutes taxes comprises."))
    return purchase.day, purchase.amount


def _learn(party: Party, purchase: Purchase) -> None:
    party.usual_account, party.usual_activity = purchase.account, purchase.activity
    party.siren = party.siren or purchase.siren
    party.iban = party.iban or purchase.iban


def _note(piece: Piece, party: Party, purchase: Purchase) -> None:
    """Write on the piece what the person said of it."""
    piece.supplier, piece.party_id = party.name, party.id
    piece.day, piece.due_day, piece.total = purchase.day, purchase.due_day, purchase.amount
    piece.invoice_number = " ".join(purchase.number.split())
    if piece.kind is PieceKind.OTHER:
        piece.kind = PieceKind.RECEIPT if not piece.invoice_number else PieceKind.INVOICE
    if purchase.amount is not None and purchase.amount.cents < 0:
        piece.kind = PieceKind.CREDIT_NOTE
