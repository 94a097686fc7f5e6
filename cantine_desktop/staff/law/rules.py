"""The limits that hold for somebody: the Code, an agreement, the canteen's choice, the contract.

The figures stand in ``resources/staff/rules.toml``. An overlay may be stricter than the text; it
may be less strict only as far as the text lets an agreement go, and says which one.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

import msgspec

import resources
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.law.articles import cite
from cantine_desktop.staff.law.nouns import Category, Group, Overlay, Regime, SetBy, Severity, Terms
from cantine_desktop.staff.law.wording import figure

_ANY_DAY = date(2000, 1, 1)

_ADULTS = frozenset({Regime.ADULT, Regime.TRAINEE_ADULT})
_YOUTHS = frozenset({Regime.MINOR, Regime.TRAINEE_MINOR})
_UNDER_16 = frozenset({Regime.UNDER_16, Regime.TRAINEE_UNDER_16})
_CIVIC = frozenset({Regime.CIVIC_ADULT, Regime.CIVIC_MINOR})
_WHO = {
    "adults": _ADULTS,
    "youths": _YOUTHS,
    "under_16": _UNDER_16,
    "minors": _YOUTHS | _UNDER_16,
    "workers": _ADULTS | _YOUTHS | _UNDER_16,
    "employees": frozenset({Regime.ADULT, Regime.MINOR, Regime.UNDER_16}),
    "trainees": frozenset({Regime.TRAINEE_ADULT, Regime.TRAINEE_MINOR, Regime.TRAINEE_UNDER_16}),
    "civic": _CIVIC,
    "civic_adults": frozenset({Regime.CIVIC_ADULT}),
    "civic_minors": frozenset({Regime.CIVIC_MINOR}),
    "volunteers": frozenset({Regime.VOLUNTEER}),
    "everyone": frozenset(Regime),
}
"""Groups of regimes that the file names; who is on a placement keeps the hours of employees."""


class Branch(StrEnum):
    """Which collective agreement applies (convention collective)."""

    NONE = "none"
    ECLAT = "eclat"
    HCR = "hcr"
    ALISFA = "alisfa"


@dataclass(frozen=True, slots=True)
class Profile:
    """Which rules apply in the canteen (règles applicables); the director chooses.

    Attributes:
        branch: The agreement above the Code du travail.
        canteen: Limits the canteen set for itself.
    """

    branch: Branch = Branch.NONE
    canteen: tuple[Overlay, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit, resolved, and who set it.

    Attributes:
        rule: Id in ``resources/staff/rules.toml``.
        title: Its name in French.
        value: In ``unit``; a share is a fraction of the contract.
        unit: ``minutes``, ``days``, ``working_days``, ``count``, ``share`` or ``clock``.
        is_ceiling: The value is a most; otherwise a least.
        severity: What going past it is.
        article: Id in ``resources/staff/articles.toml``.
        source: Id in ``resources/sources.toml``.
        set_by: The Code, the agreement, the canteen or the contract.
        bound: As far as an agreement may loosen it; ``None`` when nothing may.
        allowed_by: What allows a value looser than the text.
        after: Minutes of work after which a break is due.
        until: End of a window of the night, in minutes after the next midnight.
        inside: Minutes of the weekly rest that fall within the week.
        consecutive: Days of rest follow each other.
        sunday: Sunday is one of the days of rest.
        halves: Half-days of rest below which it is forbidden; 0 when halves do not count.
        sequences: Minutes of each sequence for ``value`` to hold; 0 without condition.
        contract: Weekly minutes of the contract for ``value`` to hold.
        otherwise: The value when those two are not met.
        warn_at: Percentage at which it is told beforehand; 0 for never.
    """

    rule: str
    title: str
    value: Fraction
    unit: str
    is_ceiling: bool
    severity: Severity
    article: str
    source: str
    set_by: SetBy
    bound: Fraction | None = None
    allowed_by: str = ""
    after: int = 0
    until: int = 0
    inside: int = 0
    consecutive: bool = False
    sunday: bool = False
    halves: int = 0
    sequences: int = 0
    contract: int = 0
    otherwise: int = 0
    warn_at: int = 0

    @property
    def whole(self) -> int:
        """The value of a limit that is no share."""
        return self.value.numerator

    def is_stricter(self, value: Fraction | int) -> bool:
        """Tell whether a value asks for at least as much as this one."""
        return value <= self.value if self.is_ceiling else value >= self.value


