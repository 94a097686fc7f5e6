"""The public list of recalls, taken in."""

from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.exchange.problems import whole_file
from cantine_desktop.exchange.registry import Export, Import, ImportReport
from cantine_desktop.hygiene.recalls.holding import take_in
from cantine_desktop.i18n import mark, short_day, tr, trn
from cantine_desktop.supply.recalls.notice_list import HEADINGS, read_notices


def read_list(session: Session, source: IO[bytes], now: datetime) -> ImportReport:
    """Take in the public list of recalls: the notices that may touch our food, and only those.

    Our food is that of the stock and that of the sheets of hygiene.

    A line of the list that makes no sense is told and left out: it stops nothing, since
    nobody here wrote the list nor can mend it.

    Raises:
        UnreadableError: It is not that list.
    """
    found = read_notices(source)
    all_taken = take_in(session, found.notices, now)
    taken, set_aside = all_taken.stock, len(all_taken.stock.set_aside) + all_taken.set_aside
    told = trn("{n} avis alimentaire lu", "{n} avis alimentaires lus", len(found.notices))
    remarks = [whole_file(told)]
    if found.newest is not None:
        fresh = tr("Le plus récent est du {day}.").format(day=short_day(found.newest))
        remarks.append(whole_file(fresh))
    if set_aside:
        aside = trn("{n} lot mis de côté", "{n} lots mis de côté", set_aside)
        remarks.append(whole_file(aside))
    remarks += found.problems
    return ImportReport(taken.added, taken.unchanged, changed=taken.changed, remarks=tuple(remarks))


EXPORTS: tuple[Export, ...] = ()
IMPORTS: tuple[Import, ...] = (
    Import(
        "recalls",
        mark("Avis de rappel (RappelConso)"),
        (".csv",),
        read_list,
        "supply",
        headings=HEADINGS,
    ),
)
