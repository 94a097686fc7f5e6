"""The report of a grant for its funder, laid out as the Cerfa 15059 asks (from memory)."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable, PageBreak
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import Align, box, heading, paragraph, small, writing_lines
from cantine_desktop.documents.tables import Band, Column, Row, Total, ruled_table
from cantine_desktop.finance.grants.costs import Cost, costs_of
from cantine_desktop.finance.grants.model import Grant
from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.finance.ledger.model import Account, Party, Section
from cantine_desktop.i18n import money, number, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

_CLASSES = (
    ("60", "60 – Achats"),
    ("61", "61 – Services extérieurs"),
    ("62", "62 – Autres services extérieurs"),
    ("63", "63 – Impôts et taxes"),
    ("64", "64 – Charges de personnel"),
    ("65", "65 – Autres charges de gestion courante"),
    ("66", "66 – Charges financières"),
    ("67", "67 – Charges exceptionnelles"),
    ("68", "68 – Dotations aux amortissements"),
)
"""Lines of the form; written in French, as funders read them."""


def write_report(session: Session, key: int, now: datetime, target: IO[bytes]) -> None:
    """Write the report of a grant: the action, the figures, the costs, the statement.

    Args:
        session: A session that reads.
        key: Key of the grant.
        now: The present instant.
        target: Where the PDF goes.
    """
    grant = session.get_one(Grant, key)
    told = costs_of(session, grant)
    story = [
        *_who(session, grant),
        *_action(grant),
        PageBreak(),
        *_figures(session, grant, told),
        *_statement(),
        PageBreak(),
        heading(tr("Annexe : dépenses présentées")),
        _list(told),
    ]
    frame = PageFrame(
        canteen_name(session),
        tr("Compte rendu financier de subvention"),
        _period_words(grant),
        now,
        footer=tr("Présentation d’après le Cerfa 15059, à reporter sur le modèle du financeur."),
    )
    write_document(target, frame, story)


def _period_words(grant: Grant) -> str:
    if grant.first is None or grant.last is None:
        return ""
    return tr("du {first} au {last}").format(
        first=short_day(grant.first), last=short_day(grant.last)
    )


def _who(session: Session, grant: Grant) -> list[Flowable]:
    canteen = session.scalars(select(Canteen).limit(1)).first()
    funder = session.get_one(Party, grant.funder_id)
    facts = [
        tr("Association : {name}").format(name=canteen.name if canteen else ""),
        tr("Adresse : {address}").format(address=canteen.address if canteen else ""),
        tr("SIREN : {siren}").format(siren=(canteen.siren if canteen else "") or "–"),
        tr("RNA ou registre : {rna}").format(rna=(canteen.rna if canteen else "") or "–"),
    ]
    call = f" · {grant.call}" if grant.call else ""
    asked = [
        tr("Financeur : {name}").format(name=funder.name),
        tr("Action : {title}").format(title=grant.title + call),
        tr("Montant accordé : {amount}").format(amount=_or_dash(grant.granted)),
        tr("Convention : {day}, référence {reference}").format(
            day=short_day(grant.convention_on) if grant.convention_on else "–",
            reference=grant.reference or "–",
        ),
    ]
    return [
        box(tr("L’association"), facts, bullets=False),
        box(tr("La subvention"), asked, bullets=False),
    ]


def _action(grant: Grant) -> list[Flowable]:
    story: list[Flowable] = [
        heading(tr("1. Bilan qualitatif de l’action réalisée")),
        paragraph(grant.told or tr("À compléter dans l’application, ou à la main :")),
    ]
    if not grant.told:
        story.append(writing_lines(tr("Décrivez l’action"), 6))
    story.append(heading(tr("2. Indicateurs annoncés et atteints")))
    if not grant.promises:
        story.append(paragraph(tr("Aucun indicateur n’a été promis.")))
        return story
    columns = [
        Column(tr("Indicateur"), 5),
        Column(tr("Promis"), 1.5, Align.RIGHT),
        Column(tr("Atteint"), 1.5, Align.RIGHT),
    ]
    rows = [(each.label, each.promised, each.reached or "–") for each in grant.promises]
    story.append(ruled_table(columns, rows))
    return story


def _figures(session: Session, grant: Grant, told: Sequence[Cost]) -> list[Flowable]:
    income = _income(session, grant)
    spent = Money(sum(each.amount.cents for each in told))
    got = Money(sum(amount.cents for _, amount in income))
    story: list[Flowable] = [
        heading(tr("3. Tableau de synthèse")),
        _side(
            (tr("Charges"), tr("Total des charges")),
            _costs(told),
            (tr("Part non dépensée, à reporter ou à rendre"), got - spent),
        ),
        _side(
            (tr("Produits"), tr("Total des produits")),
            income,
            (tr("Ressources propres affectées à l’action"), spent - got),
        ),
        paragraph(_summary(grant, spent)),
    ]
    if grant.total_cost and grant.granted:
        words = tr("Coût total annoncé : {total}, dont {share} accordés par ce financeur.")
        share = Money(min(grant.granted.cents, grant.total_cost.cents))
        story.append(small(words.format(total=money(grant.total_cost), share=money(share))))
    return story


def _side(
    titles: tuple[str, str], lines: Sequence[tuple[str, Money]], rest: tuple[str, Money]
) -> Flowable:
    """Return one side of the table; what balances both stands last, where it is positive."""
    shown = [*lines, rest] if rest[1].cents > 0 else [*lines]
    total = Money(sum(amount.cents for _, amount in shown))
    rows: list[Row] = [(label, number(amount.euros)) for label, amount in shown]
    rows.append(Total((titles[1], number(total.euros))))
    columns = [Column(titles[0], 5), Column(tr("Réalisé (€)"), 1.6, Align.RIGHT)]
    return ruled_table(columns, rows, 9.5)


def _summary(grant: Grant, spent: Money) -> str:
    granted = grant.granted or Money(0)
    words = tr("Dépenses présentées : {spent}, pour {granted} accordés.").format(
        spent=money(spent), granted=money(granted)
    )
    left = granted - spent
    if left.cents > 0:
        words += " " + tr("Il reste {left} à dépenser, à reporter ou à rendre.").format(
            left=money(left)
        )
    return words


def _costs(told: Sequence[Cost]) -> list[tuple[str, Money]]:
    sums = [
        (label, sum(each.amount.cents for each in told if each.account.startswith(beginning)))
        for beginning, label in _CLASSES
    ]
    return [(label, Money(cents)) for label, cents in sums if cents]


def _income(session: Session, grant: Grant) -> list[tuple[str, Money]]:
    """Return the income of the project, or the grant alone when it has none."""
    project = session.get(Section, grant.project_id) if grant.project_id else None
    if project is None or grant.first is None or grant.last is None:
        title = session.scalar(select(Account.title).where(Account.number == grant.account))
        return [(f"{grant.account} – {title or ''}", grant.granted or Money(0))]
    period = Period.through(grant.first, grant.last)
    found = balances(session, period, beginning="7", project=project.code, opening=False)
    return [(f"{b.number} – {b.title}", -b.net) for b in found if b.net]


def _statement() -> list[Flowable]:
    return [
        heading(tr("4. Attestation")),
        paragraph(
            tr(
                "Je certifie exactes les informations du présent compte rendu, tirées des comptes"
                " de l’association."
            )
        ),
        writing_lines(tr("Fait à, le, nom, qualité et signature"), 3),
    ]


def _list(told: Sequence[Cost]) -> Flowable:
    if not told:
        return paragraph(tr("Aucune dépense présentée."))
    columns = [
        Column(tr("Jour"), 1.3),
        Column(tr("Pièce"), 1.6),
        Column(tr("Libellé"), 4.4),
        Column(tr("Payé (€)"), 1.4, Align.RIGHT),
        Column(tr("Présenté (€)"), 1.4, Align.RIGHT),
    ]
    rows: list[Row] = []
    titles = {each.account: each.account_title for each in told}
    for account in sorted(titles):
        rows.append(Band(f"{account} {titles[account]}"))
        rows += [
            (
                short_day(each.day),
                each.piece_ref,
                each.label,
                number(each.whole.euros),
                number(each.amount.euros),
            )
            for each in told
            if each.account == account
        ]
    total = Money(sum(each.amount.cents for each in told))
    rows.append(Total(("", "", tr("Total"), "", number(total.euros))))
    return ruled_table(columns, rows, 9)


def _or_dash(amount: Money | None) -> str:
    return money(amount) if amount is not None else "–"
