"""Taking a file in: all of it or nothing, in one action."""

from typing import IO

from sqlalchemy.exc import IntegrityError

from cantine_desktop.errors import ForbiddenError
from cantine_desktop.exchange.problems import Problem, UnreadableError
from cantine_desktop.exchange.registry import Import, ImportReport
from cantine_desktop.i18n import tr, trn
from cantine_desktop.storage.book import Book


class _Withdrawn(Exception):  # noqa: N818  -- not an error: the way to keep nothing
    """Leaves an action so that none of it is kept."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def run_import(
    book: Book, importer: Import, source: IO[bytes], *, dry_run: bool = False
) -> ImportReport:
    """Take a file in as one action, undone in one step.

    Nothing is kept when the report holds a problem, nor on a dry run: the file
    is then read whole, to tell everything it would do and all that is wrong.

    Args:
        book: Where the file goes, in the name of the book's actor.
        importer: What reads this kind of file.
        source: The file, open for reading bytes.
        dry_run: Tell only what would happen.

    Raises:
        ForbiddenError: The actor may not write in the import's area.
    """
    if not book.actor.may_write(importer.area):
        raise ForbiddenError(
            tr("Le profil « {name} » ne peut pas importer « {title} ».").format(
                name=book.actor.name, title=tr(importer.title)
            )
        )
    try:
        return _read_in_action(book, importer, source, keep=not dry_run)
    except _Withdrawn as withdrawn:
        return withdrawn.report
    except UnreadableError as error:
        return ImportReport(problems=tuple(error.problems))
    except IntegrityError:
        clash = tr("ce fichier contredit des données déjà présentes ; rien n’a été importé.")
        return ImportReport(problems=(Problem(0, "", clash),))


def _read_in_action(book: Book, importer: Import, source: IO[bytes], *, keep: bool) -> ImportReport:
    with book.action(tr("Import : {title}").format(title=tr(importer.title))) as session:
        report = importer.read(session, source, book.clock())
        if not report.problems:
            session.flush()
        if report.problems or not keep:
            raise _Withdrawn(report)
    return report


def summary(report: ImportReport) -> str:
    """Say in one line what a report holds: ``4 déjà là, 12 nouvelles``."""
    if report.problems:
        count = len(report.problems)
        return trn("{n} problème à corriger", "{n} problèmes à corriger", count)
    parts = [
        trn("{n} déjà là", "{n} déjà là", report.unchanged),
        trn("{n} nouvelle", "{n} nouvelles", report.added),
    ]
    if report.changed:
        parts.append(trn("{n} mise à jour", "{n} mises à jour", report.changed))
    return ", ".join(parts)
