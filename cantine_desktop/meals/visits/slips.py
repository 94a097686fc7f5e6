"""Anonymous slips: what is asked, what was counted in a month, what it shows (U28, K15).

A slip is counted and thrown away; only how many gave each answer in a month is kept, each
question apart: no answers can be put together again, and none can be tied to a day or a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.closing.model import HEARD
from cantine_desktop.meals.visits.model import SlipCount
from cantine_desktop.values.period import Period

LEAST = 10
"""Answers under which no share is told: a few slips say nothing, and are recognised."""

MOST = 9_999
"""More slips than a month gives."""


@dataclass(frozen=True)
class Question:
    """A question of the slip, in the first person, with its coarse answers.

    Attributes:
        key: Its name for programs.
        words: As printed; marked, ``tr`` it when shown.
        title: As a heading; marked.
        answers: Words by key, marked.
    """

    key: str
    words: str
    title: str
    answers: Mapping[str, str]


QUESTIONS = (
    Question(
        "age",
        mark("J’ai…"),
        mark("Âge"),
        {
            "under-18": mark("moins de 18 ans"),
            "18-29": mark("18 à 29 ans"),
            "30-44": mark("30 à 44 ans"),
            "45-59": mark("45 à 59 ans"),
            "60-74": mark("60 à 74 ans"),
            "75-up": mark("75 ans ou plus"),
        },
    ),
    Question(
        "distance",
        mark("J’habite…"),
        mark("Distance"),
        {
            "near": mark("à moins de 1 km d’ici"),
            "town": mark("entre 1 et 5 km"),
            "far": mark("plus loin"),
        },
    ),
    Question(
        "heard",
        mark("J’ai connu la cantine…"),
        mark("Connue"),
        {heard.value: words for heard, words in HEARD.items()},
    ),
)

Answer = tuple[str, str]
"""Key of a question, key of an answer."""

ANSWERS: tuple[Answer, ...] = tuple(
    (question.key, answer) for question in QUESTIONS for answer in question.answers
)
"""Every answer, in the order of the slip, of the tally sheet and of the grid."""


@dataclass(frozen=True)
class Result:
    """What slips of a period answered to a question.

    Attributes:
        n: Slips that answered it.
        counts: By answer, in the order of the slip; an answer nobody gave counts 0.
    """

    question: Question
    n: int
    counts: tuple[tuple[str, int], ...]

    @property
    def tells(self) -> bool:
        """There are enough of them for shares."""
        return self.n >= LEAST

    def share(self, answer: str) -> float | None:
        """Return the part of the slips that gave an answer; ``None`` when too few tell."""
        return dict(self.counts)[answer] / self.n if self.tells else None


def counts_of(session: Session, month: date) -> dict[Answer, int]:
    """Return what was counted in the month of a day; an answer nobody counted is not there."""
    query = select(SlipCount).where(SlipCount.month == month.replace(day=1))
    return {(row.question, row.answer): row.count for row in session.scalars(query)}


def set_count(session: Session, month: date, answer: Answer, count: int | None) -> None:
    """Write how many slips of a month gave an answer; ``None`` takes it off.

    Raises:
        UserError: The number cannot be one, or nobody asks this.
    """
    if answer not in ANSWERS:
        raise UserError(tr("Cette réponse n’est pas sur les petits papiers."))
    if count is not None and not 0 <= count <= MOST:
        raise UserError(tr("Tapez un nombre de papiers, de 0 à {most}.").format(most=MOST))
    question, key = answer
    first = month.replace(day=1)
    row = session.scalar(
        select(SlipCount).where(
            SlipCount.month == first, SlipCount.question == question, SlipCount.answer == key
        )
    )
    if count is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(SlipCount(month=first, question=question, answer=key, count=count))
    else:
        row.count = count


def results(session: Session, period: Period) -> list[Result]:
    """Return what the slips of a period answered; a month belongs by its first day."""
    query = (
        select(SlipCount.question, SlipCount.answer, func.sum(SlipCount.count))
        .where(SlipCount.month >= period.first.replace(day=1), SlipCount.month < period.end)
        .group_by(SlipCount.question, SlipCount.answer)
    )
    found = {(question, answer): int(n) for question, answer, n in session.execute(query)}
    return [_result(question, found) for question in QUESTIONS]


def _result(question: Question, found: Mapping[Answer, int]) -> Result:
    counts = tuple((answer, found.get((question.key, answer), 0)) for answer in question.answers)
    return Result(question, sum(n for _answer, n in counts), counts)
