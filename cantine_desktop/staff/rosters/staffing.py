"""Saying whom a service needs: heads of each post, and what one of them must know."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.model import SkillKind
from cantine_desktop.staff.rosters.model import Post, StaffingRule

MOST_HEADS = 40
LONGEST = 12 * 60
"""Minutes: a post does not begin or end further from the hours of a meal."""


@dataclass(frozen=True)
class StaffingFacts:
    """What a person says of a need; see ``StaffingRule`` for units."""

    post: Post
    least: int = 0
    target: int = 1
    meal: str = ""
    before: int = 0
    after: int = 120
    skill: SkillKind | None = None
    every: int | None = None


USUAL: tuple[StaffingFacts, ...] = (
    StaffingFacts(Post.LEAD, 1, 1, before=60, skill=SkillKind.HYGIENE),
    StaffingFacts(Post.SUPPORT, 0, 1, every=20),
    StaffingFacts(Post.CLOSING, 0, 1, before=-240, after=150, skill=SkillKind.CLOSING),
)
"""What most canteens need: somebody in charge, a hand for twenty diners, somebody who closes."""


def staffing_rules(session: Session) -> list[StaffingRule]:
    """Return what services need, by post."""
    order = list(Post)
    found = session.scalars(select(StaffingRule).order_by(StaffingRule.id))
    return sorted(found, key=lambda each: order.index(each.post))


def facts_of(rule: StaffingRule) -> StaffingFacts:
    """Return what is known of a need, to change a part of it."""
    return StaffingFacts(**{each.name: getattr(rule, each.name) for each in fields(StaffingFacts)})


def add_rule(session: Session, facts: StaffingFacts) -> StaffingRule:
    """Add a need.

    Raises:
        UserError: Its heads or its hours cannot be.
    """
    _refuse_wrong(facts)
    rule = StaffingRule(**vars(facts))
    session.add(rule)
    session.flush()
    return rule


def change_rule(session: Session, rule_id: int, facts: StaffingFacts) -> None:
    """Write other values of a need.

    Raises:
        UserError: Its heads or its hours cannot be.
    """
    _refuse_wrong(facts)
    rule = session.get_one(StaffingRule, rule_id)
    for each in fields(StaffingFacts):
        setattr(rule, each.name, getattr(facts, each.name))
    session.flush()


def remove_rule(session: Session, rule_id: int) -> None:
    """Take a need away."""
    session.delete(session.get_one(StaffingRule, rule_id))
    session.flush()


def add_usual_rules(session: Session) -> list[StaffingRule]:
    """Write what most canteens need, where nobody said anything yet."""
    if staffing_rules(session):
        return []
    return [add_rule(session, each) for each in USUAL]


def _refuse_wrong(facts: StaffingFacts) -> None:
    for problem in _problems(facts):
        raise UserError(problem)


def _problems(facts: StaffingFacts) -> Iterator[str]:
    if not 0 <= facts.least <= MOST_HEADS or not 0 <= facts.target <= MOST_HEADS:
        yield tr("Le nombre de personnes est entre 0 et {n}.").format(n=MOST_HEADS)
    if facts.target < facts.least:
        yield tr("On ne peut pas souhaiter moins de personnes qu’il n’en faut au minimum.")
    if not facts.target:
        yield tr("Dites combien de personnes sont souhaitées, au moins une.")
    if abs(facts.before) > LONGEST or abs(facts.after) > LONGEST:
        yield tr("Un poste commence et finit au plus 12 h autour du service.")
    if facts.every is not None and not 1 <= facts.every <= 500:
        yield tr("Une personne de plus pour 1 à 500 convives.")
