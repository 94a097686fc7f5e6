"""The chapters of the plan that say what happens when it goes wrong, and what proves it."""

from collections.abc import Iterable, Sequence

from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.documents.grid_cells import Group, HandRow
from cantine_desktop.documents.grids import hand_grid
from cantine_desktop.documents.styles import box, heading, paragraph, small, title
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.hygiene.plan.points import Point
from cantine_desktop.hygiene.plan.queries import versions
from cantine_desktop.hygiene.plan.wording import REGIMES, is_unchecked, source_words
from cantine_desktop.hygiene.pms.procedures import (
    BREACHES,
    CHECKING,
    CONTACTS,
    KNOWN_NUMBERS,
    OUTBREAK,
    RECALL,
    TRACEABILITY,
    TRAINING,
)
from cantine_desktop.hygiene.pms.state import PlanState
from cantine_desktop.hygiene.retention.choices import months_kept
from cantine_desktop.hygiene.retention.classes import RETENTION, Retention
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.sources import Status, sources


def procedures() -> list[Flowable]:
    """Return traceability, withdrawal and recall, and what is done about a breach."""
    return [
        title(tr("3. Traçabilité, retrait et rappel ; non-conformités")),
        heading(tr("Traçabilité")),
        *_lines(TRACEABILITY),
        small(_cited(("R178", "IT2018"))),
        heading(tr("Retrait et rappel d’un produit")),
        *_steps(RECALL),
        small(_cited(("R178",))),
        heading(tr("Quand quelque chose ne va pas")),
        *_steps(BREACHES),
        small(_cited(("R852",))),
    ]


def outbreak() -> list[Flowable]:
    """Return what is done from a suspicion on, and whom to call."""
    rows = [HandRow(tr(each), (KNOWN_NUMBERS.get(each, ""), "")) for each in CONTACTS]
    columns = [Group(tr("Téléphone"), share=2), Group(tr("Appelé à"))]
    return [
        PageBreak(),
        title(tr("4. Toxi-infection alimentaire collective (TIAC)")),
        *_steps(OUTBREAK),
        hand_grid(tr("Qui appeler"), columns, rows, row_mm=9),
        box(
            tr("Ne rien jeter"),
            [tr("Ni restes, ni plats témoins, ni emballages, avant l’avis de la DDPP.")],
            bullets=False,
        ),
        small(_cited(("TIAC", "CRPM-R237"))),
    ]


def training_and_checking() -> list[Flowable]:
    """Return how people are trained, and how the plan itself is checked."""
    return [
        Spacer(0, 10),
        title(tr("5. Formation, vérification, conservation")),
        heading(tr("Formation")),
        *_lines(TRAINING),
        small(_cited(("R852-XII", "R852-XIB", "D2011-731"))),
        heading(tr("Vérification")),
        *_lines(CHECKING),
    ]


def kept_for(session: Session) -> list[Flowable]:
    """Return how long each class of records is kept here, and where that comes from."""
    kept = months_kept(session)
    columns = [
        Column(tr("Enregistrements"), 4),
        Column(tr("Au moins"), 2),
        Column(tr("La cantine garde"), 2),
        Column(tr("Source"), 4),
    ]
    rows = [
        [
            tr(rule.label),
            _least(retention, rule.least_months),
            _months(kept[retention]) or tr("tant que valable"),
            source_words(sources()[rule.source]),
        ]
        for retention, rule in RETENTION.items()
    ]
    return [heading(tr("Durées de conservation")), ruled_table(columns, rows, size=9)]


def _least(retention: Retention, months: int) -> str:
    """Write the least that is asked; traceability follows the life of each food."""
    if retention is Retention.TRACEABILITY:
        return tr("{n} mois (DLC courte) à 5 ans (sans durée de vie)").format(n=months)
    return _months(months) or tr("rien d’imposé")


def _months(months: int) -> str:
    return tr("{n} mois").format(n=months) if months else ""


def versions_history(session: Session) -> list[Flowable]:
    """Return every version that was put in force, the latest first."""
    rows = [
        [
            str(row.number),
            short_day(row.valid_from) if row.valid_from else "",
            " · ".join(part for part in (row.label, row.reason) if part),
            tr(REGIMES[row.regime]),
            row.initials,
        ]
        for row in versions(session)
    ]
    story: list[Flowable] = [
        Spacer(0, 10),
        title(tr("6. Versions, sources et ce qui reste à vérifier")),
    ]
    if not rows:
        story.append(paragraph(tr("Aucune version n’a encore été mise en vigueur.")))
        return story
    columns = [
        Column(tr("Version"), 1.2),
        Column(tr("Depuis le"), 1.6),
        Column(tr("Nom et raison"), 5),
        Column(tr("Régime"), 3),
        Column(tr("Visa"), 1),
    ]
    return [*story, ruled_table(columns, rows, size=9)]


def what_is_unchecked(state: PlanState) -> list[Flowable]:
    """Return every source the plan cites and how sure it is, then what nobody read."""
    cited = {key for point in state.points for key in point.sources}
    columns = [Column(tr("Source"), 4), Column(tr("Ce qu’elle règle"), 5), Column(tr("Lue"), 2)]
    rows = [
        [source.title, source.about, _status(source.status)]
        for key, source in sources().items()
        if key in cited
    ]
    return [
        heading(tr("Sources citées par ce plan")),
        ruled_table(columns, rows, size=8),
        box(tr("Ce qui reste à vérifier"), _doubts(state.points)),
    ]


def _status(status: Status) -> str:
    names = {
        Status.TEXT: tr("texte lu"),
        Status.OFFICIAL: tr("page officielle"),
        Status.SECONDARY: tr("source secondaire"),
        Status.PRACTICE: tr("sans texte"),
        Status.UNCHECKED: tr("à vérifier"),
    }
    return names[status]


def _doubts(points: Sequence[Point]) -> list[str]:
    codes = ", ".join(point.code for point in points if is_unchecked(point))
    said = [
        tr(
            "Ce plan n’a pas été relu par un professionnel de l’hygiène ni par un service officiel."
        ),
        tr("Les tolérances à la réception sont des usages : elles ne viennent d’aucun texte lu."),
        tr("Le régime d’une cantine d’adhérents ouverte au passage est à demander à la DDPP."),
    ]
    if codes:
        said.append(tr("Points qui citent un texte de mémoire : {codes}.").format(codes=codes))
    return said


def _lines(texts: Iterable[str]) -> list[Flowable]:
    return [paragraph(f"– {tr(text)}") for text in texts]


def _steps(texts: Iterable[str]) -> list[Flowable]:
    return [paragraph(f"{number}. {tr(text)}") for number, text in enumerate(texts, 1)]


def _cited(keys: Iterable[str]) -> str:
    return tr(" ; ").join(source_words(sources()[key]) for key in keys)