class _Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    set: Literal["code", "eclat", "hcr", "alisfa"]
    who: str
    value: int | str
    article: str
    source: str
    severity: Severity | None = None
    by_agreement: int | str | None = None
    part_time: bool | None = None
    category: Category | None = None
    group: Group | None = None
    after: int = 0
    until: int = 0
    inside: int = 0
    consecutive: bool = False
    sunday: bool = False
    halves: int = 0
    sequences: int = 0
    contract: int = 0
    otherwise: int = 0
    warn_at: int = 0


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    unit: Literal["minutes", "days", "working_days", "count", "share", "clock"]
    side: Literal["most", "least"]
    severity: Severity
    values: tuple[_Value, ...]


_SAME = (
    "after",
    "until",
    "inside",
    "consecutive",
    "sunday",
    "halves",
    "sequences",
    "contract",
    "otherwise",
    "warn_at",
)


@cache
def _rules() -> dict[str, _Rule]:
    return msgspec.convert(tomllib.loads(resources.text("staff/rules.toml")), dict[str, _Rule])


def rule_ids() -> tuple[str, ...]:
    """Return every rule, in the order of the file."""
    return tuple(_rules())


def rule_title(rule: str) -> str:
    """Return the French name of a rule."""
    return _rules()[rule].title


@lru_cache(maxsize=2048)
def limits(profile: Profile, regime: Regime, terms: Terms | None) -> Mapping[str, Limit]:
    """Return the limits that hold under a regime and a contract, by rule.

    A rule that does not concern the person is absent. An overlay that the text does not allow
    leaves the text in force: whoever types one is told by ``check_profile`` or ``check_terms``.
    """
    found: dict[str, Limit] = {}
    for rule in _rules():
        limit = _text_limit(rule, profile.branch, regime, terms)
        if limit is None:
            continue
        for overlay in profile.canteen:
            limit = _overlaid(limit, overlay, SetBy.CANTEEN)
        for overlay in _contract_overlays(terms):
            limit = _overlaid(limit, overlay, SetBy.CONTRACT)
        found[rule] = limit
    return MappingProxyType(found)


def _contract_overlays(terms: Terms | None) -> tuple[Overlay, ...]:
    if terms is None:
        return ()
    if terms.complementary is None:
        return terms.overlays
    return (*terms.overlays, Overlay("COMPLEMENTARY", terms.complementary))


def _text_limit(rule: str, branch: Branch, regime: Regime, terms: Terms | None) -> Limit | None:
    code = _chosen(rule, "code", regime, terms)
    agreed = _chosen(rule, branch, regime, terms) if branch is not Branch.NONE else None
    if code is None or agreed is None:
        return agreed or code
    # What protects the young is above any agreement that is less strict.
    is_as_strict = code.is_stricter(agreed.value) and agreed.consecutive >= code.consecutive
    return code if regime.is_minor and not is_as_strict else agreed


def _chosen(rule: str, of: str, regime: Regime, terms: Terms | None) -> Limit | None:
    known = _rules()[rule]
    best: tuple[int, _Value] | None = None
    for value in known.values:
        if value.set != of or regime not in _WHO[value.who]:
            continue
        asked = [
            (value.part_time, terms and terms.is_part_time),
            (value.category, terms and terms.category),
            (value.group, terms and terms.group),
        ]
        if any(want is not None and want != have for want, have in asked):
            continue
        weight = sum(want is not None for want, _ in asked)
        if best is None or weight > best[0]:
            best = weight, value
    return None if best is None else _made(rule, known, best[1])


