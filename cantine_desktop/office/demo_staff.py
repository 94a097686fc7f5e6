"""The people of the demonstration canteen: their contracts, papers and the staff register."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS
from cantine_desktop.i18n import mark, tr
from cantine_desktop.staff.contracts.arrival import arrival_of, tick
from cantine_desktop.staff.contracts.duties import duties_of, duty_done
from cantine_desktop.staff.contracts.engaging import ContractFacts, engage
from cantine_desktop.staff.contracts.keeping import (
    AvailabilityFacts,
    MemberFacts,
    PaperFacts,
    SkillFacts,
    add_availability,
    add_member,
    add_paper,
    add_skill,
)
from cantine_desktop.staff.contracts.model import AvailabilityKind, Sex, SkillKind, Status
from cantine_desktop.staff.contracts.register import write_waiting
from cantine_desktop.values.period import DAY, Period


class DemoMember(NamedTuple):
    """Somebody of the demonstration.

    Attributes:
        begins: Days before today the contract began; below zero, it is to come.
        lasts: Days it lasts; 0 without a term.
    """

    name: str
    born: date
    sex: Sex
    phone: str
    status: Status
    job: str
    begins: int
    lasts: int
    minutes: int | None
    tutor: str = ""
    short_reason: str = ""


MEMBERS: Sequence[DemoMember] = (
    DemoMember(
        "Anne Muller",
        date(1984, 3, 11),
        Sex.WOMAN,
        "01 99 00 12 01",
        Status.PERMANENT,
        mark("Directrice"),
        1200,
        0,
        17 * 60 + 30,
        short_reason=mark("demande écrite de la salariée"),
    ),
    DemoMember(
        "Malik Benali",
        date(1997, 6, 2),
        Sex.MAN,
        "01 99 00 12 02",
        Status.PERMANENT,
        mark("Maître de maison"),
        800,
        0,
        35 * 60,
    ),
    DemoMember(
        "Inès Roth",
        date(2005, 1, 20),
        Sex.WOMAN,
        "01 99 00 12 03",
        Status.CIVIC_SERVICE,
        mark("Lien avec les convives"),
        320,
        212,
        24 * 60,
        "Anne Muller",
    ),
    DemoMember(
        "Tom Kern",
        date(2004, 9, 8),
        Sex.MAN,
        "01 99 00 12 04",
        Status.CIVIC_SERVICE,
        mark("Cuisine et accueil"),
        45,
        212,
        24 * 60,
        "Malik Benali",
    ),
    DemoMember(
        "Lina Haas",
        date(2003, 5, 17),
        Sex.WOMAN,
        "01 99 00 12 07",
        Status.TRAINEE,
        mark("Stage de cuisine"),
        46,
        35,
        26 * 60,
        "Malik Benali",
    ),
    DemoMember(
        "Solène Weiss",
        date(1961, 11, 30),
        Sex.WOMAN,
        "01 99 00 12 05",
        Status.BOARD_MEMBER,
        mark("Trésorière"),
        600,
        0,
        None,
    ),
    DemoMember(
        "Paul Schmitt",
        date(1956, 2, 14),
        Sex.MAN,
        "01 99 00 12 06",
        Status.BOARD_MEMBER,
        mark("Président"),
        600,
        0,
        None,
    ),
)
"""The people the other parts of the demonstration name."""


def write_staff(session: Session, today: date) -> None:
    """Write the people of the demonstration, with a certificate that ends soon and a paper late."""
    now = datetime.combine(today, time(9), PARIS)
    keys = {each.name: _write(session, each, today, now) for each in MEMBERS}
    anne, malik, tom = keys["Anne Muller"], keys["Malik Benali"], keys["Tom Kern"]
    for who, kind, detail, ago, left in (
        (malik, SkillKind.HYGIENE, "", 780, 0),
        (malik, SkillKind.FIRST_AID, "", 690, 40),
        (malik, SkillKind.MACHINES, tr("trancheuse, batteur"), 780, 0),
        (malik, SkillKind.OPENING, "", 780, 0),
        (malik, SkillKind.CLOSING, "", 780, 0),
        (anne, SkillKind.HYGIENE, "", 1100, 0),
        (anne, SkillKind.CASH, "", 1100, 0),
        (anne, SkillKind.CLOSING, "", 1100, 0),
    ):
        until = today + timedelta(days=left) if left else None
        facts = SkillFacts(kind, detail, today - timedelta(days=ago), until)
        add_skill(session, who, facts, now)
    signed = PaperFacts(tr("Contrat signé"), received_on=today - timedelta(days=790))
    add_paper(session, malik, signed, now)
    late = PaperFacts(tr("Contrat d’engagement signé"), today - timedelta(days=5))
    add_paper(session, tom, late, now)
    add_availability(session, tom, AvailabilityFacts(AvailabilityKind.WEEKLY, 0, note=tr("cours")))
    _end_of_placement(session, keys["Lina Haas"], today)
    write_waiting(session, now)


def _end_of_placement(session: Session, member_id: int, today: date) -> None:
    """Give the trainee, who left, the paper that says so."""
    months = Period(today - timedelta(days=30), today + DAY)
    for row in duties_of(session, months):
        if row.member_id == member_id:
            duty_done(session, row, min(row.due_on, today))


def _write(session: Session, each: DemoMember, today: date, now: datetime) -> int:
    email = f"{each.name.split()[0].lower().replace('è', 'e')}@example.org"
    facts = MemberFacts(
        each.name, each.born, tr("française"), each.sex, "", None, each.phone, email
    )
    key = add_member(session, facts, now).id
    first = today - timedelta(days=each.begins)
    contract = engage(
        session,
        key,
        ContractFacts(
            each.status,
            first,
            first + each.lasts * DAY if each.lasts else None,
            tr(each.job),
            weekly_minutes=each.minutes,
            tutor=each.tutor,
            short_reason=tr(each.short_reason) if each.short_reason else "",
        ),
    )
    for step in arrival_of(contract)[: -2 if each.name == "Tom Kern" else None]:
        if step.due_on <= today:
            tick(session, contract.id, step.key, max(step.due_on, first))
    return key
