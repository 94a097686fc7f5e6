"""Payment services as parties: HelloAsso owes what people paid through it."""

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import Party, PartyKind
from cantine_desktop.storage.kept import kept

NAMES = {"HELLOASSO": "HelloAsso"}


def payment_service(session: Session, code: str) -> int:
    """Return the key of a payment service as a party, made the first time."""
    query = select(Party.id).where(Party.code == code)
    found: int | None = kept(session, Party, code, partial(session.scalar, query))
    if found is not None:
        return found
    party = Party(code=code, name=NAMES.get(code, code), kind=PartyKind.PAYMENT_SERVICE)
    session.add(party)
    session.flush()
    return party.id
