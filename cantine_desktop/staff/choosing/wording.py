"""How sure a choice is, in words."""

from cantine_desktop.i18n import tr, trn
from cantine_desktop.staff.choosing.model import Answer, Quality


def quality_in_words(answer: Answer) -> str:
    """Return « optimal », or how far above the possible a choice may be at most.

    Where points may be below zero, a share of them would mean nothing: points are said instead.
    """
    if answer.quality is Quality.OPTIMAL:
        return tr("optimal")
    if not answer.is_broken_least:
        return tr("sans preuve : il manque peut-être moins ailleurs")
    above = answer.cost - answer.bound
    if answer.bound > 0 and above * 2 <= answer.bound:
        share = -(-above * 100 // answer.bound)
        return tr("au plus {share} % au-dessus du possible").format(share=share)
    return trn(
        "au plus {n} point au-dessus du possible",
        "au plus {n} points au-dessus du possible",
        above,
    )
