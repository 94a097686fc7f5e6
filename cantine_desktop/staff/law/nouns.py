"""Who works, when, and what is said about it: plain values, nothing stored."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache


class Status(StrEnum):
    """What ties a person to the canteen (statut)."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed-term"
    APPRENTICE = "apprentice"
    PROFESSIONALISATION = "professionalisation"
    CIVIC_SERVICE = "civic-service"
    TRAINEE = "trainee"
    DINER_COOK = "diner-cook"
    BOARD_MEMBER = "board-member"

    @property
    def is_employee(self) -> bool:
        """There is an employment contract: the Code du travail applies whole."""
        return self in _EMPLOYEES

    @property
    def is_volunteer(self) -> bool:
        """Nothing binds the person: hours are offered, never assigned."""
        return self in _VOLUNTEERS


_EMPLOYEES = {
    Status.PERMANENT,
    Status.FIXED_TERM,
    Status.APPRENTICE,
    Status.PROFESSIONALISATION,
}
_VOLUNTEERS = {Status.DINER_COOK, Status.BOARD_MEMBER}


class Regime(StrEnum):
    """Which rules hold for a person on a day: from the status and the age."""

    ADULT = "adult"
    MINOR = "minor"
    UNDER_16 = "under_16"
    CIVIC_ADULT = "civic_adult"
    CIVIC_MINOR = "civic_minor"
    TRAINEE_ADULT = "trainee_adult"
    TRAINEE_MINOR = "trainee_minor"
    TRAINEE_UNDER_16 = "trainee_under_16"
    VOLUNTEER = "volunteer"

    @property
    def is_minor(self) -> bool:
        """The person is under 18."""
        return self in _MINORS

    @property
    def is_employee(self) -> bool:
        """The person has an employment contract."""
        return self in {Regime.ADULT, Regime.MINOR, Regime.UNDER_16}

    @property
    def is_trainee(self) -> bool:
        """The person is on a work placement (stage)."""
        return self in {Regime.TRAINEE_ADULT, Regime.TRAINEE_MINOR, Regime.TRAINEE_UNDER_16}


_MINORS = {
    Regime.MINOR,
    Regime.UNDER_16,
    Regime.CIVIC_MINOR,
    Regime.TRAINEE_MINOR,
    Regime.TRAINEE_UNDER_16,
}


class Category(StrEnum):
    """The categories of the HCR agreement that have other daily limits."""

    COOK = "cook"
    OTHER = "other"
    OFFICE = "office"


class Group(StrEnum):
    """The groups of the ECLAT agreement that have the same part-time minimum."""

    A = "a"
    B_C = "b_c"
    D_E_F = "d_e_f"
    G_UP = "g_up"


class Severity(StrEnum):
    """How bad an alert is, worst first."""

    FORBIDDEN = "forbidden"
    TO_JUSTIFY = "to_justify"
    ADVICE = "advice"


class SetBy(StrEnum):
    """Who set the value of a limit."""

    CODE = "code"
    AGREEMENT = "agreement"
    CANTEEN = "canteen"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Overlay:
    """A limit that the canteen or a contract sets for itself.

    Attributes:
        rule: Id in ``resources/staff/rules.toml``.
        value: In the unit of the rule: minutes, days, a count, a share.
        allowed_by: The company agreement, consent or authorisation that lets the value be less
            strict than the text, as far as the text itself allows; empty for a stricter value.
    """

    rule: str
    value: Fraction | int
    allowed_by: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract says during a period (période de contrat).

    Attributes:
        first: First day.
        end: The day after the last one; ``None`` as long as none is known.
        weekly_minutes: Contract time in a week, in minutes; of civic service too.
        is_part_time: The contract is part-time.
        status: When it is not the one of the worker any more.
        category: For HCR daily limits.
        group: For the ECLAT part-time minimum.
        complementary: Share of the contract that complementary hours may reach, 1/10 to 1/3;
            ``None`` for what the profile says.
        below_minimum: Why the contract may be below the part-time minimum (student under 26,
            written request…); empty when nothing says so.
        follows_programme: Hours are spread over several weeks by a written programme.
        sunday_consent: Where the employee agreed in writing to rest another day than Sunday.
        overlays: Other limits of the contract.
    """

    first: date
    end: date | None
    weekly_minutes: int
    is_part_time: bool = False
    status: Status | None = None
    category: Category | None = None
    group: Group | None = None
    complementary: Fraction | None = None
    below_minimum: str = ""
    follows_programme: bool = False
    sunday_consent: str = ""
    overlays: tuple[Overlay, ...] = ()

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who may stand in the roster.

    Attributes:
        key: What tells the person apart; alerts carry it.
        name: As it is shown.
        born: Birth date; ``None`` is an adult.
        status: What ties the person to the canteen.
        terms: Contract periods, in order, not overlapping; none for volunteers.
        most_a_month: Sessions a month that a volunteer wishes at most; ``None`` for any.
    """

    key: str
    name: str
    born: date | None
    status: Status
    terms: tuple[Terms, ...] = ()
    most_a_month: int | None = None

    def terms_on(self, day: date) -> Terms | None:
        """Return the contract period that holds a day, if any."""
        return next((terms for terms in self.terms if day in terms), None)

    def status_on(self, day: date) -> Status:
        """Return the status on a day."""
        terms = self.terms_on(day)
        return (terms and terms.status) or self.status

    def regime_on(self, day: date) -> Regime:
        """Return which rules hold on a day; they change on the birthday itself."""
        return _regime(self.status_on(day), age_on(self.born, day))


