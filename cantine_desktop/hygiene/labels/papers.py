"""Labels to print: foods of the kitchen (D06) and sample dishes (D05)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import allergen_words
from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.labels import A4_24, ROLL_62, Label, LabelPaper, write_labels
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import paragraph
from cantine_desktop.hygiene.food.choices import MEALS
from cantine_desktop.hygiene.food.choices import label_of as meal_words
from cantine_desktop.hygiene.food.model import Sample
from cantine_desktop.hygiene.food.samples import SAMPLES
from cantine_desktop.hygiene.labels.labelling import labelled_in
from cantine_desktop.hygiene.labels.model import Labelled, LabelledFood
from cantine_desktop.hygiene.registers.queries import records_of
from cantine_desktop.i18n import hour, mark, short_day, tr
from cantine_desktop.values.period import DAY, Period

_BEGUN: dict[Labelled, str] = {
    Labelled.MADE: mark("Préparé le {day}"),
    Labelled.OPENED: mark("Entamé le {day}"),
    Labelled.THAWED: mark("Décongelé le {day}"),
    Labelled.FROZEN: mark("Congelé le {day}"),
}


def label_of(food: LabelledFood) -> Label:
    """Return what the label of a food says."""
    lines = [tr(_BEGUN[food.reason]).format(day=short_day(food.begun_on))]
    if food.maker_use_by is not None and food.maker_use_by != food.use_by:
        lines[0] += " · " + tr("fabricant : {day}").format(day=short_day(food.maker_use_by))
    if food.lot:
        lines.append(tr("Lot {lot}").format(lot=food.lot))
    lines.append(_allergens(food))
    strong = tr("À consommer jusqu’au {day}").format(day=short_day(food.use_by))
    return Label(food.name, lines, strong, food.initials)


def _allergens(food: LabelledFood) -> str:
    if food.allergens is None:
        return tr("Allergènes : non renseignés")
    if not food.allergens:
        return tr("Sans les 14 allergènes à déclarer")
    return tr("Allergènes : {names}").format(names=allergen_words(food.allergens))


def write_foods(
    session: Session,
    foods: Iterable[LabelledFood],
    now: datetime,
    target: IO[bytes],
    paper: LabelPaper = A4_24,
    start: int = 1,
) -> None:
    """Write the labels of foods, as many copies of each as were asked.

    Args:
        session: Where the canteen's name is read.
        foods: In order.
        now: Instant of printing.
        target: Where the PDF goes.
        paper: A sheet of 24, or a roll.
        start: First free place of a sheet already begun, from 1.
    """
    labels = [label for food in foods for label in [label_of(food)] * food.copies]
    frame = PageFrame(canteen_name(session), tr("Étiquettes"), "", now)
    write_labels(target, frame, labels, paper, start)


def write_labels_of(
    session: Session, period: Period, now: datetime, target: IO[bytes], *, paper: LabelPaper
) -> None:
    """Write the labels of the foods begun in a period; a page that says so when there are none."""
    foods = labelled_in(session, period)
    if foods:
        write_foods(session, foods, now, target, paper)
    else:
        nothing(session, period, now, target, tr("Étiquettes"))


def nothing(session: Session, period: Period, now: datetime, target: IO[bytes], title: str) -> None:
    """Write a page that says there is no label to print for a period."""
    frame = PageFrame(canteen_name(session), title, in_words(period), now)
    words = tr("Aucune étiquette pour ces jours : elles se préparent dans « Traçabilité ».")
    write_document(target, frame, [paragraph(words)])


def sample_label(sample: Sample) -> Label:
    """Return what the label of a sample says: dish, service, when it was taken, until when."""
    meal = meal_words(MEALS, sample.meal)
    taken = short_day(sample.day)
    if sample.taken_at is not None:
        taken += " " + hour(sample.taken_at)
    lines = [
        tr("Plat témoin n° {number}").format(number=sample.number or "……"),
        " · ".join(filter(None, (tr(meal) if meal else "", taken))),
    ]
    if sample.taken_by:
        lines.append(tr("Prélevé par {who}").format(who=sample.taken_by))
    strong = tr("À garder jusqu’au {day}").format(day=short_day(sample.discard_from - DAY))
    return Label(sample.dish, lines, strong, sample.initials)


def write_sample_labels(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the labels of the samples taken on the days of a period.

    Source: AM09-IV-PT.
    """
    samples = [one for one in records_of(session, SAMPLES, period) if one.dish]
    title = tr("Étiquettes des plats témoins")
    if not samples:
        nothing(session, period, now, target, title)
        return
    frame = PageFrame(canteen_name(session), title, "", now)
    write_labels(target, frame, [sample_label(one) for one in samples])


def _documents(papers: Sequence[tuple[str, str, LabelPaper]]) -> tuple[Document, ...]:
    return tuple(
        Document(
            key,
            title,
            partial(write_labels_of, paper=paper),
            code="D06",
            cadence=Cadence.DAY,
            area="hygiene",
            screen="tracing",
        )
        for key, title, paper in papers
    )


DOCUMENTS = (
    *_documents((
        ("labels-a4", mark("Étiquettes du jour (planche de 24)"), A4_24),
        ("labels-roll", mark("Étiquettes du jour (rouleau de 62 mm)"), ROLL_62),
    )),
    Document(
        "sample-labels",
        mark("Étiquettes des plats témoins (planche de 24)"),
        write_sample_labels,
        code="D05",
        cadence=Cadence.DAY,
        area="hygiene",
        screen="records",
    ),
)
"""Labels of what the kitchen made and of samples, as documents of the catalogue."""
