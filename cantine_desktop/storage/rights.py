"""Who is at work, and which areas of the book they may read and write.

Every table belongs to an *area* (``hygiene``, ``finance``…). Rights are held
here, below every screen: a session refuses what the actor may not do.
"""

from dataclasses import dataclass

OPEN_AREA = "system"
"""Area of the tables that record the work itself; everybody writes there."""


@dataclass(frozen=True)
class Actor:
    """The person or profile in whose name the book is read and changed.

    Attributes:
        name: As written in the history.
        reads: Areas open for reading; ``None`` is all of them.
        writes: Areas open for writing; ``None`` is all of them.
    """

    name: str = "Direction"
    reads: frozenset[str] | None = None
    writes: frozenset[str] | None = None

    def may_read(self, area: str) -> bool:
        """Tell whether the tables of an area may be read."""
        return self.reads is None or area in self.reads or area == OPEN_AREA

    def may_write(self, area: str) -> bool:
        """Tell whether the tables of an area may be changed."""
        return self.writes is None or area in self.writes or area == OPEN_AREA
