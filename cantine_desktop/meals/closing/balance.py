"""What a closing adds up to, and what does not balance in it; nothing is read or written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from cantine_desktop.finance.cash.model import Reason
from cantine_desktop.finance.ledger.posting import LARGEST
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.price.contributions import by, quartiles
from cantine_desktop.i18n import money, tr, trn
from cantine_desktop.meals.closing.facts import ClosingFacts
from cantine_desktop.meals.services.model import ContributionMode
from cantine_desktop.values.money import Money

ZERO = Money(0)


class Fault(NamedTuple):
    """Something that does not balance.

    Attributes:
        where: Field of ``ClosingFacts`` to look at first.
        words: What, and what to do.
    """

    where: str
    words: str


@dataclass(frozen=True)
class Figures:
    """What a closing adds up to.

    Attributes:
        contributions: People who contributed, zeros included; ``None`` when unknown.
        total: What they gave; ``None`` when unknown.
        mean: Of their contributions, to the cent; sponsored and offered meals left out.
        median: Of the same; ``None`` without a tally.
        tally: People by amount; empty when only the total is known.
        sponsored: Meals somebody else pays for.
        offered: Meals the canteen offers.
        others: What came for anything but meals.
        elsewhere: What came by anything but cash.
        cash_due: What came in cash: all the rest; ``None`` when the total is unknown.
        counted: What the till was found to hold; ``None`` when nobody counted.
        gap: Counted, less the float, less the cash due.
        faults: What does not balance, in the order of the paper.
    """

    contributions: int | None
    total: Money | None
    mean: Money | None
    median: Money | None
    tally: Mapping[Money, int]
    sponsored: int
    offered: int
    others: Money
    elsewhere: Money
    cash_due: Money | None
    counted: Money | None
    gap: Money | None
    faults: tuple[Fault, ...] = ()

    @property
    def problems(self) -> list[str]:
        """What does not balance, in sentences."""
        return [fault.words for fault in self.faults]

    @property
    def balances(self) -> bool:
        """Whether the service can be closed as it is."""
        return not self.faults

    @property
    def received(self) -> Money | None:
        """All that came in, whatever for."""
        return None if self.total is None else self.total + self.others


def figures(facts: ClosingFacts) -> Figures:
    """Return what a closing adds up to.

    A total nobody typed is what the counted till and the other means say, where a canteen
    notes totals only.
    """
    tally = _tally(facts)
    sponsored = sum(each.count for each in facts.sponsored)
    offered = facts.offered or 0
    others = _sum(facts.purposes.values())
    elsewhere = _sum(facts.means.values())
    counted = Money(sum(d.cents * n for d, n in facts.coins.items())) if facts.coins else None
    total = _total(facts, tally, others, elsewhere, counted)
    people = _people(facts, tally, sponsored + offered)
    due = None if total is None else total + others - elsewhere
    gap = None if counted is None or due is None else counted - facts.float_amount - due
    middle = quartiles(dict(tally))
    found = Figures(
        people,
        total,
        by(total, people) if total is not None and people else None,
        middle[1] if middle else None,
        tally,
        sponsored,
        offered,
        others,
        elsewhere,
        due,
        counted,
        gap,
    )
    return replace(found, faults=tuple(_faults(facts, found)))


def allocate(facts: ClosingFacts, found: Figures) -> dict[tuple[Means, Purpose], Money]:
    """Return what came by each means for each purpose, so that every sum told is kept.

    The paper tells sums by means and sums by purpose, never both at once: cash is taken to
    have paid what is no meal first, as it mostly does. The accounts see the sums alone.

    Args:
        facts: What was told; it balances.
        found: What it adds up to.
    """
    assert found.cash_due is not None
    assert found.total is not None
    left = {Means.CASH: found.cash_due.cents}
    left |= {means: facts.means[means].cents for means in Means if means in facts.means}
    wanted = {p: facts.purposes[p].cents for p in Purpose if p in facts.purposes}
    wanted[Purpose.MEALS] = found.total.cents
    parts: dict[tuple[Means, Purpose], Money] = {}
    for purpose, amount in wanted.items():
        for means, held in left.items():
            taken = min(amount, held)
            if taken > 0:
                parts[means, purpose] = Money(taken)
                left[means] -= taken
                amount -= taken  # noqa: PLW2901  -- what is still to find
    return parts


def _tally(facts: ClosingFacts) -> dict[Money, int]:
    if facts.mode is ContributionMode.TALLY:
        return {amount: n for amount, n in sorted(facts.tally.items()) if n}
    if facts.mode is ContributionMode.TOTAL:
        return {}
    counts: dict[Money, int] = {}
    for each in facts.names:
        counts[each.amount] = counts.get(each.amount, 0) + 1
    return dict(sorted(counts.items()))


def _total(
    facts: ClosingFacts,
    tally: Mapping[Money, int],
    others: Money,
    elsewhere: Money,
    counted: Money | None,
) -> Money | None:
    if facts.mode is not ContributionMode.TOTAL:
        return Money(sum(amount.cents * n for amount, n in tally.items()))
    if facts.total is None and counted is not None:
        return counted - facts.float_amount + elsewhere - others
    return facts.total


def _people(facts: ClosingFacts, tally: Mapping[Money, int], not_paid: int) -> int | None:
    if facts.mode is not ContributionMode.TOTAL:
        return sum(tally.values())
    return None if facts.diners is None else facts.diners - not_paid


def _sum(amounts: Iterable[Money]) -> Money:
    return Money(sum(amount.cents for amount in amounts))


def _faults(facts: ClosingFacts, found: Figures) -> Iterator[Fault]:
    yield from _people_faults(facts, found)
    yield from _amount_faults(facts, found)
    yield from _cash_faults(facts, found)


def _people_faults(facts: ClosingFacts, found: Figures) -> Iterator[Fault]:
    if facts.diners is None:
        yield Fault("diners", tr("Dites combien de convives étaient à table."))
        return
    if facts.diners == 0:
        yield Fault(
            "diners",
            tr("Personne à table : annulez plutôt ce service, avec sa raison, dans le calendrier."),
        )
    yield from _part_faults(facts, facts.diners)
    told = (found.contributions or 0) + found.sponsored + found.offered
    if facts.mode is not ContributionMode.TOTAL and told != facts.diners:
        yield Fault("tally", _difference_words(found, told, facts.diners))
    if facts.mode is ContributionMode.TOTAL and (found.contributions or 0) < 0:
        yield Fault(
            "sponsored",
            tr(
                "Plus de repas offerts ou pris en charge que de convives : {n} pour {diners}."
            ).format(n=found.sponsored + found.offered, diners=facts.diners),
        )
    if any(not each.payer.strip() for each in facts.sponsored):
        yield Fault("sponsored", tr("Dites qui prend en charge ces repas."))


def _part_faults(facts: ClosingFacts, diners: int) -> Iterator[Fault]:
    counts = {
        "diners": facts.diners,
        "cooks": facts.cooks,
        "newcomers": facts.newcomers,
        "children": facts.children,
        "team": facts.team,
        "offered": facts.offered,
        "given": facts.given,
    }
    told = [*facts.tally.values(), *(each.count for each in facts.sponsored)]
    told += [*facts.heard.values(), *facts.waste.values(), *facts.coins.values()]
    negative = next((where for where, n in counts.items() if (n or 0) < 0), "")
    if negative or min(told, default=0) < 0:
        yield Fault(
            negative or "tally", tr("Un nombre de personnes ou de repas n’est pas négatif.")
        )
    words = {
        "cooks": tr("{n} en cuisine, mais {diners} à table : l’un des deux est faux."),
        "newcomers": tr("{n} nouveaux, mais {diners} à table : l’un des deux est faux."),
        "children": tr("{n} enfants, mais {diners} à table : l’un des deux est faux."),
    }
    for where, text in words.items():
        if (counts[where] or 0) > diners:
            yield Fault(where, text.format(n=counts[where], diners=diners))
    heard = sum(facts.heard.values())
    if heard > (facts.newcomers or 0):
        yield Fault(
            "newcomers",
            trn(
                "{n} nouveau a dit comment il est venu, mais {newcomers} sont comptés.",
                "{n} nouveaux ont dit comment ils sont venus, mais {newcomers} sont comptés.",
                heard,
            ).format(n=heard, newcomers=facts.newcomers or 0),
        )


def _difference_words(found: Figures, told: int, diners: int) -> str:
    parts = [trn("{n} contribution", "{n} contributions", found.contributions or 0)]
    parts[0] = parts[0].format(n=found.contributions or 0)
    if found.sponsored:
        parts.append(tr("{n} pris en charge").format(n=found.sponsored))
    if found.offered:
        parts.append(trn("{n} offert", "{n} offerts", found.offered).format(n=found.offered))
    gap = abs(diners - told)
    rest = (
        trn("Il en manque {n}.", "Il en manque {n}.", gap)
        if told < diners
        else trn("Il y en a {n} de trop.", "Il y en a {n} de trop.", gap)
    )
    text = tr("{counted} : cela fait {told} repas, pour {diners} à table. {rest}")
    return text.format(counted=", ".join(parts), told=told, diners=diners, rest=rest.format(n=gap))


def _amount_faults(facts: ClosingFacts, found: Figures) -> Iterator[Fault]:
    amounts = [*facts.tally, *facts.purposes.values(), *facts.means.values(), facts.float_amount]
    amounts += [each.amount for each in facts.names]
    amounts += [each.amount for each in facts.sponsored if each.amount is not None]
    amounts += [] if facts.total is None else [facts.total]
    if any(amount.cents < 0 for amount in amounts):
        yield Fault("tally", tr("Un montant n’est pas négatif."))
    if any(amount.cents > LARGEST for amount in amounts):
        yield Fault("tally", tr("Ce montant est trop grand pour être juste : vérifiez-le."))
    if Means.CASH in facts.means or Purpose.MEALS in facts.purposes:
        yield Fault(
            "means", tr("Les espèces et les contributions se calculent : laissez-les vides.")
        )
    if found.total is None:
        yield Fault(
            "total", tr("Tapez le total des contributions, ou comptez la caisse : elle le dira.")
        )
        return
    if found.total.cents < 0:
        yield Fault(
            "coins",
            tr("La caisse contient moins que le fond et les autres recettes : recomptez."),
        )
    if found.total and not found.contributions:
        yield Fault("diners", tr("Des contributions, mais personne qui contribue : vérifiez."))
    if found.cash_due is not None and found.cash_due.cents < 0 <= found.total.cents:
        yield Fault(
            "means",
            tr(
                "Carte, chèques et autres moyens font {means}, plus que tout ce qui est entré "
                "({received}). Vérifiez les moyens ou le pointage."
            ).format(means=money(found.elsewhere), received=money(found.total + found.others)),
        )


def _cash_faults(facts: ClosingFacts, found: Figures) -> Iterator[Fault]:
    if found.gap is None:
        return
    if abs(found.gap.cents) > facts.tolerated.cents and facts.cash_reason is None:
        yield Fault(
            "cash_reason",
            tr(
                "{gap} d’écart de caisse : choisissez une raison, « inexpliqué pour l’instant » "
                "s’il le faut."
            ).format(gap=money(found.gap)),
        )
    if found.gap and facts.cash_reason is Reason.OTHER and not facts.cash_note.strip():
        yield Fault("cash_reason", tr("Écrivez la raison de l’écart de caisse."))
