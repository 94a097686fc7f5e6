"""Which services were held: takings neither replaced by others, nor corrected to nothing."""

from sqlalchemy import ColumnElement, or_, select

from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.values.period import Period


def held(period: Period) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on ``Takings`` of the services of a period that were held.

    A correction that leaves no meal and no money says that the service did not take place.
    """
    replaced = select(Takings.corrects_id).where(Takings.corrects_id.is_not(None))
    return (
        Takings.day >= period.first,
        Takings.day < period.end,
        Takings.id.not_in(replaced),
        or_(Takings.meals > 0, Takings.offered > 0, Takings.entry_id.is_not(None)),
    )
