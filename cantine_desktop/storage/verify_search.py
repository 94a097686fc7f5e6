"""Comparing the index by which records are found with the records."""

from collections.abc import Iterator
from itertools import zip_longest

from sqlalchemy.orm import Session

from cantine_desktop.i18n import tr
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.storage.search import INDEX, indexed, lines_of, searchable, strangers


def check_index(session: Session) -> Iterator[Finding]:
    """Find the records that a search would miss, or show otherwise than they are."""
    connection = session.connection()
    for table in searchable():
        due, found = set[tuple[int, str, str]](), set[tuple[int, str, str]]()
        for expected, there in zip_longest(lines_of(session, table), indexed(connection, table)):
            # What both hold leaves at once: a large book is never held whole.
            due ^= {expected} if expected else set()
            found ^= {there} if there else set()
            both = due & found
            due -= both
            found -= both
        for key in sorted({line[0] for line in due | found}):
            text = tr("La recherche ne le trouve pas, ou ne le montre pas tel qu’il est.")
            yield at((table, key), text)
    for number in strangers(connection):
        yield at((INDEX.name, number), tr("La recherche trouve là ce qui n’existe pas."))
