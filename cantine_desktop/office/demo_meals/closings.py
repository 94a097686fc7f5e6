"""How the services of the demonstration are closed: counts, coins, waste, a word."""

import random
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from cantine_desktop.finance.cash.denominations import DENOMINATIONS
from cantine_desktop.finance.cash.model import Reason
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.closing.drafting import draft_of, save
from cantine_desktop.meals.closing.facts import ClosingFacts, Sponsored
from cantine_desktop.meals.closing.model import Heard, ServiceClosing, WasteStage
from cantine_desktop.meals.closing.sealing import close
from cantine_desktop.meals.services.model import ContributionMode
from cantine_desktop.values.money import Money

FLOAT = Money(8_000)
"""What stays in the till after a deposit."""
LARGEST_NOTE = 5_000
HEARD = {
    Heard.FRIEND: 46,
    Heard.PASSING_BY: 18,
    Heard.PARTNER: 14,
    Heard.NETWORKS: 13,
    Heard.PRESS: 6,
    Heard.OTHER: 3,
}
WORDS = (
    mark("Belle tablée, on a manqué de pain."),
    mark("Premier repas de Khadija, tout le monde a chanté."),
    mark("Beaucoup d’habitués, cuisine calme."),
    mark("Le dahl est à refaire, moins salé."),
    mark("Trois enfants à la plonge, ravis."),
)


def close_service(
    session: Session, service_id: int, facts: TakingsFacts, gap: int, at: datetime
) -> ServiceClosing:
    """Close a service as somebody does after the washing-up.

    Args:
        session: The session of the action that writes the demonstration.
        service_id: The service.
        facts: What came in.
        gap: Cents the till has too much, or lacks.
        at: When.
    """
    draft = draft_of(session, service_id, at)
    save(session, draft.id, _told(facts, gap), at)
    close(session, draft.id, "AM", at)
    return draft


def _told(facts: TakingsFacts, gap: int) -> ClosingFacts:
    dice = random.Random(f"{facts.day}{facts.service}")  # noqa: S311  -- a fictional year
    means: Counter[Means] = Counter()
    purposes: Counter[Purpose] = Counter()
    for (by, purpose), amount in facts.parts.items():
        means[by] += amount.cents
        purposes[purpose] += amount.cents
    cash = means.pop(Means.CASH, 0)
    del purposes[Purpose.MEALS]
    sponsored = tuple(
        Sponsored(tr("Petits Frères"), facts.offered) for _one in [1][: facts.offered]
    )
    lost = gap < -100
    return ClosingFacts(
        mode=ContributionMode.TALLY,
        diners=facts.meals + facts.offered,
        cooks=facts.cooks,
        newcomers=facts.newcomers,
        children=min(facts.meals // 4, dice.choice((0, 0, 1, 1, 2, 3))),
        team=dice.choice((2, 3, 3, 4)),
        offered=0,
        given=dice.choice((0, 0, 0, 2, 3, 4)),
        tally=dict(facts.tally),
        purposes={purpose: Money(cents) for purpose, cents in purposes.items()},
        means={by: Money(cents) for by, cents in means.items()},
        sponsored=sponsored,
        coins=coins_of(FLOAT.cents + cash + gap),
        float_amount=FLOAT,
        cash_reason=Reason.FORGOTTEN_ENVELOPE if lost else None,
        cash_note=tr("Une enveloppe de 20 € manque") if lost else "",
        waste=_waste(facts.meals, dice),
        heard=_heard(facts.newcomers, dice),
        word=tr(dice.choice(WORDS)) if dice.random() < 0.15 else "",
        displayed_price=facts.displayed_price,
    )


def coins_of(cents: int) -> dict[Money, int]:
    """Return the notes and coins that make an amount, no note above 50 €."""
    found: dict[Money, int] = {}
    for denomination in DENOMINATIONS:
        if denomination.cents > LARGEST_NOTE:
            continue
        number, cents = divmod(cents, denomination.cents)
        if number:
            found[denomination] = number
    return found


def _waste(meals: int, dice: random.Random) -> Mapping[WasteStage, int]:
    """Return the grams weighed: peelings always, plates mostly, what was not served at times."""
    found = {WasteStage.PREPARATION: meals * dice.randint(38, 62) // 10 * 10}
    if dice.random() < 0.9:
        found[WasteStage.LEFTOVERS] = meals * dice.randint(12, 30) // 10 * 10
    if dice.random() < 0.4:
        found[WasteStage.UNSERVED] = meals * dice.randint(10, 40) // 10 * 10
    return found


def _heard(newcomers: int, dice: random.Random) -> Mapping[Heard, int]:
    return Counter(dice.choices(list(HEARD), weights=list(HEARD.values()), k=newcomers))
