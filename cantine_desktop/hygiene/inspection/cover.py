"""The cover of the file, its bars, its index."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.documents.binder import Index, Part
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import Align, box, heading, paragraph, small, title
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.hygiene.inspection.bars import Bars, Key
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.hygiene.inspection.manifest import MANIFEST, RECORDS, chain_heads
from cantine_desktop.hygiene.inspection.plan_part import regime_words
from cantine_desktop.hygiene.inspection.words import completeness_sentence
from cantine_desktop.i18n import hour, long_day, short_day, tr

SHORT = 12
"""Characters of a hash that people compare."""


def opening_parts(making: Making, parts: Sequence[Part]) -> list[Part]:
    """Return the cover, the bars and the index of all the parts that follow."""
    name = tr("Dossier de contrôle")
    return [
        Part(tr("Couverture"), making.frame(name), lambda: cover(making)),
        Part(
            tr("Ce qui était prévu, ce qui a été fait"),
            making.frame(tr("Ce qui était prévu, ce qui a été fait")),
            lambda: _bars(making),
        ),
        Part(tr("Sommaire"), making.frame(tr("Sommaire")), lambda: [Index(parts)]),
    ]


def cover(making: Making) -> list[Flowable]:
    """Return the cover: whose file it is, of what days, by whom, and how complete."""
    return [
        title(tr("Dossier de contrôle sanitaire")),
        paragraph(in_words(making.period)),
        ruled_table([Column("", 3), Column("", 8)], _facts(making), size=10.5),
        box(
            tr("Ce que contient ce dossier"),
            [completeness_sentence(list(making.controls)), *_limits(making)],
        ),
        heading(tr("Vérifier ce dossier")),
        *[paragraph(words) for words in _how_to_check(making)],
    ]


def _facts(making: Making) -> list[list[str]]:
    canteen = the_canteen(making.session)
    chains = chain_heads(making.session)
    history = chains.get("history", {"length": 0, "tip": ""})
    seals = chains.get("seals", {"length": 0, "tip": ""})
    made = tr("{day} à {hour}, par le profil « {by} »").format(
        day=long_day(making.today), hour=hour(making.now), by=making.by
    )
    rows = [
        [tr("Établissement"), canteen.name if canteen else ""],
        [tr("Adresse"), canteen.address if canteen else ""],
        [tr("Régime déclaré"), regime_words(making.session, making.today)],
        [
            tr("Période"),
            tr("du {first} au {last}").format(
                first=short_day(making.period.first), last=short_day(making.period.last)
            ),
        ],
        [tr("Établi le"), made],
        [tr("Livre"), _book(chains["first_action"], history, seals)],
        [tr("Empreinte de la clé"), making.fingerprint or tr("dossier non signé")],
    ]
    return [row for row in rows if row[1]]


def _book(first: str, history: dict[str, object], seals: dict[str, object]) -> str:
    return tr(
        "né de l’action {first} ; {actions} actions, dernière empreinte {tip} ; {seals} scellés"
    ).format(
        first=first[:SHORT] or "–",
        actions=history["length"],
        tip=str(history["tip"])[:SHORT] or "–",
        seals=seals["length"],
    )


def _limits(making: Making) -> list[str]:
    said = [
        tr(
            "Les heures notées sont celles des personnes ; l’heure d’écriture dans le livre est "
            "gardée à part, et les écritures tardives sont listées."
        ),
        tr(
            "Les noms sont réduits à des initiales. Les limites, tolérances et fréquences disent "
            "leur source ; aucun service officiel n’a relu ce document."
        ),
    ]
    if making.counted.first > making.period.first:
        said.append(
            tr("Le livre commence le {day} : rien n’y était suivi avant.").format(
                day=short_day(making.counted.first)
            )
        )
    if making.counted.end < making.period.end:
        said.append(
            tr("La période n’est pas finie : le décompte s’arrête au {day}.").format(
                day=short_day(making.counted.last)
            )
        )
    return said


def _how_to_check(making: Making) -> list[str]:
    if not making.fingerprint:
        return [
            tr(
                "Ce dossier n’est pas signé : la clé du livre n’existait pas encore. Les "
                "empreintes de ses pages sont dans le fichier joint « {manifest} »."
            ).format(manifest=MANIFEST)
        ]
    return [
        tr(
            "Le fichier PDF porte les enregistrements (« {records} ») et un manifeste signé "
            "(« {manifest} ») : glissez-le dans l’écran « Dossier de contrôle » d’une Cantine, "
            "ou tapez « cantine check » suivi de son nom, sans réseau et sans le livre."
        ).format(records=RECORDS, manifest=MANIFEST),
        tr(
            "L’empreinte ci-dessus doit être celle qu’affiche l’application de la cantine, et "
            "celle qu’annonce la vérification. La signature dit de quel livre vient le dossier "
            "et que rien n’y a changé ; elle ne dit pas que les relevés sont justes."
        ),
    ]


def _bars(making: Making) -> list[Flowable]:
    if not making.controls:
        return [paragraph(tr("Aucun contrôle n’est suivi sur cette période."))]
    return [
        paragraph(completeness_sentence(list(making.controls))),
        Key(),
        Bars(making.controls),
        heading(tr("Les mêmes chiffres")),
        _table(making),
        small(
            tr(
                "« Expliqué » : non fait, et l’on dit pourquoi. « Fermé » : jour sans service, "
                "rien n’était dû. Pour ce qui vient avec un événement (livraison, cuisson…), "
                "est dû ce qui a été commencé."
            )
        ),
    ]


def _table(making: Making) -> Flowable:
    right = Align.RIGHT
    columns = [
        Column(tr("Contrôle"), 5),
        Column(tr("Prévus"), 1.1, right),
        Column(tr("Faits"), 1.1, right),
        Column(tr("Expliqués"), 1.3, right),
        Column(tr("Manquants"), 1.4, right),
        Column(tr("Fermés"), 1.2, right),
    ]
    rows = [
        [f"{control.letter}  {control.title}", *map(str, control.counts)]
        for control in making.controls
    ]
    return ruled_table(columns, rows, size=9.5)
