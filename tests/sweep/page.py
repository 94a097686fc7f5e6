"""A page that shows every picture of the sweep, one row per screen."""

from html import escape

STYLE = (
    "body{font:14px sans-serif;margin:16px}td,th{padding:4px;vertical-align:top}"
    "img{width:320px;border:1px solid #999}li{margin:2px 0}"
)


def write_page(path, pictures, findings):
    """Write the page.

    Args:
        path: Its file, in the folder of the pictures.
        pictures: Station, then look, to the name of the picture.
        findings: What was found, to where.
    """
    looks = list(dict.fromkeys(look for row in pictures.values() for look in row))
    head = "".join(f"<th>{look}</th>" for look in looks)
    rows = "".join(
        f"<tr><th>{name}</th>{_cells(row, looks)}</tr>" for name, row in pictures.items()
    )
    said = "".join(
        f"<li><b>{finding.kind}</b> {escape(finding.what)} <i>{escape(', '.join(places))}</i></li>"
        for finding, places in sorted(findings.items())
    )
    path.write_text(
        f"<!doctype html><meta charset=utf-8><title>Sweep</title><style>{STYLE}</style>"
        f"<ul>{said}</ul><table><tr><th></th>{head}</tr>{rows}</table>",
        encoding="utf-8",
    )


def _cells(row, looks):
    return "".join(
        f'<td><a href="{row[look]}"><img loading=lazy src="{row[look]}"></a></td>'
        if look in row
        else "<td></td>"
        for look in looks
    )
