"""Words typed before, to propose while typing: the most usual first."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

MOST = 60
"""Words proposed at most."""


def usual(*columns: InstrumentedAttribute[Any]) -> Callable[[Session], Sequence[str]]:
    """Return how to find the words of columns of records, the most used first."""

    def words(session: Session) -> list[str]:
        counted: dict[str, int] = {}
        for column in columns:
            times = func.count()
            query = (
                select(column, times)
                .where(column.is_not(None), func.length(column) > 0)
                .group_by(column)
            )
            for word, count in session.execute(query.order_by(times.desc(), column).limit(MOST)):
                counted[word] = counted.get(word, 0) + count
        return sorted(counted, key=lambda word: (-counted[word], word))[:MOST]

    return words
