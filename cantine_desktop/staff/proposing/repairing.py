"""A roster mended after an absence: few changes, told in time, with what each person is told.

Three ways are tried: as few changed days as can be; nobody told late; the best week whatever
changes. They are ranked by what is still missing, then by whose consent is needed, then by how
many people change, then by hours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.canteen.holidays import public_holiday
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.choosing.model import Effort
from cantine_desktop.staff.law.notices import Change, ChangeKind, judge_change
from cantine_desktop.staff.law.nouns import Alert, Severity
from cantine_desktop.staff.law.stints import monday_of
from cantine_desktop.staff.law.wording import day as day_words
from cantine_desktop.staff.proposing.facts import WEEK, Facts, Someone, read_facts
from cantine_desktop.staff.proposing.options import OFF, DayOptions, Offers, Option
from cantine_desktop.staff.proposing.proposing import Proposal, proposal_of
from cantine_desktop.staff.proposing.solving import prepare, search
from cantine_desktop.staff.proposing.words import change_words
from cantine_desktop.staff.proposing.writing import write_shifts
from cantine_desktop.staff.rosters.demand import LineKind, Slot
from cantine_desktop.staff.rosters.model import Absence
from cantine_desktop.staff.rosters.team import days_of
from cantine_desktop.values.period import DAY

EACH = Effort(seconds=5.0)
MOST_WEEKS = 6
"""Weeks of an absence that are mended at once; the others follow when they are nearer."""


class Way(NamedTuple):
    """A way to price changes, in points.

    Attributes:
        day: Of a changed day; ``late``, more when the person is told late.
    """

    title: str
    day: int
    late: int


def ways() -> tuple[Way, ...]:
    """Return the three ways, in words of the language in use."""
    return (
        Way(tr("Le moins de changements"), 12, 6),
        Way(tr("Personne de prévenu trop tard"), 4, 40),
        Way(tr("La meilleure semaine"), 1, 1),
    )


class RepairChange(NamedTuple):
    """A day of somebody that changes.

    Attributes:
        before: Hours in words; empty for a day off. ``after`` alike.
        given: Working days between the telling and the day; ``due``, those the rules ask for.
        late: What the rules say of it; empty when it is told in time.
        needs_consent: The person may refuse.
        is_absent: It is the day of the absence itself.
    """

    key: int
    name: str
    day: date
    before: str
    after: str
    given: int
    due: int
    late: str
    needs_consent: bool
    is_absent: bool


class Message(NamedTuple):
    """What somebody is told; ``phone`` and ``email`` are empty when they are not known."""

    key: int
    name: str
    phone: str
    email: str
    text: str


@dataclass(frozen=True)
class Repair:
    """A way to mend a roster.

    Attributes:
        proposals: One for each week.
        changes: By day, then by person.
        minutes: Of everybody who is assigned, against the roster people know.
        misses: What must be and is not, in words.
    """

    title: str
    proposals: tuple[Proposal, ...]
    changes: tuple[RepairChange, ...]
    minutes: int
    misses: tuple[str, ...]
    messages: tuple[Message, ...]

    @property
    def consents(self) -> int:
        """Changed days that need consent."""
        return sum(x.needs_consent for x in self.changes)

    @property
    def people(self) -> int:
        """People who change, the absent one left out."""
        return len({x.key for x in self.changes if not x.is_absent})


@dataclass(frozen=True)
class RepairFacts:
    """What mending needs to know, read once.

    Attributes:
        absent: Key of the member; ``days``, those of the absence.
        now: Instant people are told.
    """

    absent: int
    name: str
    days: frozenset[date]
    weeks: tuple[Facts, ...]
    now: datetime


def read_repair(
    session: Session, absence_id: int, slots: Iterable[Slot], now: datetime
) -> RepairFacts:
    """Return what mending the weeks of an absence needs to know, from today on.

    Raises:
        UserError: The absence is over.
    """
    absence = session.get_one(Absence, absence_id)
    today, services = civil_date(now), list(slots)
    first = max(absence.first, today)
    if first >= absence.end:
        raise UserError(tr("Cette absence est passée : il n’y a plus rien à remplacer."))
    weeks: list[Facts] = []
    monday = monday_of(first)
    while monday < absence.end and len(weeks) < MOST_WEEKS:
        facts = read_facts(session, monday, services)
        if facts.people and any(x.kind is LineKind.POST for x in facts.demand):
            weeks.append(facts)
        monday += WEEK
    if not weeks:
        raise UserError(tr("Aucun service pendant cette absence : rien n’est à remplacer."))
    names = [x.name for facts in weeks for x in facts.people if x.key == absence.member_id]
    days = frozenset(days_of(absence))
    return RepairFacts(absence.member_id, names[0] if names else "", days, tuple(weeks), now)


@dataclass
class _Known:
    """The roster people know, as the search prices its changes; days gone by stay as they are."""

    repair: RepairFacts
    way: Way
    _kept: dict[tuple[int, date], str] = field(default_factory=dict[tuple[int, date], str])
    _late: dict[tuple[int, date], bool] = field(default_factory=dict[tuple[int, date], bool])

    def with_known(self, who: Someone, offers: Offers, day: DayOptions) -> DayOptions:
        shifts = [x for x in (*who.locked, *who.current) if x.day == day.day]
        is_away = who.key == self.repair.absent and day.day in self.repair.days
        if is_away:
            self._kept[who.key, day.day] = OFF
            return replace(day, offered=[Option(OFF)])
        kept = offers.kept(who, shifts) if shifts else Option(OFF)
        self._kept[who.key, day.day] = kept.duty
        if day.day < civil_date(self.repair.now):
            return replace(day, offered=[kept])
        others = [x for x in day.offered if x.duty != kept.duty]
        is_locked = any(x.is_locked for x in shifts)
        return replace(day, offered=[kept] if is_locked else [kept, *others])

    @staticmethod
    def minutes(who: Someone) -> int:
        return sum(x.stint.effective for x in (*who.locked, *who.current))

    def price(self, who: Someone, day: date, option: Option) -> int:
        if option.duty == self._kept[who.key, day]:
            return 0
        place = who.key, day
        if place not in self._late:
            told = Change(day, self.repair.now)
            facts = self.repair.weeks[0]
            self._late[place] = bool(judge_change(who.worker, told, facts.profile, who.context))
        return self.way.day + (self.way.late if self._late[place] else 0)


def mend(repair: RepairFacts, effort: Effort = EACH) -> list[Repair]:
    """Return at most three distinct ways to mend a roster, the best first; needs no session."""
    found: list[Repair] = []
    for way in ways():
        if effort.is_cancelled():
            break
        made = _mended(repair, way, effort)
        if all(_same(made) != _same(other) for other in found):
            found.append(made)
    return sorted(found, key=_rank)


def _rank(made: Repair) -> tuple[int, int, int, int]:
    return len(made.misses), made.consents, made.people, made.minutes


def _same(made: Repair) -> list[tuple[int, date, str]]:
    return sorted((x.key, x.day, x.after) for x in made.changes)


def _mended(repair: RepairFacts, way: Way, effort: Effort) -> Repair:
    proposals = [
        proposal_of(search(prepare(facts, standing=_Known(repair, way)), effort))
        for facts in repair.weeks
    ]
    changes = sorted(
        (change for proposal in proposals for change in _changes(repair, proposal)),
        key=lambda x: (x.day, x.name),
    )
    before = sum(
        x.stint.effective
        for facts in repair.weeks
        for who in facts.people
        for x in (*who.locked, *who.current)
    )
    after = sum(person.minutes for proposal in proposals for person in proposal.people)
    return Repair(
        way.title,
        tuple(proposals),
        tuple(changes),
        after - before,
        tuple(miss for proposal in proposals for miss in proposal.misses),
        tuple(_messages(repair, changes)),
    )


def _changes(repair: RepairFacts, proposal: Proposal) -> Iterable[RepairChange]:
    facts = proposal.solved.facts
    for person in proposal.people:
        who = facts.someone(person.key)
        for change in person.changes:
            is_absent = who.key == repair.absent and change.day in repair.days
            alert = None if is_absent else _late(repair, facts, who, change.day, person.minutes)
            due = _due(facts, who, change.day)
            yield RepairChange(
                who.key, who.name, change.day, change.before, change.after,
                working_days(facts, civil_date(repair.now), change.day, who),
                0 if is_absent else due,
                alert.sentence if alert is not None else "",
                alert is not None and alert.severity is not Severity.ADVICE,
                is_absent,
            )  # fmt: skip


def _late(repair: RepairFacts, facts: Facts, who: Someone, day: date, minutes: int) -> Alert | None:
    """Return what the notice of a change breaks: of hours, and of hours beyond the contract."""
    kinds = [ChangeKind.HOURS]
    terms = who.worker.terms_on(day)
    if terms is not None and terms.is_part_time and minutes > terms.weekly_minutes:
        kinds.append(ChangeKind.COMPLEMENTARY)
    alerts = [
        alert
        for kind in kinds
        for alert in judge_change(
            who.worker, Change(day, repair.now, kind), facts.profile, who.context
        )
    ]
    return min(alerts, key=lambda x: list(Severity).index(x.severity), default=None)


def _due(facts: Facts, who: Someone, day: date) -> int:
    """Return the working days of notice that the rules ask for; 0 for none."""
    noon = who.worker.terms_on(day)
    if noon is None:
        return 0
    told = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    alerts = judge_change(who.worker, Change(day, told), facts.profile, who.context)
    return int(alerts[0].limit) if alerts else 0


def working_days(facts: Facts, first: date, last: date, who: Someone) -> int:
    """Count the days between two, both left out, on which the canteen works."""
    count, when = 0, first + DAY
    while when < last:
        holiday = public_holiday(who.context.department, when)
        count += when.weekday() in facts.open_weekdays and not holiday
        when += DAY
    return count


def _messages(repair: RepairFacts, changes: Sequence[RepairChange]) -> Iterable[Message]:
    people = {who.key: who for facts in repair.weeks for who in facts.people}
    for key in dict.fromkeys(x.key for x in changes if not x.is_absent):
        own = [x for x in changes if x.key == key and not x.is_absent]
        who = people[key]
        yield Message(key, who.name, who.phone, who.email, message_text(own))


def message_text(changes: Sequence[RepairChange]) -> str:
    """Return what is sent to somebody whose days change, or printed for them."""
    lines = [
        tr("Bonjour {name},").format(name=changes[0].name),
        tr("Suite à une absence dans l’équipe, votre planning change :"),
        *(f"– {change_words(x.day, x.before, x.after)}" for x in changes),
    ]
    if any(x.needs_consent for x in changes):
        late = [x for x in changes if x.needs_consent]
        days = ", ".join(day_words(x.day) for x in late)
        lines.append(
            tr(
                "Le délai de prévenance n’est pas tenu pour : {days}. Vous pouvez refuser ; "
                "répondez par écrit si vous êtes d’accord."
            ).format(days=days)
        )
    lines.append(tr("Merci de confirmer que vous avez reçu ce message."))
    return "\n".join(lines)


def write_repair(session: Session, made: Repair) -> int:
    """Write the shifts of a way to mend; return how many days change.

    Of a published week the days that differ wait to be told: publishing notes their notice.

    Raises:
        ConflictError: Shifts of the week changed since they were read.
        UserError: A contract ended meanwhile.
    """
    return sum(write_shifts(session, x.solved.facts, x.shifts) for x in made.proposals)
