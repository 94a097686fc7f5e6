"""Making a document and handing it to the person."""

import io
from collections.abc import Callable

from cantine_desktop.office.catalogue import print_catalogue
from cantine_desktop.values.period import Period
from ui.desk import Desk


def make_pdf(
    desk: Desk,
    key: str,
    period: Period,
    done: Callable[[bytes], object],
    failed: Callable[[BaseException], object],
) -> None:
    """Write a document of the catalogue in the background."""
    document = print_catalogue()[key]

    def work() -> bytes:
        target = io.BytesIO()
        with desk.book.read() as session:
            document.write(session, period, desk.book.clock(), target)
        return target.getvalue()

    desk.jobs.run(work, done, failed)
