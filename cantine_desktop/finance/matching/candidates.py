"""What a bank line could be, before it is told in words."""

from dataclasses import dataclass, replace
from enum import StrEnum

from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.finance.matching.proposal import Certainty, Choice, OtherSide, signature_of
from cantine_desktop.finance.matching.situation import BankItem, LedgerItem, Rule
from cantine_desktop.values.money import Money


class Sign(StrEnum):
    """A sign that speaks for a candidate."""

    PARTY = "party"
    RULE = "rule"
    REFERENCE = "reference"
    MANNER = "manner"
    WORDS = "words"
    ONLY_SUM = "only-sum"
    SEVERAL_SUMS = "several-sums"
    OLDEST_FIRST = "oldest-first"
    USUAL_FEE = "usual-fee"
    FIRST_FEE = "first-fee"
    GIVEN_FEE = "given-fee"
    RIVALS = "rivals"
    SHIPPED = "shipped"
    NO_INVOICE = "no-invoice"
    OTHER_END = "other-end"
    SLIP = "slip"
    ORDER = "order"


@dataclass(frozen=True)
class Candidate:
    """A possible match of one bank line, or several.

    Attributes:
        signs: What speaks for it, in order of weight.
        word: The name found in the label, if one was.
        score: From 0 to 1000.
    """

    lines: tuple[BankItem, ...]
    kind: MatchKind
    score: int
    signs: tuple[Sign, ...] = ()
    items: tuple[LedgerItem, ...] = ()
    posted: tuple[LedgerItem, ...] = ()
    others: tuple[OtherSide, ...] = ()
    fee: int = 0
    rule: Rule | None = None
    twin: tuple[BankItem, str] | None = None
    word: str = ""
    certainty: Certainty = Certainty.LIKELY
    reference: str = ""

    def but(self, *, certainty: Certainty) -> "Candidate":
        """Return the same, trusted otherwise."""
        return replace(self, certainty=certainty)

    @property
    def gross(self) -> int:
        """What the settled items sum to, in cents."""
        return sum(item.cents for item in self.items)

    def choice(self) -> Choice:
        """Return what accepting it does, without words."""
        return Choice(
            lines=tuple(line.id for line in self.lines),
            kind=self.kind,
            items=tuple(item.id for item in self.items),
            posted=tuple(item.id for item in self.posted),
            others=self.others,
            fee=Money(self.fee),
            twin=self.twin[0].id if self.twin else None,
            rule_id=self.rule.id if self.rule and self.rule.id else None,
        )

    @property
    def signature(self) -> str:
        """What it does, as a refusal remembers it."""
        return signature_of(self.choice())
