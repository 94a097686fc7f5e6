"""Which specification an invoice says it follows, in words people know."""

GUIDELINES = (
    ("extended-ctc-fr", "EXTENDED-CTC-FR"),
    ("urn.cpro.gouv.fr:1p0:extended", "EXTENDED-CTC-FR"),
    ("urn:ferd:crossindustrydocument:invoice:1p0:basic", "ZUGFeRD 1 BASIC"),
    ("urn:ferd:crossindustrydocument:invoice:1p0:comfort", "ZUGFeRD 1 COMFORT"),
    ("urn:ferd:crossindustrydocument:invoice:1p0:extended", "ZUGFeRD 1 EXTENDED"),
    ("urn:ferd:invoice:rc:", "ZUGFeRD 1 RC"),
    ("urn:ferd:invoice:1p0:basic", "ZUGFeRD 1 BASIC"),
    ("urn:ferd:invoice:1p0:comfort", "ZUGFeRD 1 COMFORT"),
    ("urn:ferd:invoice:1p0:extended", "ZUGFeRD 1 EXTENDED"),
    ("factur-x.eu:1p0:minimum", "MINIMUM"),
    ("zugferd.de:2p0:minimum", "MINIMUM"),
    ("factur-x.eu:1p0:basicwl", "BASIC WL"),
    ("zugferd.de:2p0:basicwl", "BASIC WL"),
    ("factur-x.eu:1p0:basic", "BASIC"),
    ("zugferd.de:2p0:basic", "BASIC"),
    ("factur-x.eu:1p0:en16931", "EN 16931"),
    ("factur-x.eu:1p0:extended", "EXTENDED"),
    ("zugferd.de:2p0:extended", "EXTENDED"),
    ("xeinkauf.de:kosit", "XRECHNUNG"),
    ("xoev-de:kosit", "XRECHNUNG"),
    ("peppol.eu:2017:poacc:billing", "PEPPOL BIS"),
    ("peppol:bis:billing", "PEPPOL BIS"),
    ("nlcius", "NLCIUS"),
    ("urn.cpro.gouv.fr", "CIUS FR"),
    ("urn:cen.eu:en16931:2017", "EN 16931"),
    ("urn:www.cenbii.eu", "EN 16931"),
)
"""A part of the identifier, lower case, and the name; the first that fits."""

WITHOUT_LINES = frozenset({"MINIMUM", "BASIC WL"})
"""Profiles that have no lines: a summary for accounting."""


def profile_of(guideline: str) -> str:
    """Return the name of the specification an identifier stands for, or an empty text."""
    plain = guideline.lower()
    return next((name for part, name in GUIDELINES if part in plain), "")
