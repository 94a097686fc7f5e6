"""Reading XML written by strangers: no entity, no definition, no endless nesting."""

from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder  # noqa: S405  -- holds the tree only
from xml.parsers import expat

from cantine_desktop.exchange.decoding import LARGEST_FILE, read_limited
from cantine_desktop.exchange.problems import Problem, UnreadableError
from cantine_desktop.i18n import tr

DEEPEST = 100
MOST_ELEMENTS = 500_000


def read_xml(source: IO[bytes], limit: int = LARGEST_FILE) -> Element:
    """Return the root of an XML file; names carry their namespace, ``{uri}name``.

    A file that declares a document type is refused before its first element:
    entities that swell or that open other files live there.

    Raises:
        UnreadableError: It is not well formed, too deep, too large, or declares a type.
    """
    content = read_limited(source, limit)
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        text = tr("ce fichier XML est mal formé ou coupé")
        raise UnreadableError(Problem(error.lineno, "", text)) from None
    except (LookupError, ValueError) as error:
        text = tr("l’écriture de ce fichier XML n’est pas connue")
        raise UnreadableError(Problem(1, "", text)) from error
    return reader.builder.close()


class _Reader:
    """Builds the tree and refuses what is dangerous as soon as it is met."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.StartDoctypeDeclHandler = self._refuse_declaration
        self.parser.EntityDeclHandler = self._refuse_declaration
        self._depth = 0
        self._count = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            self._refuse(tr("ce fichier XML emboîte trop d’éléments"))
        if self._count > MOST_ELEMENTS:
            self._refuse(tr("ce fichier XML a trop d’éléments"))
        self.builder.start(_named(name), {_named(k): v for k, v in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.builder.end(_named(name))

    def _refuse_declaration(self, *_declaration: object) -> None:
        self._refuse(tr("ce fichier XML déclare un type de document, ce qui n’est pas admis"))

    def _refuse(self, text: str) -> None:
        raise UnreadableError(Problem(self.parser.CurrentLineNumber, "", text))


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name
