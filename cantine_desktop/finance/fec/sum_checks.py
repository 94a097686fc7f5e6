"""Sums over the whole file: balances of accounts, the till of each day, letterings."""

from collections import defaultdict
from collections.abc import Mapping

from cantine_desktop.finance.chart.numbering import Numbering, carried
from cantine_desktop.finance.fec.codes import Severity
from cantine_desktop.finance.fec.faults import SHOWN, Expected, Tally
from cantine_desktop.finance.fec.values import euros, shown
from cantine_desktop.i18n import mark, tr

_MOST = 200_000
"""Letterings that wait for their other lines, and accounts; more are not followed."""


class Sums:
    """Adds lines up.

    Attributes:
        debit: Sum of the debits, in cents.
        credit: Sum of the credits, in cents.
        is_cash_basis: Receipts and expenses are kept, which need no other side.
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self.debit = self.credit = 0
        self.balances: defaultdict[str, int] = defaultdict(int)
        self.openings: defaultdict[str, int] = defaultdict(int)
        self._tills: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)
        self._groups: dict[tuple[str, str, str], list[int]] = {}
        self.is_complete = True
        self.is_cash_basis = False

    def add(self, line: int, account: str, day: int, cents: int, *, opening: bool) -> None:
        """Add a line, debit less credit, in cents."""
        if len(self.balances) >= _MOST and account not in self.balances:
            self.is_complete = False
            return
        self.balances[account] += cents
        if opening:
            self.openings[account] += cents
        if account.startswith("53") and day:
            moved = self._tills[account].setdefault(day, [0, line])
            moved[0] += cents

    def letter(self, line: int, key: tuple[str, str, str], cents: int) -> None:
        """Add a lettered line to those of its account, party and code."""
        group = self._groups.get(key)
        if group is None:
            if len(self._groups) >= _MOST:
                self.is_complete = False
                return
            self._groups[key] = [cents, line]
            return
        group[0] += cents
        if not group[0]:
            del self._groups[key]

    def total(self, *beginnings: str) -> int:
        """Return debit less credit of the accounts that begin so."""
        return sum(c for number, c in self.balances.items() if number.startswith(beginnings))

    def conclude(
        self, prior: Mapping[str, int] | None, *, unsure: bool, renumbers: bool = False
    ) -> None:
        """Judge the sums once the last line is read.

        Args:
            prior: Closing balances of the year before, debit less credit, in cents.
            renumbers: The year is the first in the numbering of ANC 2022-06, the one before is
                not: accounts open under other numbers.
            unsure: Lines could not be read: sums that do not match prove nothing.
        """
        self._judge_letterings()
        if not unsure:
            self._judge_total()
            self._judge_tills()
            self._judge_accounts()
        if prior is not None:
            self._judge_openings(prior, renumbers=renumbers)

    def _judge_total(self) -> None:
        if self.debit != self.credit:
            words = mark("Le total des débits est {debit}, celui des crédits {credit}.")
            self._tally.add(
                "G01",
                0,
                "",
                words,
                severity=Severity.WARNING if self.is_cash_basis else None,
                debit=euros(self.debit),
                credit=euros(self.credit),
            )

    def _judge_letterings(self) -> None:
        for (account, party, code), (cents, line) in self._groups.items():
            if not cents:
                continue
            words = mark(
                "Le lettrage « {code} » du compte {account} ne se solde pas : {gap} d’écart."
            )
            if party:
                words = mark(
                    "Le lettrage « {code} » du compte {account}, tiers {party}, ne se solde pas : "
                    "{gap} d’écart."
                )
            self._tally.add(
                "G07",
                line,
                "EcritureLet",
                words,
                code=code,
                account=account,
                party=party,
                gap=euros(cents),
            )

    def _judge_tills(self) -> None:
        for account, moves in sorted(self._tills.items()):
            left = 0
            for day, (cents, line) in sorted(moves.items()):
                left += cents
                if left < 0:
                    words = mark("La caisse {account} est négative de {gap} au soir du {day}.")
                    self._tally.add(
                        "G08",
                        line,
                        "Credit",
                        words,
                        account=account,
                        gap=euros(left),
                        day=shown(day),
                    )

    def _judge_accounts(self) -> None:
        for beginning in ("471", "58"):
            left = self.total(beginning)
            if left:
                words = mark("Les comptes {account} gardent {gap} à la clôture.")
                self._tally.add("G09", 0, "", words, account=beginning, gap=euros(left))
        used, given = self.total("86"), -self.total("87")
        if used != given:
            words = mark("Les comptes 86 totalisent {used}, les comptes 87 {given}.")
            self._tally.add("G10", 0, "", words, used=euros(used), given=euros(given))
        kept = self.total("689", "789")
        varied = self.total("19") - sum(
            c for number, c in self.openings.items() if number.startswith("19")
        )
        if kept + varied:
            words = mark("Les comptes 689 et 789 varient de {kept}, les comptes 19 de {varied}.")
            self._tally.add("G11", 0, "", words, kept=euros(kept), varied=euros(varied))

    def _judge_openings(self, prior: Mapping[str, int], *, renumbers: bool) -> None:
        """Compare openings with the closing before, results and carried-over sums in one."""
        expected: defaultdict[str, int] = defaultdict(int)
        for old, cents in prior.items():
            number = old
            if renumbers and old not in self.openings:
                number = carried(old, Numbering.BEFORE_2025, Numbering.FROM_2025)
            if number[:1] in "12345":
                expected["11/12" if number[:2] in {"11", "12"} else number] += cents
            elif number[:1] in {"6", "7"}:
                expected["11/12"] += cents
        found: defaultdict[str, int] = defaultdict(int)
        for number, cents in self.openings.items():
            found["11/12" if number[:2] in {"11", "12"} else number] += cents
        wrong = [n for n in sorted({*expected, *found}) if expected[n] != found[n]]
        gaps: defaultdict[str, int] = defaultdict(int)
        for number in wrong:
            gaps[number[:2]] += found[number] - expected[number]
        for number in wrong[: 2 * SHOWN]:
            words = mark("Le compte {account} s’ouvre à {found} ; il s’était clos à {expected}.")
            self._tally.add(
                "G04",
                0,
                "",
                words,
                severity=Severity.WARNING if renumbers and not gaps[number[:2]] else None,
                account=number,
                found=_side(found[number]),
                expected=_side(expected[number]),
            )

    def compare(self, expected: Expected, lines: int, entries: int) -> None:
        """Compare the file with the ledger it was made from."""
        pairs = (
            (lines, expected.lines),
            (entries, expected.entries),
            (self.debit, expected.debit.cents),
            (self.credit, expected.credit.cents),
        )
        if any(found != wanted for found, wanted in pairs):
            words = mark(
                "Le fichier a {lines} lignes et {entries} écritures, le grand livre {all_lines} et "
                "{all_entries} ; débit {debit} contre {all_debit}."
            )
            self._tally.add(
                "G13",
                0,
                "",
                words,
                lines=lines,
                entries=entries,
                all_lines=expected.lines,
                all_entries=expected.entries,
                debit=euros(self.debit),
                all_debit=euros(expected.debit.cents),
            )
        if expected.result is not None and -self.total("6", "7") != expected.result.cents:
            words = mark("Les classes 6 et 7 donnent {found}, le compte de résultat {wanted}.")
            self._tally.add(
                "G12",
                0,
                "",
                words,
                found=_side(self.total("6", "7")),
                wanted=_side(-expected.result.cents),
            )


def _side(cents: int) -> str:
    """Write a balance with its side, as people say it."""
    if not cents:
        return tr("zéro")
    if cents > 0:
        return tr("{amount} au débit").format(amount=euros(cents))
    return tr("{amount} au crédit").format(amount=euros(cents))
