"""PDF/A-3b: what we write can be opened, as it looks today, in thirty years.

Nothing but embedded fonts, one sRGB colour intent, dated and titled metadata, and
attachments that say how they relate to the page. Identifiers are computed from the
content: the same document gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

import resources
from cantine_desktop.clock import PARIS

FLAVOUR = "3b"
PROGRAM = "Cantine Desktop"


@dataclass(frozen=True)
class About:
    """What the properties of a PDF say.

    Attributes:
        title: Title of the document.
        author: The canteen.
        language: Tag of the language it is written in: ``"fr"``.
        now: Aware instant of writing, the only date in the file.
    """

    title: str
    author: str
    language: str
    now: datetime


class Relation(StrEnum):
    """What an attached file is to the pages (ISO 32000-2, table 43)."""

    SOURCE = "Source"
    DATA = "Data"
    ALTERNATIVE = "Alternative"
    SUPPLEMENT = "Supplement"
    UNSPECIFIED = "Unspecified"


@dataclass(frozen=True)
class Attached:
    """A file carried inside a PDF.

    Attributes:
        name: File name, shown by the reader: ``"factur-x.xml"``.
        content: Its bytes.
        media_type: ``"text/xml"``.
        relation: What it is to the pages.
        description: A few words for people.
    """

    name: str
    content: bytes
    media_type: str
    relation: Relation = Relation.SUPPLEMENT
    description: str = ""


@dataclass(frozen=True)
class Hybrid:
    """A file that says for programs what the pages say for people, and how it is announced.

    The properties of the PDF name it, and describe those properties (PDF/A-3, extension
    schemas).

    Attributes:
        file: What the pages carry.
        space: Namespace of the four properties.
        kind: Type of the document: ``"ORDER"``.
        version: Of the standard: ``"1.0"``.
        profile: ``"BASIC"``.
    """

    file: Attached
    space: str
    kind: str
    version: str
    profile: str


def to_pdfa(
    source: bytes,
    about: About,
    attachments: Sequence[Attached] = (),
    hybrid: Hybrid | None = None,
) -> bytes:
    """Return a PDF made by ReportLab as PDF/A-3b, with its attachments in order.

    Args:
        source: The PDF.
        about: What its properties say.
        attachments: Files it carries, after the hybrid one.
        hybrid: The file that says the same for programs.

    Raises:
        ValueError: Two attachments share a name.
    """
    attachments = [*([hybrid.file] if hybrid else []), *attachments]
    names = [attached.name for attached in attachments]
    if len(set(names)) < len(names):
        raise ValueError("two attachments share a name")
    target = BytesIO()
    with pikepdf.open(BytesIO(source)) as pdf:
        for page in pdf.pages:
            # ReportLab gives each page an empty transition, which an archive may not hold.
            if Name.Trans in page.obj:
                del page.obj.Trans
        _describe(pdf, about, hybrid)
        if attachments:
            _attach(pdf, attachments, about.now)
        pdf.save(target, deterministic_id=True, force_version="1.7", fix_metadata_version=False)
    return target.getvalue()


def check_pdfa(content: bytes) -> list[str]:
    """Return every reason why a file is not valid PDF/A-3b; none when it is.

    Needs the validator's own dependencies (``pikepdf[pdfa]``), which are those of the
    tests: people at work never wait for it.
    """
    from pikepdf.pdfa import validate_written  # noqa: PLC0415  -- 0.7 s, and its extra is for tests

    return [str(finding) for finding in validate_written(BytesIO(content), FLAVOUR).findings]


def attached_files(content: bytes) -> dict[str, bytes]:
    """Return the files a PDF carries, by name."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}


def _describe(pdf: Pdf, about: About, hybrid: Hybrid | None) -> None:
    """Write the properties twice, for old readers and for archives, and the colour intent."""
    stamp = about.now.astimezone(PARIS)
    zone = f"{stamp:%z}"
    date = f"D:{stamp:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}'"
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(about.title),
            Author=String(about.author),
            Creator=String(PROGRAM),
            Producer=String(PROGRAM),
            CreationDate=String(date),
            ModDate=String(date),
        )
    )
    words = _xmp(about, stamp.isoformat(timespec="seconds"), "" if hybrid is None else _fx(hybrid))
    metadata = pdf.make_stream(words.encode())  # pyright: ignore[reportUnknownMemberType]
    metadata.Type = Name.Metadata
    metadata.Subtype = Name.XML
    profile = pdf.make_stream(_srgb())  # pyright: ignore[reportUnknownMemberType]
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.Metadata = pdf.make_indirect(metadata)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.Root.Lang = String(about.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


@cache
def _srgb() -> bytes:
    with resources.path("colour/sRGB.icc") as file:
        return file.read_bytes()


def _xmp(about: About, date: str, more: str) -> str:
    title, author = escape(about.title), escape(about.author)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{about.language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool><pdf:Producer>{PROGRAM}</pdf:Producer>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>{more}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


_FX = {
    "DocumentFileName": "The name of the embedded XML document",
    "DocumentType": "The type of the hybrid document",
    "Version": "The version of the standard applied to the embedded XML document",
    "ConformanceLevel": "The conformance level of the embedded XML document",
}
"""Properties that name a hybrid file, and what each is, as an archive wants it told."""


def _fx(hybrid: Hybrid) -> str:
    """Return the properties that name a hybrid file, and their own description."""
    values = (hybrid.file.name, hybrid.kind, hybrid.version, hybrid.profile)
    said = "".join(
        f"<fx:{name}>{escape(value)}</fx:{name}>" for name, value in zip(_FX, values, strict=True)
    )
    told = "".join(
        f"""<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>{words}</pdfaProperty:description></rdf:li>"""
        for name, words in _FX.items()
    )
    return f"""
<rdf:Description rdf:about="" xmlns:fx="{hybrid.space}">{said}</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Cross Industry Document PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{hybrid.space}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{told}</rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def _attach(pdf: Pdf, attachments: Sequence[Attached], now: datetime) -> None:
    stamp = f"D:{now.astimezone(PARIS):%Y%m%d%H%M%S%z}"
    stamp = f"{stamp[:-2]}'{stamp[-2:]}'"
    associated = Array()
    for attached in attachments:
        spec = pikepdf.AttachedFileSpec(
            pdf,
            attached.content,
            filename=attached.name,
            description=attached.description,
            mime_type=attached.media_type,
            creation_date=stamp,
            mod_date=stamp,
        )
        spec.obj.AFRelationship = Name(f"/{attached.relation}")
        pdf.attachments[attached.name] = spec
        associated.append(pdf.attachments[attached.name].obj)
    pdf.Root.AF = associated
