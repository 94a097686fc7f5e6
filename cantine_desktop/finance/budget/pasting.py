"""A budget pasted from a spreadsheet: accounts, words, the year or its twelve months."""

import re
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.budget import planning
from cantine_desktop.finance.budget.model import Budget, BudgetLine
from cantine_desktop.finance.budget.months import evenly, months_of
from cantine_desktop.finance.budget.planning import LineFacts
from cantine_desktop.finance.ledger.model import FiscalYear, Section
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money

_ACCOUNT = re.compile(r"[678]\d{0,5}")
_AMOUNT = re.compile(r"[-+−]?\d[\d\s.’']*([.,]\d{1,2})?\s?€?")


def paste_lines(
    session: Session, year: FiscalYear, block: Sequence[Sequence[str]], today: date
) -> tuple[int, int]:
    """Take lines into a budget: new ones are added, those of known accounts changed.

    Each line of the block has an account, words, then the year’s amount or one per month;
    lines without an account, such as titles and totals, are passed over.

    Args:
        session: The session of an action.
        year: The fiscal year.
        block: Cells as a spreadsheet copies them.
        today: The present civil day, for a budget that begins.

    Returns:
        How many lines were added and changed.

    Raises:
        UserError: No line has an account and an amount, or one makes no sense.
    """
    found = [facts for n, cells in enumerate(block, 1) if (facts := _read(cells, year, n))]
    if not found:
        raise UserError(
            tr(
                "Rien à coller : copiez des lignes avec un compte (6…, 7…), un libellé et un"
                " montant, ou douze montants."
            )
        )
    budget = planning.current(session, year) or planning.begin(session, year, today)
    return take_lines(session, budget, found)


def take_lines(session: Session, budget: Budget, found: Sequence[LineFacts]) -> tuple[int, int]:
    """Add lines to a budget, or change those of the same accounts and activity.

    Raises:
        UserError: The budget is adopted, or a line is refused.
    """
    codes = {row.id: row.code for row in session.scalars(select(Section))}
    known: dict[tuple[str, str], BudgetLine] = {
        (line.nature, codes.get(line.activity_id or 0, "")): line for line in budget.lines
    }
    added = changed = 0
    for facts in found:
        line = known.get((facts.nature, facts.activity))
        if line is None:
            known[facts.nature, facts.activity] = planning.add_line(session, budget, facts)
            added += 1
        elif list(facts.months) != line.months or facts.label != line.label:
            kept = LineFacts(
                facts.nature,
                facts.label,
                facts.months,
                facts.activity,
                line.outlook,
                line.expected,
                facts.comment or line.comment,
            )
            planning.change_line(session, line, kept)
            changed += 1
    return added, changed


def _read(cells: Sequence[str], year: FiscalYear, place: int) -> LineFacts | None:
    texts = [cell.strip() for cell in cells]
    account = next((text for text in texts[:2] if _ACCOUNT.fullmatch(text)), None)
    if account is None:
        return None
    rest = texts[texts.index(account) + 1 :]
    amounts = [_money(text, place) for text in rest if _AMOUNT.fullmatch(text)]
    words = [text for text in rest if text and not _AMOUNT.fullmatch(text)]
    if not amounts:
        return None
    months = len(months_of(year))
    if len(amounts) in {months, months + 1} and months > 1:
        cents = [amount.cents for amount in amounts[:months]]
    else:
        cents = evenly(amounts[0], months)
    return LineFacts(account, words[0] if words else account, tuple(cents))


def _money(text: str, place: int) -> Money:
    plain = re.sub(r"[\s€’']", "", text.replace("−", "-"))
    if plain.count(".") and plain.count(","):
        plain = plain.replace(".", "")
    try:
        return Money.parse(plain)
    except (ValueError, ArithmeticError):
        raise UserError(
            tr("Ligne {n} : « {text} » n’est pas un montant.").format(n=place, text=text)
        ) from None
