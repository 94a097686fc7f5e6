"""Lines: each of the eighteen values of each of them."""

import re
from collections.abc import Collection

from cantine_desktop.finance.fec.account_roots import COLLECTIVE, is_known
from cantine_desktop.finance.fec.codes import Severity
from cantine_desktop.finance.fec.entry_checks import IN_KIND, OPERATING, RESULT, Entries, opens
from cantine_desktop.finance.fec.faults import Office, Tally
from cantine_desktop.finance.fec.fields import FIELDS, NAMES, WIDTH
from cantine_desktop.finance.fec.heading_checks import Layout
from cantine_desktop.finance.fec.sum_checks import Sums
from cantine_desktop.finance.fec.text_checks import Mender
from cantine_desktop.finance.fec.values import Amounts, Days
from cantine_desktop.i18n import mark
from cantine_desktop.values.text import fold

_ACCOUNT = re.compile(r"[1-8]\d{2}", re.ASCII)
_REQUIRED = tuple((place, f.name) for place, f in enumerate(FIELDS) if f.is_required)
_LEFT_BLANK = {"JournalCode", "JournalLib", "CompteNum"}
"""Fields that cash accounting leaves blank where it does not use them (VIII-5° and 7°)."""
_TOLD_BY_OFFICE = {"JournalCode", "JournalLib", "ValidDate"}
"""Fields whose blanks the tax office’s tool tells, but for cash accounting."""
_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB "
    "EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD "
    "JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP "
    "MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR "
    "RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND "
    "TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU XCD XCG "
    "XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMW ZWG"
)
_CURRENCIES = frozenset(_CODES.split())
"""ISO 4217 codes in force."""
ZERO = "0,00"
_MOST = 200_000
"""Accounts, journals and parties that are remembered."""
_LONGEST_ACCOUNT = ((8, "Quadra"), (11, "Ciel"))
_LONGEST_JOURNAL, _LONGEST_PARTY, _LONGEST_REF = 3, 17, 35


