"""The inspection file of a busy year, beside the same pages as one list on a raw canvas."""

import io

from cantine_desktop.hygiene.inspection.check import State, check_pdf
from cantine_desktop.hygiene.inspection.controls import controls
from cantine_desktop.hygiene.inspection.file import write_inspection_file
from cantine_desktop.hygiene.inspection.keys import ensure_key
from cantine_desktop.schema.upgrade import open_book
from cantine_desktop.values.period import DAY, Period
from tests.benchmarks.bench_sheet import raw, rows
from tests.benchmarks.busy_year import LAST, NOW, busy_year
from tests.benchmarks.measuring import Row, in_turn

YEAR = Period(LAST.replace(year=LAST.year - 1) + DAY, LAST + DAY)


def measure(folder):
    opened = open_book(busy_year(folder), lambda: NOW)
    ensure_key(opened.book)

    def ours():
        target = io.BytesIO()
        with opened.book.read() as session:
            write_inspection_file(session, YEAR, NOW, target)
        return target.getvalue()

    def counted():
        with opened.book.read() as session:
            return controls(session, YEAR, NOW)

    made = ours()
    assert check_pdf(made).state is State.INTACT
    assert next(c for c in counted() if c.letter == "RE").counts.due == 310
    content = rows(5000)
    mine, theirs = in_turn(ours, lambda: raw(content, 50), turns=3)
    yield Row(
        "inspection file of a year",
        mine,
        theirs,
        "raw canvas, 100 pages",
        None,
        f"{len(made) >> 10} KiB, to be under 10 s",
    )
    mine, theirs = in_turn(counted, lambda: raw(content[:50], 50), turns=3)
    yield Row("controls of a year counted", mine, theirs, "one raw page")
    opened.book.close()
    opened.close()
