"""Rows an action asks for again and again, kept until one of their table is written.

The session of an action forgets a row as soon as nobody holds it; what is kept here is held.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy.orm import Session

from cantine_desktop.storage.base import Base
from cantine_desktop.storage.recorder import ActionSession

Found = TypeVar("Found")


def kept(
    session: Session, model: type[Base], question: Hashable, ask: Callable[[], Found]
) -> Found:
    """Return the answer to a question about one table, asked once while nothing writes there.

    Rows of the table that wait to be written are written first, as a query would. A session
    that only reads asks each time.

    Args:
        session: Any session of the book.
        model: The only table the answer depends on.
        question: What tells this question from others about the table.
        ask: Gives the answer.
    """
    if not isinstance(session, ActionSession):
        return ask()
    if session.autoflush and _is_waiting(session, model):
        session.flush()
    answers = session.recorder.answers.get(model, {})
    if question in answers:
        answer: Found = answers[question]
        return answer
    answer = ask()
    # Asking may write what waited, and let go of the answers known before.
    session.recorder.answers.setdefault(model, {})[question] = answer
    return answer


def _is_waiting(session: Session, model: type[Base]) -> bool:
    return any(
        isinstance(row, model)
        for rows in (session.new, session.dirty, session.deleted)
        for row in rows
    )
