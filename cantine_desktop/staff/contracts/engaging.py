"""Engaging somebody, changing and ending a contract; what cannot be, and what to look at."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.staff.contracts.ages import MAJORITY, birthday
from cantine_desktop.staff.contracts.model import (
    EMPLOYED,
    REGISTERED,
    Contract,
    StaffMember,
    Status,
)
from cantine_desktop.staff.contracts.register_model import RegisterLine
from cantine_desktop.staff.contracts.words import contract_words, span_words
from cantine_desktop.values.period import DAY

FULL_TIME = 35 * 60
"""Minutes a week. Source: CT-L3121-27."""

LEAST_PART_TIME = 24 * 60
"""Minutes a week below which a part-time contract says why. Source: CT-L3123-27."""

LONGEST_WEEK = 48 * 60
"""Minutes. Source: CT-L3121-27."""

LEAST_CIVIC = 24 * 60
"""Minutes a week of a civic service. Source: CSN-L120-8."""

MOST_COMPLEMENTARY = Decimal("0.3333")
MOST_TRAINEES, SMALL_STAFF = 3, 20
"""Trainees at once where fewer employees than that work. Source: CE-L124-8."""

HAS_END = frozenset({Status.CIVIC_SERVICE, Status.TRAINEE})
GUIDED = frozenset({
    Status.CIVIC_SERVICE,
    Status.TRAINEE,
    Status.APPRENTICE,
    Status.PROFESSIONALISATION,
})
FOREVER = date.max


@dataclass(frozen=True)
class ContractFacts:
    """What a person says of a contract; see ``Contract`` for units."""

    status: Status
    first: date
    end: date | None = None
    job: str = ""
    qualification: str = ""
    weekly_minutes: int | None = None
    group: str = ""
    authorisation: str = ""
    short_reason: str = ""
    complementary: Decimal | None = None
    trial_until: date | None = None
    term_reason: str = ""
    tutor: str = ""
    school: str = ""
    place: str = ""


def facts_of(contract: Contract) -> ContractFacts:
    """Return what is known of a contract, to change a part of it."""
    return ContractFacts(**{
        each.name: getattr(contract, each.name) for each in fields(ContractFacts)
    })


def engage(session: Session, member_id: int, facts: ContractFacts) -> Contract:
    """Give somebody a contract, a convention or a mandate.

    Raises:
        UserError: It ends before it begins, overlaps another, or something is missing.
    """
    member = session.get_one(StaffMember, member_id)
    facts = _trimmed(facts)
    _refuse_wrong(member, facts, None)
    contract = Contract(**vars(facts))
    member.contracts.append(contract)
    session.flush()
    return contract


def change_contract(session: Session, contract_id: int, facts: ContractFacts) -> None:
    """Write other values of a contract; the register then asks for a correcting line.

    Raises:
        UserError: It ends before it begins, overlaps another, or something is missing.
    """
    contract = session.get_one(Contract, contract_id)
    facts = _trimmed(facts)
    _refuse_wrong(session.get_one(StaffMember, contract.member_id), facts, contract_id)
    for each in fields(ContractFacts):
        setattr(contract, each.name, getattr(facts, each.name))
    session.flush()


def end_contract(session: Session, contract_id: int, last: date) -> None:
    """Say the last day of a contract: a departure, or a term that changes.

    Raises:
        UserError: The last day comes before the first.
    """
    contract = session.get_one(Contract, contract_id)
    change_contract(session, contract_id, replace(facts_of(contract), end=last + DAY))


def cancel_contract(session: Session, contract_id: int) -> None:
    """Take away a contract that was typed by mistake.

    Raises:
        UserError: The staff register names it: what is written there stays.
    """
    query = select(RegisterLine.id).where(RegisterLine.contract_id == contract_id).limit(1)
    if session.scalar(query) is not None:
        raise UserError(
            tr(
                "Ce contrat est inscrit au registre du personnel, qui ne s’efface pas. Dites son "
                "dernier jour, ou corrigez-le."
            )
        )
    contract = session.get_one(Contract, contract_id)
    member = session.get_one(StaffMember, contract.member_id)
    member.contracts.remove(contract)
    session.flush()


def current_contract(member: StaffMember, day: date) -> Contract | None:
    """Return the contract of somebody on a day: an employment before a mandate."""
    found = [each for each in member.contracts if holds_on(each, day)]
    return min(found, key=lambda each: (each.status not in REGISTERED, each.first), default=None)


def holds_on(contract: Contract, day: date) -> bool:
    """Tell whether a contract holds on a day."""
    return contract.first <= day and (contract.end is None or day < contract.end)


def is_part_time(contract: Contract | ContractFacts) -> bool:
    """Tell whether a contract of employment is shorter than the legal week."""
    minutes = contract.weekly_minutes
    return contract.status in EMPLOYED and minutes is not None and minutes < FULL_TIME


def remarks(session: Session, contract_id: int) -> list[str]:
    """Return what to look at in a contract though nothing forbids it, each a sentence."""
    contract = session.get_one(Contract, contract_id)
    member = session.get_one(StaffMember, contract.member_id)
    return [
        *_about_hours(contract),
        *_about_youth(member, contract),
        *_about_guides(session, contract),
    ]


def _about_hours(contract: Contract) -> Iterator[str]:
    minutes = contract.weekly_minutes
    is_short = contract.status in EMPLOYED - GUIDED and (minutes or FULL_TIME) < LEAST_PART_TIME
    if is_short and not contract.short_reason:
        yield tr(
            "Temps partiel de moins de 24 h par semaine sans motif écrit : gardez la demande "
            "motivée de la personne, ou l’accord de branche qui le permet (art. L3123-7 et "
            "L3123-27)."
        )
    if contract.status in EMPLOYED and minutes is None:
        yield tr("La durée de la semaine n’est pas dite : le planning ne peut pas la suivre.")
    if contract.status is Status.CIVIC_SERVICE and minutes is not None and minutes < LEAST_CIVIC:
        yield tr("Une mission de service civique dure au moins 24 h par semaine (art. L120-8).")
    if contract.status is Status.FIXED_TERM and not contract.term_reason:
        yield tr("Un CDD dit pourquoi il a un terme (art. L1242-12) : écrivez le motif.")


def _about_youth(member: StaffMember, contract: Contract) -> Iterator[str]:
    if member.birth_date is None:
        return
    grown = birthday(member.birth_date, MAJORITY)
    if contract.first < grown:
        yield tr(
            "Mineur·e jusqu’au {day} : 8 h par jour et 35 h par semaine, 12 h de repos, deux jours "
            "de repos de suite, pas de nuit ni de machine dangereuse (art. L3161-1 et suivants)."
        ).format(day=short_day(grown - DAY))


def _about_guides(session: Session, contract: Contract) -> Iterator[str]:
    if contract.status in GUIDED and not contract.tutor:
        yield tr("Dites qui accompagne cette personne : tuteur, tutrice ou maître d’apprentissage.")
    if contract.status is not Status.TRAINEE:
        return
    beside = _most_trainees(session, contract)
    if beside > MOST_TRAINEES and _employees(session, contract.first) < SMALL_STAFF:
        yield tr(
            "{n} stagiaires en même temps : sous 20 salariés, 3 au plus sont admis (Code de "
            "l’éducation, art. L124-8)."
        ).format(n=beside)


def _most_trainees(session: Session, contract: Contract) -> int:
    """Return the most trainees there are at once while a contract holds."""
    query = select(Contract).where(Contract.status == Status.TRAINEE)
    beside = [each for each in session.scalars(query) if _overlap(each, contract)]
    days = {max(each.first, contract.first) for each in beside}
    return max((sum(holds_on(each, day) for each in beside) for day in days), default=0)


def _employees(session: Session, day: date) -> int:
    query = select(Contract).where(Contract.status.in_(EMPLOYED))
    return len({each.member_id for each in session.scalars(query) if holds_on(each, day)})


def _overlap(one: Contract | ContractFacts, other: Contract | ContractFacts) -> bool:
    return one.first < (other.end or FOREVER) and other.first < (one.end or FOREVER)


def _trimmed(facts: ContractFacts) -> ContractFacts:
    texts = {
        each.name: getattr(facts, each.name).strip()
        for each in fields(ContractFacts)
        if each.name != "status" and isinstance(getattr(facts, each.name), str)
    }
    return replace(facts, **texts)


def _refuse_wrong(member: StaffMember, facts: ContractFacts, mine: int | None) -> None:
    _refuse_days(member, facts)
    for other in member.contracts:
        both_work = facts.status in REGISTERED and other.status in REGISTERED
        if other.id != mine and both_work and _overlap(facts, other):
            raise UserError(
                tr(
                    "{name} a déjà un contrat ces jours-là : {other}. Dites son dernier jour avant "
                    "d’en commencer un autre."
                ).format(name=member.name, other=contract_words(other))
            )
    minutes, share = facts.weekly_minutes, facts.complementary
    if minutes is not None and not 0 < minutes <= LONGEST_WEEK:
        raise UserError(tr("La durée d’une semaine va d’une minute à 48 h (art. L3121-20)."))
    if share is not None and not 0 <= share <= MOST_COMPLEMENTARY:
        raise UserError(
            tr("Les heures complémentaires vont d’un dixième (10 %) à un tiers (33,33 %) au plus.")
        )


def _refuse_days(member: StaffMember, facts: ContractFacts) -> None:
    if facts.end is not None and facts.end <= facts.first:
        raise UserError(tr("Ce contrat finit avant de commencer : vérifiez les deux dates."))
    if facts.end is None and facts.status in HAS_END:
        raise UserError(tr("Un stage ou un service civique a un dernier jour : dites lequel."))
    if facts.status in REGISTERED and member.birth_date is None:
        raise UserError(
            tr(
                "Donnez d’abord la date de naissance de {name} : elle dit si les règles des "
                "mineurs s’appliquent, et le registre la demande."
            ).format(name=member.name)
        )
    if member.birth_date is not None and facts.first <= member.birth_date:
        raise UserError(tr("Ce contrat commence avant la naissance : vérifiez les deux dates."))
    until = facts.trial_until
    if until is not None and not (facts.first <= until < (facts.end or FOREVER)):
        raise UserError(
            tr("La période d’essai finit hors du contrat, {span}.").format(
                span=span_words(facts.first, facts.end)
            )
        )
