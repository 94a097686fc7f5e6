"""What the end of a year needs, kept up to date every month: accruals, funds, grants."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cantine_desktop.finance.grants.model import Grant
from cantine_desktop.finance.ledger.model import Party, Section
from cantine_desktop.finance.ledger.queries import AccountLine, lines_behind
from cantine_desktop.finance.pack.month import Month
from cantine_desktop.finance.pack.tabs import Cell, Tab, amount, day, text
from cantine_desktop.finance.statements.dedicated import dedicated_funds
from cantine_desktop.i18n import short_day
from cantine_desktop.values.money import Money

ACCRUALS = (
    ("408", "Facture non parvenue (FNP)"),
    ("418", "Facture à établir"),
    ("428", "Personnel, charges à payer"),
    ("438", "Organismes sociaux, charges à payer"),
    ("448", "État, charges à payer et produits à recevoir"),
    ("4686", "Charge à payer"),
    ("4687", "Produit à recevoir"),
    ("486", "Charge constatée d’avance (CCA)"),
    ("487", "Produit constaté d’avance (PCA)"),
)
"""Beginnings of the accounts that carry a charge or an income to its year."""


def funds_tab(month: Month) -> Tab:
    """Return the dedicated funds of the year so far (tableau 432-22)."""
    funds = dedicated_funds(month.session, month.year, month.period.end) if month.year else []
    rows: list[tuple[Cell, ...]] = [
        (f.account, f.project, f.title, f.opening, f.carried, f.used, f.closing) for f in funds
    ]
    return Tab(
        "funds",
        "Fonds dédiés",
        (
            text("Compte"),
            text("Projet"),
            text("Intitulé", 40),
            amount("À l’ouverture"),
            amount("Reports de l’exercice"),
            amount("Utilisations"),
            amount(
                "À la clôture", formula="{À l’ouverture}+{Reports de l’exercice}-{Utilisations}"
            ),
        ),
        rows,
        "Aucun fonds dédié.",
        _to_date(month),
    )


def _to_date(month: Month) -> str:
    first, last = short_day(month.to_date.first), short_day(month.period.last)
    return f"Exercice, du {first} au {last}."


def accruals_tab(month: Month) -> Tab:
    """Return what waits on the accounts of accruals, line by line (FNP, CCA, PCA)."""
    every = " ".join(beginning for beginning, _kind in ACCRUALS)
    behind = list(lines_behind(month.session, month.to_date, beginning=every, opening=False))
    first = short_day(month.to_date.first)
    rows: list[tuple[Cell, ...]] = []
    for beginning, kind in ACCRUALS:
        opening = Money(sum(line.opening.cents for line in month.held(beginning)))
        if opening:
            rows.append((kind, beginning, None, "", f"Repris au {first}", "", opening))
        rows += [_accrual(kind, line) for line in behind if line.account.startswith(beginning)]
    return Tab(
        "accruals",
        "FNP CCA PCA",
        (
            text("Nature", 40),
            text("Compte"),
            day("Date"),
            text("Pièce", 18),
            text("Libellé", 44),
            text("Tiers", 24),
            amount("Montant"),
        ),
        rows,
        "Aucune facture non parvenue, aucune charge ni aucun produit d’avance.",
        _to_date(month) + " Montant positif : débit.",
    )


def _accrual(kind: str, line: AccountLine) -> tuple[Cell, ...]:
    return (kind, line.account, line.day, line.piece_ref, line.label, line.party, line.amount)


_OF_GRANTS = (
    text("Financeur", 30),
    text("Objet", 40),
    text("Projet"),
    text("Compte"),
    amount("Demandé"),
    amount("Accordé"),
    amount("Reçu"),
    day("Convention"),
    day("Dépenses dès"),
    day("Jusqu’au"),
    day("Compte rendu"),
    text("Remarque"),
)


def grants_tab(month: Month) -> Tab:
    """Return the grants followed: asked, granted, received, to justify (subventions)."""
    query = (
        select(Grant, Party.name, Section.code)
        .join(Party, Grant.funder_id == Party.id)
        .outerjoin(Section, Grant.project_id == Section.id)
        .options(selectinload(Grant.payments))
        .order_by(Party.name, Grant.id)
    )
    rows: list[tuple[Cell, ...]] = []
    for grant, funder, project in month.session.execute(query):
        paid = [p.amount for p in grant.payments if p.received_on]
        rows.append((
            funder,
            grant.title,
            project or "",
            grant.account,
            grant.asked,
            grant.granted,
            Money(sum(each.cents for each in paid)),
            grant.convention_on,
            grant.first,
            grant.last,
            grant.report_due,
            "refusée" if grant.refused else "",
        ))
    return Tab(
        "grants",
        "Subventions",
        _OF_GRANTS,
        rows,
        "Aucune subvention suivie.",
    )
