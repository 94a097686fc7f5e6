"""What is proved of the people of the team when a book is verified."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.model import REGISTERED, Contract, StaffMember
from cantine_desktop.staff.contracts.register import every_line
from cantine_desktop.staff.contracts.register_model import RegisterLine
from cantine_desktop.storage.findings import Finding, at


def check_contracts(session: Session) -> Iterator[Finding]:
    """Find contracts that overlap, and lines of the register that do not follow one another."""
    yield from _contracts(session)
    yield from _register(session)


def _contracts(session: Session) -> Iterator[Finding]:
    held: dict[int, list[Contract]] = defaultdict(list)
    for contract in session.scalars(select(Contract).order_by(Contract.first, Contract.id)):
        if contract.status in REGISTERED:
            held[contract.member_id].append(contract)
    born = dict(session.execute(select(StaffMember.id, StaffMember.birth_date)).all())
    for member_id, contracts in held.items():
        if born.get(member_id) is None:
            spot = StaffMember.__tablename__, member_id
            yield at(spot, tr("un contrat est écrit sans date de naissance"))
        for before, after in combinations(contracts, 2):
            if before.end is None or after.first < before.end:
                spot = Contract.__tablename__, after.id
                yield at(spot, tr("il se superpose à un autre contrat de la même personne"))


def _register(session: Session) -> Iterator[Finding]:
    lines = every_line(session)
    by_key = {line.id: line for line in lines}
    first = {line.contract_id: line for line in lines if line.corrects_id is None}
    for line in lines:
        spot = RegisterLine.__tablename__, line.id
        if line.sealed_at is None:
            yield at(spot, tr("elle n’est pas scellée"))
        if line.corrects_id is None:
            if first[line.contract_id] is not line:
                yield at(spot, tr("le même contrat est inscrit deux fois"))
            continue
        before = by_key.get(line.corrects_id)
        if before is not None and (before.number, before.contract_id) != (
            line.number,
            line.contract_id,
        ):
            yield at(spot, tr("elle remplace la ligne d’un autre contrat"))
    numbers = [line.number for line in lines if line.corrects_id is None]
    if len(numbers) != len(set(numbers)):
        spot = RegisterLine.__tablename__, max(by_key)
        yield at(spot, tr("deux embauches portent le même numéro"))
