"""The printed files whose look is held, and the specimen of everything paper can show.

``python -m tests.golden`` writes them anew; look at them before keeping them.
"""

from datetime import UTC, datetime
from decimal import Decimal

from cantine_desktop.documents.charts import Series, bar_chart, line_chart
from cantine_desktop.documents.grid_cells import Cell, Group, HandRow, Mark
from cantine_desktop.documents.grids import hand_grid, page_grid
from cantine_desktop.documents.labels import ROLL_62, Label, write_labels
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import (
    Align,
    box,
    heading,
    lead,
    paragraph,
    small,
    title,
    writing_lines,
)
from cantine_desktop.documents.tables import Band, Column, Total, ruled_table
from cantine_desktop.i18n import number, use_language

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
DAYS = ["lun. 16", "mar. 17", "mer. 18", "jeu. 19", "ven. 20", "sam. 21", "dim. 22"]
MONTHS = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct."]
UNITS = [
    ("Frigo légumes", "≤ 4 °C (toléré 5)", Decimal("3.1")),
    ("Frigo produits laitiers", "≤ 4 °C", Decimal("2.8")),
    ("Congélateur coffre du couloir", "≤ −18 °C", Decimal("-19.5")),
    ("Vitrine des desserts", "≤ 4 °C", Decimal("3.4")),
    ("Armoire de maintien au chaud", "≥ 63 °C", Decimal("66.0")),
]
CANTEEN = "La Petite Cantine des Buttes"
LONG_ITEM = (
    "Une consigne plus longue, qui explique pourquoi, et qui passe à la ligne suivante quand elle "
    "n’a plus de place sur la première."
)
KEEP = "À conserver 12 mois · plan de maîtrise sanitaire, version 3"


def frame(name, period, *, code="", landscape=False):
    return PageFrame(CANTEEN, name, period, NOW, code, KEEP, landscape)


def week(target):
    """A week of temperatures, filled, with a breach, a gap and closed days."""
    use_language("fr")
    rows = [HandRow(name, [_cell(r, c, base) for c in range(14)], limit)
            for r, (name, limit, base) in enumerate(UNITS)]  # fmt: skip
    groups = [Group(day, ("matin", "soir")) for day in DAYS]
    story = [
        hand_grid("Enceinte", groups, rows, visa="Visa", row_mm=11),
        box("Que faire si la limite est dépassée\u202f?", [
            "Fermer l’enceinte, reprendre la température après 30 minutes.",
            "Au-dessus de 7 °C, ou en cas de doute\u202f: jeter, et écrire ce qui est jeté.",
            "Prévenir la direction\u202f: 06 12 34 56 78.",
        ]),
        writing_lines("Écarts constatés et actions correctives (jour, heure, quoi, qui)"),
    ]  # fmt: skip
    write_document(target, frame("Feuille de températures", "semaine 47 · du 16 au 22 novembre "
                                 "2026", code="T-2026-S47", landscape=True), story)  # fmt: skip


def _cell(row, column, base):
    if column >= 12:
        return Cell("fermé", Mark.CLOSED)
    if (row, column) == (1, 5):
        return Cell("6,2", Mark.BREACH)
    if (row, column) == (3, 3):
        return Cell("panne de sonde", Mark.GAP)
    return number(base + Decimal((column * 7 + row * 3) % 10) / 10)


def month(target):
    """A month of temperatures to fill by hand, on one page."""
    use_language("fr")
    groups = [Group(name, ("matin", "soir"), limit) for name, limit, _ in UNITS[:4]]
    groups += [Group("Congélateur bahut", ("matin",), "≤ −18 °C", 1.8), Group("Visa", share=1.8)]
    rows = [HandRow(str(day)) for day in range(1, 32)]
    story = [page_grid("Jour", groups, rows, 246, head_mm=13)]
    write_document(target, frame("Feuille de températures", "octobre 2026", code="T-2026-10"),
                   story)  # fmt: skip


