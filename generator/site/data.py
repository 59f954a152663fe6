"""The collection as data: every article's description as JSON and CSV, and the articles by their originals' address.

Nothing of the texts stands here, and of withheld articles only what their pages say.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from generator.model.catalogue import Holding
from generator.settings import Settings
from generator.site.addresses import web_identity
from generator.site.articles import description, withheld
from generator.site.citations import origin

COLUMNS = (
    "url", "title", "subtitle", "authors", "date", "updated", "language", "publication", "original_url", "sources",
    "tags", "access", "rights", "words", "description", "capture", "capture_sha256", "captured",
)  # fmt: skip
_FORMULA = re.compile(r"[=+\-@\t\r]")


def json_head(settings: Settings) -> str:
    """How `{"archive": {…}, "articles": […]}` begins, which has one article a line."""
    archive = {
        "name": settings.name,
        "description": settings.description,
        "url": settings.base_url,
        "rights": settings.rights,
    }
    return f'{{"archive": {_json(_filled(archive))},\n"articles": [\n'


def json_line(holding: Holding, settings: Settings) -> str:
    """One article in JSON; values that are not known are absent."""
    return _json(_filled(row(holding, settings)))


def csv_head(_: Settings) -> str:
    """The first line of the same as a table (RFC 4180)."""
    return _csv_line(COLUMNS)


def csv_line(holding: Holding, settings: Settings) -> str:
    """One article in the table; several values in one cell are set apart by a vertical line.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    values = row(holding, settings)
    return _csv_line([_cell(values[column]) for column in COLUMNS])


def by_original_url(holdings: Sequence[Holding], settings: Settings) -> str:
    """A JSON object from the address of an original to the pages here, one a line, in the order of addresses."""
    pages: dict[str, list[str]] = {}
    for holding in holdings:
        if "/" in web_identity(holding.original):
            pages.setdefault(holding.original, []).append(settings.base_url + holding.path)
    rows = ",\n".join(f"{_json(url)}: {_json(sorted(found))}" for url, found in sorted(pages.items()))
    return f"{{\n{rows}\n}}\n"


def row(holding: Holding, settings: Settings) -> dict[str, Any]:
    """One article: a text, a list of texts or a number under each of the columns."""
    shown = holding if holding.article.is_open else Holding(withheld(holding.article), holding.path)
    article = shown.article
    fields, published, provenance = article.fields, origin(article), article.provenance
    return {
        "url": settings.base_url + holding.path,
        "title": fields.title,
        "subtitle": fields.subtitle,
        "authors": list(fields.authors),
        "date": str(fields.date or ""),
        "updated": str(fields.updated or ""),
        "language": fields.language,
        "publication": published.name if published else "",
        "original_url": published.url if published else "",
        "sources": [source.name for source in fields.sources],
        "tags": list(fields.tags),
        "access": fields.access.value,
        "rights": fields.rights,
        "words": article.words,
        "description": description(shown),
        "capture": provenance.file if provenance else "",
        "capture_sha256": provenance.sha256 if provenance else "",
        "captured": str(provenance.date or "") if provenance else "",
    }


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _csv_line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _cell(value: Any) -> str:
    text = " | ".join(value) if isinstance(value, list) else str(value or "")
    return f"'{text}" if _FORMULA.match(text) else text


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
