"""The page of the temperatures to judge again after an instrument was found wrong."""

from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import IO

from reportlab.platypus import Flowable, PageBreak
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, box, heading, paragraph, small, writing_lines
from cantine_desktop.documents.tables import Band, Column, Row, ruled_table
from cantine_desktop.hygiene.equipment.model import CalibrationTest
from cantine_desktop.hygiene.equipment.words import check_name, figure
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.hygiene.sheet_notes import kept_line
from cantine_desktop.hygiene.suspects import Suspect, WrongCheck, suspects_of, wrong_checks
from cantine_desktop.i18n import celsius, long_day, mark, short_day, tr, trn
from cantine_desktop.values.period import Period


def found_words(check: WrongCheck) -> str:
    """Say what the check found, and when the instrument was last right."""
    said = tr("Le {day}, {test} : {shown} lus.").format(
        day=short_day(check.found_on),
        test=check_name(check.test).lower(),
        shown=figure(check.shown, check.test),
    )
    if check.last_good is None:
        said += " " + tr("Aucun contrôle bon avant : tout ce qu’il a mesuré est à revoir.")
    else:
        said += " " + tr("Dernier contrôle bon : {day}.").format(day=short_day(check.last_good))
    if check.good_again is not None:
        said += " " + tr("Juste de nouveau le {day}.").format(day=short_day(check.good_again))
    return said


def what_to_do(check: WrongCheck) -> str:
    """Say what to do with the temperatures."""
    if check.test is CalibrationTest.COMPARE:
        return tr("Reprenez les relevés de cette enceinte à la sonde, et jugez les denrées.")
    return tr(
        "Ajoutez l’écart à chaque température : si la limite est alors dépassée, jugez la denrée, "
        "notez une non-conformité."
    )


def write_suspects(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the temperatures made doubtful by the checks of a period.

    Args:
        session: Where to read.
        period: Any days; the checks of the month of the first one are written.
        now: The present instant.
        target: Where the PDF goes.
    """
    month = Period.month(period.first)
    story: list[Flowable] = []
    for check in wrong_checks(session):
        if check.found_on in month:
            story += [*_part(check, suspects_of(session, check)), PageBreak()]
    if not story:
        story = [paragraph(tr("Aucun instrument n’a été trouvé faux ce mois-ci.")), PageBreak()]
    frame = PageFrame(
        canteen_name(session),
        tr("Instrument trouvé faux : températures à revoir"),
        in_words(month),
        now,
        footer=kept_line(session, Retention.VERIFICATION),
    )
    write_document(target, frame, story[:-1])


def _part(check: WrongCheck, suspects: list[Suspect]) -> list[Flowable]:
    count = trn("{n} température à revoir", "{n} températures à revoir", len(suspects))
    story: list[Flowable] = [
        heading(f"{check.instrument} — {count}"),
        paragraph(found_words(check)),
        box(tr("Que faire ?"), _steps(check)),
    ]
    if suspects:
        story.append(ruled_table(_columns(), _rows(suspects), size=9.5))
    else:
        story.append(paragraph(tr("Aucune température n’a été notée entre ces deux contrôles.")))
    story += [
        small(
            tr(
                "« non noté » : la fiche ne dit pas quel instrument a servi ; elle est revue par "
                "prudence. Le jour d’un contrôle, une mesure sans heure est réputée prise avant."
            )
        ),
        writing_lines(tr("Conclusion, mesures prises, visa du responsable"), 3),
    ]
    return story


def _steps(check: WrongCheck) -> list[str]:
    return [
        tr("Instrument hors service ; l’instrument de secours le remplace."),
        what_to_do(check),
        tr("Étalonnez ou remplacez l’instrument, puis vérifiez-le avant de vous en servir."),
    ]


def _columns() -> list[Column]:
    return [
        Column(tr("Quand"), 1),
        Column(tr("Sujet"), 3.4),
        Column(tr("Lu"), 1.2, Align.RIGHT),
        Column(tr("Instrument"), 1.6),
        Column(tr("Revu : suite donnée"), 3.4),
    ]


def _rows(suspects: list[Suspect]) -> list[Row]:
    """Return the temperatures under the day and the register of each."""
    found: list[Row] = []
    for (day, title), run in groupby(suspects, key=attrgetter("day", "title")):
        found.append(Band(f"{long_day(day)} — {title}"))
        found += [_row(suspect) for suspect in run]
    return found


def _row(suspect: Suspect) -> list[str]:
    subject = f"{suspect.subject} ({suspect.what})" if suspect.what else suspect.subject
    named = tr("cet instrument") if suspect.is_named else tr("non noté")
    return [suspect.when, subject, celsius(suspect.celsius), named, ""]


DOCUMENTS = (
    Document(
        "suspect-temperatures",
        mark("Instrument trouvé faux : températures à revoir"),
        write_suspects,
        cadence=Cadence.MONTH,
        area="hygiene",
    ),
)
"""The page of an instrument found wrong."""