def age_on(born: date | None, day: date) -> int | None:
    """Return the age in whole years on a day; born on 29 February, on 1 March of common years."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@lru_cache(maxsize=512)
def _regime(status: Status, age: int | None) -> Regime:
    is_minor = age is not None and age < 18
    is_under_16 = age is not None and age < 16
    if status.is_volunteer:
        return Regime.VOLUNTEER
    if status is Status.CIVIC_SERVICE:
        return Regime.CIVIC_MINOR if is_minor else Regime.CIVIC_ADULT
    if status is Status.TRAINEE:
        if is_under_16:
            return Regime.TRAINEE_UNDER_16
        return Regime.TRAINEE_MINOR if is_minor else Regime.TRAINEE_ADULT
    if is_under_16:
        return Regime.UNDER_16
    return Regime.MINOR if is_minor else Regime.ADULT


@dataclass(frozen=True, slots=True)
class Alert:
    """What a rule has to say of somebody's hours.

    Attributes:
        rule: Id in ``resources/staff/rules.toml``.
        severity: Forbidden, to justify, advice.
        worker: Key of the worker; empty when it concerns the team.
        days: Civil days concerned, in order.
        measured: The figure found, in the unit of the rule.
        limit: The figure that the rule sets.
        article: Id in ``resources/staff/articles.toml``; its text opens offline.
        set_by: Who set the limit.
        sentence: What is wrong, with the figures and the article, in the language in use.
        remedy: What would put it right.
        caution: Shown with the sentence wherever it shows: the text of the rule was not read, and
            where and when it was found; empty when it was.
    """

    rule: str
    severity: Severity
    worker: str
    days: tuple[date, ...]
    measured: Fraction | int
    limit: Fraction | int
    article: str
    set_by: SetBy
    sentence: str = field(compare=False)
    remedy: str = field(default="", compare=False)
    caution: str = field(default="", compare=False)


_NO_DAYS: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Context:
    """What a judgement needs to know beside the hours.

    Attributes:
        department: French département code; decides public holidays.
        keeps_good_friday: The commune has a protestant temple or a mixed church, so that Good
            Friday is a holiday there in Alsace and Moselle.
        minutes_before: Effective minutes of weeks before the stints handed over, by their Monday.
        overtime_before: Minutes of the yearly contingent used before the first stint of a civil
            year, by year.
        night_before: Minutes of night work in the 12 months before the first stint.
        leave: Days of paid or sick leave, which an average must not dilute.
        open_weekdays: Days the canteen opens, 0 for Monday: its working days (jours ouvrés).
        minors_on_holidays: An agreement lets minors work on public holidays.
    """

    department: str = ""
    keeps_good_friday: bool = True
    minutes_before: tuple[tuple[date, int], ...] = ()
    overtime_before: tuple[tuple[int, int], ...] = ()
    night_before: int = 0
    leave: frozenset[date] = _NO_DAYS
    open_weekdays: frozenset[int] = frozenset(range(5))
    minors_on_holidays: bool = False
