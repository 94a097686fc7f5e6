"""The command for figures: every indicator of a period."""

import sys
from argparse import Namespace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.clock import Clock, civil_date
from cantine_desktop.commands import opening
from cantine_desktop.commands.output import say, say_json
from cantine_desktop.commands.parsing import Commands, add_book, add_json, add_period
from cantine_desktop.commands.periods import period_of
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.errors import UserError
from cantine_desktop.exchange.writers import write_csv
from cantine_desktop.i18n import number, short_day, tr
from cantine_desktop.network.explaining import NOTHING, explain
from cantine_desktop.network.files import as_table
from cantine_desktop.network.indicators import INDICATORS, Figure, figures, lived
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP


def add_commands(commands: Commands) -> None:
    """Offer ``figures``."""
    parser = commands.add("figures", _figures, tr("Donner les indicateurs d’une période."))
    add_book(parser)
    add_period(parser)
    parser.add_argument("--csv", action="store_true", help=tr("écrire un tableau CSV"))
    parser.add_argument(
        "--why",
        metavar=tr("CLÉ"),
        default="",
        help=tr("montrer les lignes derrière un indicateur : meals, full-cost…"),
    )
    add_json(parser)


def _figures(options: Namespace, clock: Clock) -> int:
    today = civil_date(clock())
    period = period_of(options, Cadence.MONTH, today)
    with opening.reading(options, clock) as book, book.read() as session:
        if options.why:
            return _why(session, options.why, period, today, book.actor)
        found = figures(session, period, today, book.actor)
    if options.csv:
        write_csv(sys.stdout.buffer, as_table(found, period))
        return 0
    if options.json:
        say_json(_for_programs(period, found))
        return 0
    say(
        tr("Du {first} au {last}").format(
            first=short_day(period.first), last=short_day(period.last)
        )
    )
    for figure in found:
        say(f"{tr(figure.indicator.title):<44} {_written(figure):>12}")
    return 0


def _why(session: Session, key: str, period: Period, today: date, actor: Actor) -> int:
    """Say what an indicator is made of, line by line.

    Raises:
        UserError: Nothing is called that.
    """
    indicator = next(
        (each for each in INDICATORS if each.key == key and actor.may_read(each.area)), None
    )
    if indicator is None:
        raise UserError(
            tr(
                "Aucun indicateur ne s’appelle « {key} » ; « figures --json » donne les clés."
            ).format(key=key)
        )
    days = lived(indicator, period, today)
    found = explain(session, key, days) if days else NOTHING
    say(f"{tr(indicator.title)}. {tr(indicator.formula)}")
    if found.words:
        say(found.words)
    if found.headings:
        say("\t".join(tr(heading.title) for heading in found.headings))
    for line in found.lines:
        say("\t".join(line.texts))
    return 0


def _for_programs(period: Period, found: list[Figure]) -> dict[str, object]:
    """Return the figures as JSON knows them; a value is a text, ``"97.5"``, or null."""
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "figures": [
            {
                "key": figure.indicator.key,
                "code": figure.indicator.code,
                "title": tr(figure.indicator.title),
                "formula": tr(figure.indicator.formula),
                "unit": figure.indicator.unit,
                "value": None if figure.value is None else _plain(figure.value),
            }
            for figure in found
        ],
    }


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _written(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    unit = figure.indicator.unit
    return number(figure.value) + (f"{NBSP}{tr(unit)}" if unit else "")