class Lines:
    """Judges the lines of a file one after the other.

    Attributes:
        count: Lines of entries so far.
    """

    def __init__(
        self,
        tally: Tally,
        layout: Layout,
        entries: Entries,
        sums: Sums,
        chart: Collection[str] | None,
    ) -> None:
        self._tally, self._layout, self._entries, self._sums = tally, layout, entries, sums
        self._chart = chart
        self._mender = Mender(tally, layout)
        self._plain = layout.is_plain and layout.width == WIDTH and not layout.signed
        self._lacking = {NAMES[at] for at, place in enumerate(layout.order) if place is None}
        self._days, self._amounts = Days(tally), Amounts(tally)
        self._journals: dict[str, str] = {}
        self._accounts: dict[str, str] = {}
        self._kinds: dict[str, int] = {}
        self._parties: set[tuple[str, str, str]] = set()
        self._pairs: set[tuple[str, str]] = set()
        self.count = 0

    def read(self, line: int, text: str, *, suspicious: bool = False) -> None:
        """Judge a line.

        Args:
            line: Its number in the file.
            text: Without its end.
            suspicious: It may hold characters that no text should.
        """
        parts = text.split(self._layout.separator)
        if suspicious or len(parts) != self._layout.width:
            mended = self._mender.mend(line, text, parts)
            if mended is None:
                self._entries.doubt(*([*parts, "", "", ""][0:3:2]))
                return
            parts = mended
        if not self._plain:
            if self._layout.payment is not None:
                self._judge_payment(line, parts, self._layout.payment)
            parts = self._in_order(line, parts)
        self.count += 1
        self._judge(line, parts)

    def _in_order(self, line: int, parts: list[str]) -> list[str]:
        """Return the eighteen values in the order of the norm, debit and credit from a side."""
        values = ["" if place is None else parts[place] for place in self._layout.order]
        if self._layout.signed:
            side = values[12].strip()
            if side in {"d", "c"}:
                words = mark("Le sens « {text} » est en minuscule.")
                self._tally.add("H05", line, "Sens", words, severity=Severity.WARNING, text=side)
            if side in {"D", "d", "+1"}:
                values[12] = "0,00"
            elif side in {"C", "c", "-1"}:
                values[11], values[12] = "0,00", values[11]
            else:
                words = mark("Le sens « {text} » n’est ni D, ni C, ni +1, ni -1.")
                self._tally.add("H05", line, "Sens", words, text=side)
                self._tally.worsen(Office.STOPPED)
                self._entries.doubt(values[0], values[2])
                values[12] = "0,00"
        return values

    def _judge_payment(self, line: int, parts: list[str], places: tuple[int, int]) -> None:
        """Judge when and how a line of cash accounting was paid."""
        for place, name in zip(places, ("DateRglt", "ModeRglt"), strict=True):
            text = parts[place].strip()
            if not text:
                words = mark("La zone {name} est vide.")
                self._tally.add("L02", line, name, words, severity=Severity.WARNING, name=name)
            elif name == "DateRglt" and text not in self._days.known:
                self._days.judge(line, name, text)

    def _judge(self, line: int, parts: list[str]) -> None:  # noqa: C901, PLR0914  -- a call more costs a second a million lines
        journal, journal_title, number, day, account, title, party, party_name, ref = parts[:9]
        ref_day, _label, debit, credit, lettering, lettered, valid, foreign, currency = parts[9:]
        if "" in parts[:6] or "" in parts[8:13] or not valid:
            self._judge_blanks(line, parts)
        if self._journals.get(journal) != journal_title:
            self._judge_journal(line, journal, journal_title)
        if self._accounts.get(account) != title:
            self._judge_account(line, account, title)
        if party or party_name:
            key = (account, party, party_name)
            if key not in self._parties:
                self._judge_party(line, key)
        known = self._days.known
        try:
            days = known[day], known[ref_day], known[valid]
        except KeyError:
            days = self._judge_days(line, day, ref_day, valid)
        if days[2] and days[1] > days[2]:
            words = mark("La pièce « {ref} » est datée d’après la validation de l’écriture.")
            self._tally.add("E07", line, "PieceDate", words, ref=ref)
        cents = self._cents(line, debit, credit)
        names = (journal, number, day, ref, valid)
        self._entries.add(line, names, (days[0], days[2]), cents, self._kinds.get(account, 0))
        if cents:
            self._sums.add(line, account, days[0], cents, opening=self._entries.is_opening)
        if lettering or lettered:
            self._judge_lettering(line, (account, party, lettering), lettered, cents or 0)
        if foreign or currency:
            self._judge_currency(line, foreign, currency)

    def _cents(self, line: int, debit: str, credit: str) -> int | None:
        """Return debit less credit, and judge that one of them alone is not nothing."""
        read = self._amounts.read
        taken = 0 if debit == ZERO else read(line, "Debit", debit)
        given = 0 if credit == ZERO else read(line, "Credit", credit)
        if taken is None or given is None:
            return None
        if (taken == 0) == (given == 0):
            both = mark("La ligne porte à la fois un débit de {debit} et un crédit de {credit}.")
            none = mark("La ligne ne porte ni débit ni crédit.")
            if taken or debit.strip() or credit.strip():
                words = both if taken else none
                self._tally.add("L05", line, "Debit", words, debit=debit, credit=credit)
        self._sums.debit += taken
        self._sums.credit += given
        return taken - given

    def _judge_blanks(self, line: int, parts: list[str]) -> None:
        one_side = bool(parts[11].strip()) != bool(parts[12].strip())
        for place, name in _REQUIRED:
            if parts[place].strip() or self._layout.order[place] is None:
                continue
            if self._layout.is_cash_basis and name in _LEFT_BLANK:
                continue
            is_amount = name in {"Debit", "Credit"}
            untold = is_amount or (self._layout.is_cash_basis and name in _TOLD_BY_OFFICE)
            words = mark("La zone {name} est vide.")
            if is_amount and one_side:
                words = mark("La zone {name} est vide : la norme y attend 0,00.")
            weight = Severity.WARNING if is_amount and one_side else Severity.ERROR
            self._tally.add("L02", line, name, words, severity=weight, office=not untold, name=name)

    def _judge_days(self, line: int, day: str, ref_day: str, valid: str) -> tuple[int, int, int]:
        found = [
            self._days.known.get(text) or self._days.judge(line, name, text)
            for name, text in (("EcritureDate", day), ("PieceDate", ref_day), ("ValidDate", valid))
        ]
        return found[0], found[1], found[2]

    def _is_new(self, kind: str, text: str) -> bool:
        """Tell whether a pair was not judged yet."""
        if (kind, text) in self._pairs or len(self._pairs) > _MOST:
            return False
        self._pairs.add((kind, text))
        return True

    def _judge_journal(self, line: int, journal: str, title: str) -> None:
        if not journal.strip():
            return
        if opens(journal, title):
            self._entries.openings.add(journal)
        first = self._journals.get(journal)
        if not title.strip():
            return
        if first is not None:
            if self._is_new(journal, title):
                self._judge_centralisation(line, journal, title)
                words = mark(
                    "Le journal {journal} s’appelle « {title} », et plus haut « {first} »."
                )
                self._tally.add(
                    "L11", line, "JournalLib", words, journal=journal, title=title, first=first
                )
            return
        if len(self._journals) < _MOST:
            self._journals[journal] = title
        if len(journal) > _LONGEST_JOURNAL:
            self._too_long(line, "JournalCode", journal, "Quadra, Cegid", _LONGEST_JOURNAL)
        self._judge_centralisation(line, journal, title)

    def _judge_centralisation(self, line: int, journal: str, title: str) -> None:
        if "centralis" in fold(f"{journal} {title}") or fold(journal) in {"cent", "centr"}:
            words = mark("Le journal {journal} (« {title} ») est un journal de centralisation.")
            self._tally.add("G06", line, "JournalCode", words, journal=journal, title=title)

    def _too_long(self, line: int, name: str, text: str, program: str, most: int) -> None:
        words = mark("« {text} » a {size} caractères ; {program} en garde {most}.")
        self._tally.add(
            "L15", line, name, words, text=text, size=len(text), program=program, most=most
        )

    def _judge_account(self, line: int, account: str, title: str) -> None:
        first = self._accounts.get(account)
        if first is not None:
            if title.strip() and self._is_new(account, title):
                words = mark("Le compte {account} s’appelle « {title} », et plus haut « {first} ».")
                self._tally.add(
                    "L10", line, "CompteLib", words, account=account, title=title, first=first
                )
            return
        if not account.strip() or not title.strip() or len(self._accounts) > _MOST:
            return
        self._accounts[account] = title
        self._kinds[account] = _kind(account)
        self._judge_number(line, account)

    def _judge_number(self, line: int, account: str) -> None:
        if not _ACCOUNT.match(account):
            words = mark("« {account} » ne commence pas par trois chiffres du plan comptable.")
            if account[:1] == "9":
                words = mark(
                    "« {account} » est un compte de la classe 9, qui n’entre pas dans un FEC."
                )
            weight = Severity.WARNING if self._layout.is_cash_basis else None
            self._tally.add("L09", line, "CompteNum", words, severity=weight, account=account)
        elif not is_known(account, self._chart):
            words = mark("« {account} » : le plan comptable n’a pas de compte {root}.")
            self._tally.add(
                "L09",
                line,
                "CompteNum",
                words,
                severity=Severity.WARNING,
                account=account,
                root=account[:3],
            )
        for most, program in _LONGEST_ACCOUNT:
            if len(account) > most:
                self._too_long(line, "CompteNum", account, program, most)
                break

    def _judge_party(self, line: int, key: tuple[str, str, str]) -> None:
        account, party, name = key
        if len(self._parties) < _MOST:
            self._parties.add(key)
        if self._lacking & {"CompAuxNum", "CompAuxLib"}:
            return
        if not party.strip() or not name.strip():
            words = mark("Le tiers « {said} » a un libellé sans numéro.")
            if party.strip():
                words = mark("Le tiers « {said} » a un numéro sans libellé.")
            missing = "CompAuxLib" if party.strip() else "CompAuxNum"
            self._tally.add("L12", line, missing, words, said=(party or name).strip())
        elif not account.startswith(COLLECTIVE):
            words = mark("Le compte {account} n’est pas un compte de tiers ; il nomme « {party} ».")
            self._tally.add(
                "L12",
                line,
                "CompAuxNum",
                words,
                severity=Severity.WARNING,
                account=account,
                party=party,
            )
        if len(party) > _LONGEST_PARTY and self._is_new("party", party):
            self._too_long(line, "CompAuxNum", party, "Cegid", _LONGEST_PARTY)

    def _judge_lettering(
        self, line: int, key: tuple[str, str, str], lettered: str, cents: int
    ) -> None:
        code = key[2].strip()
        if lettered.strip() and lettered not in self._days.known:
            self._days.judge(line, "DateLet", lettered)
        paired = not self._lacking & {"EcritureLet", "DateLet"}
        if not code:
            if lettered.strip(" 0") and paired:
                words = mark("La ligne a une date de lettrage sans code.")
                self._tally.add("L13", line, "EcritureLet", words)
            return
        if not lettered.strip() and paired:
            words = mark("La ligne est lettrée « {code} » sans date de lettrage.")
            self._tally.add("L13", line, "DateLet", words, code=code)
        self._sums.letter(line, key, cents)

    def _judge_currency(self, line: int, foreign: str, currency: str) -> None:
        foreign, currency = foreign.strip(), currency.strip()
        if self._lacking & {"Montantdevise", "Idevise"}:
            return
        cents = self._amounts.read(line, "Montantdevise", foreign)
        if currency == "EUR":
            words = mark("La devise est l’euro : laissez les deux zones à blanc.")
            self._tally.add("L14", line, "Idevise", words, severity=Severity.WARNING)
        elif bool(foreign) != bool(currency):
            if not currency and cents == 0:
                return
            words = mark("Le montant en devise n’a pas de code de devise.")
            if currency:
                words = mark("La devise « {currency} » n’a pas de montant.")
            missing = "Montantdevise" if currency else "Idevise"
            self._tally.add("L14", line, missing, words, currency=currency)
        elif currency and currency not in _CURRENCIES:
            words = mark("« {currency} » n’est pas un code de devise ISO 4217.")
            self._tally.add("L14", line, "Idevise", words, currency=currency)


def _kind(account: str) -> int:
    if account[:1] in {"6", "7"}:
        return OPERATING
    if account[:1] == "8":
        return IN_KIND
    return RESULT if account[:2] == "12" else 0
