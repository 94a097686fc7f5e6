"""The rows of the budget: lines under their families, with totals."""

from collections.abc import Iterable

from cantine_desktop.finance.budget.following import Followed, FollowedLine, sums_of
from cantine_desktop.i18n import mark, tr
from ui.finance.rows_table import ShownRow, signed, whole
from ui.kit.table import Column

FAMILIES = (
    ("6", mark("Charges"), mark("Total des charges")),
    ("7", mark("Produits"), mark("Total des produits")),
    ("86", mark("Emplois en nature"), mark("Total des emplois en nature")),
    ("87", mark("Contributions en nature"), mark("Total des contributions en nature")),
)


def columns() -> list[Column]:
    """Return the columns of the budget; amounts are in whole euros."""
    return [
        Column(tr("Comptes"), 72),
        Column(tr("Libellé"), 226),
        Column(tr("Budget (€)"), 88, "right"),
        Column(tr("Réel (€)"), 88, "right"),
        Column(tr("Engagé (€)"), 108, "right"),
        Column(tr("Prévu (€)"), 88, "right"),
        Column(tr("Écart (€)"), 106, "right"),
        Column(tr("N-1 (€)"), 84, "right"),
        Column(tr("Commentaire"), 160),
    ]


def by_nature(followed: Followed) -> list[ShownRow]:
    """Return expenses, income, then what is given in kind, each with its total."""
    rows: list[ShownRow] = []
    for beginning, title, total in FAMILIES:
        lines = [line for line in followed.lines if line.nature.startswith(beginning)]
        if lines:
            rows.append(_head(tr(title)))
            rows += [_line(line) for line in lines]
            rows.append(_total(tr(total), lines))
    return [*rows, *_result(followed)]


def by_activity(followed: Followed) -> list[ShownRow]:
    """Return each activity with its expenses, income and what is left."""
    titles = {line.activity: line.activity_title for line in followed.lines}
    rows: list[ShownRow] = []
    for code in sorted(titles, key=_activity_rank):
        lines = [
            line for line in followed.lines if line.activity == code and line.nature[0] in "67"
        ]
        if not lines:
            continue
        rows.append(_head(titles[code] or tr("Toutes activités")))
        rows += [_line(line) for line in lines]
        costs = [line for line in lines if line.nature[0] == "6"]
        income = [line for line in lines if line.nature[0] == "7"]
        rows.append(_balance(tr("Solde de l’activité"), income, costs))
    return [*rows, *_result(followed)]


def _activity_rank(code: str) -> tuple[bool, str]:
    return not code, code


def _result(followed: Followed) -> list[ShownRow]:
    costs = [line for line in followed.lines if line.nature[0] == "6"]
    income = [line for line in followed.lines if line.nature[0] == "7"]
    return [_balance(tr("Résultat (produits − charges)"), income, costs)]


def _head(title: str) -> ShownRow:
    return ShownRow(None, ("", title, *[""] * 7), is_strong=True, tone="primary")


def _line(line: FollowedLine) -> ShownRow:
    title = line.label
    if line.activity_title and line.key is not None:
        title = f"{title} · {line.activity_title}"
    comment = line.comment or (tr("hors budget") if line.key is None else "")
    over = line.gap.cents if not line.is_income else -line.gap.cents
    is_bad = line.key is not None and over > max(abs(line.planned.cents) // 10, 10_000)
    texts = (
        line.nature,
        title,
        whole(line.planned),
        whole(line.actual),
        whole(line.engaged),
        whole(line.forecast),
        signed(line.gap),
        whole(line.last_year),
        f"▲ {comment}".strip() if is_bad else comment,
    )
    tone = "bad" if is_bad else "muted" if line.key is None else ""
    return ShownRow(line, texts, tone=tone)


def _total(title: str, lines: Iterable[FollowedLine]) -> ShownRow:
    planned, _due, actual, engaged, forecast, last = sums_of(lines)
    texts = (
        "",
        title,
        whole(planned),
        whole(actual),
        whole(engaged),
        whole(forecast),
        signed(forecast - planned),
        whole(last),
        "",
    )
    return ShownRow(None, texts, is_strong=True)


def _balance(title: str, income: Iterable[FollowedLine], costs: Iterable[FollowedLine]) -> ShownRow:
    got, spent = sums_of(income), sums_of(costs)
    planned, _due, actual, _engaged, forecast, last = (
        one - other for one, other in zip(got, spent, strict=True)
    )
    texts = (
        "",
        title,
        signed(planned),
        signed(actual),
        "",
        signed(forecast),
        signed(forecast - planned),
        signed(last),
        "",
    )
    return ShownRow(None, texts, is_strong=True, tone="" if forecast.cents >= 0 else "bad")