def _made(rule: str, known: _Rule, value: _Value) -> Limit:
    return Limit(
        rule,
        known.title,
        Fraction(value.value),
        known.unit,
        known.side == "most",
        value.severity or known.severity,
        value.article,
        value.source,
        SetBy.CODE if value.set == "code" else SetBy.AGREEMENT,
        None if value.by_agreement is None else Fraction(value.by_agreement),
        **{name: getattr(value, name) for name in _SAME},
    )


def _overlaid(limit: Limit, overlay: Overlay, set_by: SetBy) -> Limit:
    if overlay.rule != limit.rule or not _is_allowed(limit, overlay):
        return limit
    return replace(
        limit, value=Fraction(overlay.value), set_by=set_by, allowed_by=overlay.allowed_by
    )


def _is_allowed(limit: Limit, overlay: Overlay) -> bool:
    if limit.is_stricter(overlay.value):
        return overlay.value > 0
    if not overlay.allowed_by or limit.bound is None:
        return False
    return replace(limit, value=limit.bound).is_stricter(overlay.value)


def check_profile(profile: Profile) -> None:
    """Check the limits that a canteen sets for itself, against those of its adult employees.

    Raises:
        UserError: A limit is not a rule, or is less strict than the text lets it be.
    """
    for overlay in profile.canteen:
        _check(overlay, profile.branch, Regime.ADULT, None)


def check_terms(terms: Terms, profile: Profile, regime: Regime = Regime.ADULT) -> None:
    """Check the limits that a contract sets, complementary hours included.

    Raises:
        UserError: A limit is not a rule, or is less strict than the text lets it be.
    """
    for overlay in _contract_overlays(terms):
        _check(overlay, profile.branch, regime, terms)


def _check(overlay: Overlay, branch: Branch, regime: Regime, terms: Terms | None) -> None:
    if overlay.rule not in _rules():
        raise UserError(tr("« {rule} » n’est pas une règle connue.").format(rule=overlay.rule))
    limit = _any_limit(overlay.rule, branch, regime, terms)
    if limit is None or _is_allowed(limit, overlay):
        return
    if limit.bound is not None and not overlay.allowed_by and overlay.value > 0:
        bound = replace(limit, value=limit.bound)
        if bound.is_stricter(overlay.value):
            raise UserError(
                tr(
                    "{title} : {value} est permis seulement par un accord ou une autorisation. "
                    "Indiquez lequel ({article})."
                ).format(
                    title=limit.title,
                    value=figure(overlay.value, limit.unit),
                    article=cite(limit.article),
                )
            )
    raise UserError(_refusal(limit, overlay))


def _any_limit(rule: str, branch: Branch, regime: Regime, terms: Terms | None) -> Limit | None:
    """Return the limit of a rule; of part-time when it concerns nobody else."""
    limit = _text_limit(rule, branch, regime, terms)
    if limit is None and terms is None:
        first = Terms(_ANY_DAY, None, 1440, is_part_time=True)
        return _text_limit(rule, branch, regime, first)
    return limit


def _refusal(limit: Limit, overlay: Overlay) -> str:
    furthest = limit.bound if overlay.allowed_by and limit.bound is not None else limit.value
    said = {
        "title": limit.title,
        "value": figure(overlay.value, limit.unit),
        "limit": figure(furthest, limit.unit),
        "article": cite(limit.article),
    }
    if overlay.value <= 0:
        return tr(
            "{title} : {value} n’est pas une limite ; le texte dit {limit} ({article})."
        ).format(**said)
    if limit.is_ceiling:
        return tr(
            "{title} : {value} dépasse ce que le texte permet, {limit} au plus ({article})."
        ).format(**said)
    return tr(
        "{title} : {value} est moins que le texte ne permet, {limit} au moins ({article})."
    ).format(**said)
