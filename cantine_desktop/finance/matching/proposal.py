"""What is proposed for a bank line, in words that say why, and what a person may choose."""

from dataclasses import dataclass, field
from enum import StrEnum

from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.values.money import Money

NOTHING = Money(0)


@dataclass(frozen=True)
class OtherSide:
    """Where money goes that settles nothing: an account, and what it was for.

    Attributes:
        amount: Signed as the bank line: negative is an expense.
    """

    account: str
    amount: Money
    activity: str = ""
    project: str = ""
    party: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Choice:
    """What bank lines are said to be, by a person or by a proposal.

    Attributes:
        lines: Keys of the bank lines; almost always one.
        items: Lines of the ledger they settle.
        posted: Lines of the ledger on the bank’s account that say the same already.
        others: The other sides that settle nothing.
        fee: Kept by the payment service, positive; goes to 627.
        twin: A line of another account of the canteen: the other end of a transfer.
        learn: Whether a rule is learned from it.
    """

    lines: tuple[int, ...]
    kind: MatchKind = MatchKind.HAND
    items: tuple[int, ...] = ()
    posted: tuple[int, ...] = ()
    others: tuple[OtherSide, ...] = ()
    fee: Money = NOTHING
    twin: int | None = None
    title: str = ""
    reason: str = ""
    rule_id: int | None = None
    learn: bool = True


class Certainty(StrEnum):
    """How far a proposal may be trusted."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True)
class Proposal:
    """What a bank line most likely is.

    Attributes:
        line: Key of the bank line it is shown for.
        choice: What accepting it does.
        title: What it is: « Facture F-0123 Biocoop du 2 octobre 2026 ».
        reasons: Why, each a short phrase.
        score: From 0 to 1000; only for ordering.
        certainty: Only what is sure may be ticked for the person.
        choices: What else it could be, most likely first.
    """

    line: int
    choice: Choice
    title: str
    reasons: tuple[str, ...]
    score: int
    certainty: Certainty
    choices: tuple["Proposal", ...] = field(default=())

    @property
    def is_sure(self) -> bool:
        """Whether it may be ticked for the person."""
        return self.certainty is Certainty.SURE

    @property
    def signature(self) -> str:
        """What is proposed, without its words: a refusal is remembered by it."""
        return signature_of(self.choice)


def signature_of(choice: Choice) -> str:
    """Return what a choice does, as a short text."""
    parts = [
        "i" + ",".join(map(str, sorted(choice.items))) if choice.items else "",
        "p" + ",".join(map(str, sorted(choice.posted))) if choice.posted else "",
        *(f"a{side.account}/{side.party or ''}" for side in choice.others),
        f"t{choice.twin}" if choice.twin else "",
    ]
    return "|".join(part for part in parts if part)