def specimen(target):
    """Everything paper can show, on three pages."""
    use_language("fr")
    story = [*_words(), *_table(), *_charts()]
    write_document(target, frame("Spécimen", "novembre 2026"), story)


def _words():
    return [
        title("Un titre de partie"),
        heading("Un intertitre"),
        paragraph(
            "Un paragraphe\u202f: les espaces fines tiennent «\u00a0comme il faut\u00a0», même à "
            "12\u202f345,00\u00a0€\u202f; l’œuf, le cœur, l’été et l’À-côté aussi. Les noms tapés "
            "<b>restent tels quels</b> & complets. ☐ à cocher, ✓ fait, −3,5 °C, ≤ 4 °C, "
            "émoji remplacé\u202f: 🙂."
        ),
        small("Une remarque en petit, pour la source ou la méthode de calcul."),
        box("Que faire si…", ["Une consigne courte.", LONG_ITEM]),
        writing_lines("Remarques", 2),
    ]  # fmt: skip


def _table():
    columns = [
        Column("Date", 1.1),
        Column("Libellé", 4),
        Column("Entrée (€)", 1.2, Align.RIGHT),
        Column("Sortie (€)", 1.2, Align.RIGHT),
        Column("Solde (€)", 1.3, Align.RIGHT),
    ]
    rows = []
    for day in range(2, 28):
        if day in {2, 9, 16, 23}:
            rows.append(Band(f"Semaine {44 + day // 7 + 1}"))
        label = "Contributions des convives, service du midi"
        if day == 12:
            label += ", et achat de légumes au marché faute de livraison du grossiste ce jour-là"
        balance = number(Decimal(day * 1234) / 10 - 700, 2)
        rows.append((f"{day:02}/11/2026", label, "123,40", "", balance))
    rows.append(Total(["", "Total du mois", "3\u202f208,40", "0,00", "2\u202f508,40"]))
    return [heading("Livre de caisse"), ruled_table(columns, rows)]


def _charts():
    rising = [Decimal(310 + 14 * place) for place in range(10)]
    gap = [*rising[:6], None, *rising[7:]]
    parts = ["ingrédients", "équipe", "lieu", "énergie", "autres charges", "réserve"]
    return [
        lead("Deux repas sur trois sont servis le midi."),
        bar_chart(
            MONTHS,
            [Series("midi", rising), Series("soir", [value / 2 for value in rising])],
            alternative="Repas par mois, midi et soir, de janvier à octobre.",
            height_mm=52,
        ),
        lead("L’équipe fait la moitié du coût d’un repas."),
        bar_chart(
            MONTHS[:6],
            [Series(name, [Decimal(200 + 40 * n + 9 * place) for place in range(6)])
             for n, name in enumerate(parts)],
            alternative="Coût par mois et par poste.", stacked=True, height_mm=52,
        ),
        lead("La participation moyenne a passé le prix d’équilibre en mars."),
        line_chart(
            MONTHS,
            [Series("participation moyenne", gap), Series("prix d’équilibre", [Decimal(340)] * 10)],
            alternative="Participation moyenne et prix d’équilibre par mois.",
            height_mm=52,
        ),
    ]  # fmt: skip


def labels(target):
    """Two labels of a roll."""
    use_language("fr")
    allergens = "Allergènes\u202f: lait, moutarde, fruits à coque"
    made = "Fait le sam. 21 nov. à 11:30 · lot 2026-325"
    write_labels(
        target,
        frame("Étiquettes", ""),
        [Label("Gratin de courge, sauce moutarde et noisettes grillées", (made, allergens),
               "À consommer avant mar. 24 nov.", "par ____"),
         Label("Soupe", (made,), "À consommer avant mar. 24 nov.")],
        ROLL_62,
    )  # fmt: skip


GOLDEN = {"week": week, "month": month, "specimen": specimen, "labels": labels}
"""What is held: name of the file kept beside this module, and who writes it."""
