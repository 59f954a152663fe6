"""How to cite an article: BibTeX, RIS and CSL-JSON, one article or many. Unknown values are left out, never filled in.

Sources: BibLaTeX manual 3.20 (`@article` with `entrysubtype = newspaper`, EDTF dates), RIS specification (2011,
type NEWS), CSL 1.0.2 data schema (`article-newspaper`).
"""

import json
from typing import Any

from generator.model.articles import Article, Role, Source
from generator.model.catalogue import Holding
from generator.model.dates import Edtf
from generator.model.people import family_and_given, inverted

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def origin(article: Article) -> Source | None:
    """Where the article was published, if it is known."""
    return next((source for source in article.fields.sources if source.role is Role.ORIGIN), None)


def bibtex(holding: Holding, url: str, archive: str) -> str:
    """One BibLaTeX entry."""
    article = holding.article
    fields, published = article.fields, origin(article)
    rows = {
        "title": _tex(fields.title),
        "subtitle": _tex(fields.subtitle),
        "author": " and ".join(_bib_name(name) for name in fields.authors),
        "journaltitle": _tex(published.name) if published else "",
        "date": fields.date.text if fields.date else "",
        "language": fields.language,
        "keywords": ", ".join(_tex(tag.replace(",", " ")) for tag in fields.tags),
        "url": (published.url if published else "") or url,
        "library": _tex(archive),
        "note": _tex(f"Archived copy: {url}") if url and published and published.url else "",
    }
    inner = "".join(f"  {key} = {{{value}}},\n" for key, value in rows.items() if value)
    return f"@article{{{_key(holding)},\n  entrysubtype = {{newspaper}},\n{inner}}}\n"


def ris(holding: Holding, url: str, archive: str) -> str:
    """One RIS record; lines end with CR LF as the format has it."""
    article = holding.article
    fields, published = article.fields, origin(article)
    rows: list[tuple[str, str]] = [("TY", "NEWS"), ("TI", fields.title)]
    rows += [("AU", inverted(name)) for name in fields.authors]
    if published:
        rows.append(("T2", published.name))
    if fields.date and fields.date.year is not None:
        date = fields.date
        rows.append(("PY", f"{date.year:04d}"))
        mark = "" if date.is_certain else "approximately"
        rows.append(("DA", f"{date.year:04d}/{date.month or '':0>2}/{date.day or '':0>2}/{mark}".replace("/00", "/")))
    rows += [("KW", tag) for tag in fields.tags]
    rows += [("LA", fields.language), ("UR", (published.url if published else "") or url), ("DB", archive)]
    if url and published and published.url:
        rows.append(("L2", url))
    rows.append(("ER", ""))
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in rows if value or tag == "ER")


def csl(holding: Holding, url: str, archive: str) -> str:
    """An item of a CSL-JSON list, on one line."""
    return json.dumps(csl_item(holding, url, archive), ensure_ascii=False)


def csl_item(holding: Holding, url: str, archive: str) -> dict[str, Any]:
    """An article as an item of CSL-JSON."""
    article = holding.article
    fields, published = article.fields, origin(article)
    item: dict[str, Any] = {"id": _key(holding), "type": "article-newspaper", "title": fields.title}
    if fields.authors:
        item["author"] = [_csl_name(name) for name in fields.authors]
    if published:
        item["container-title"] = published.name
    if fields.date and (issued := _csl_date(fields.date)):
        item["issued"] = issued
    if fields.language:
        item["language"] = fields.language
    if fields.tags:
        item["keyword"] = ", ".join(fields.tags)
    if address := (published.url if published else "") or url:
        item["URL"] = address
    item["archive"] = archive
    if url:
        item["archive_location"] = url
    return item


def _key(holding: Holding) -> str:
    family = family_and_given(holding.article.fields.authors[0])[0] if holding.article.fields.authors else ""
    year = f"{holding.year:04d}" if holding.year is not None and holding.year >= 0 else "undated"
    letters = "".join(ch for ch in family.lower() if ch.isascii() and ch.isalnum())
    return f"{letters}{year}-{holding.article.fields.slug}"


def _bib_name(name: str) -> str:
    family, given = family_and_given(name)
    return f"{_tex(family)}, {_tex(given)}" if given else f"{{{_tex(family)}}}"


def _csl_name(name: str) -> dict[str, str]:
    family, given = family_and_given(name)
    return {"family": family, "given": given} if given else {"literal": family}


def _csl_date(date: Edtf) -> dict[str, Any] | None:
    if date.year is None or date.is_interval:
        return {"literal": date.text}
    parts = [part for part in (date.year, date.month, date.day) if part]
    found: dict[str, Any] = {"date-parts": [parts]}
    if not date.is_certain:
        found["circa"] = True
    return found


def _tex(text: str) -> str:
    return _one_line(text).translate(_TEX)


def _one_line(text: str) -> str:
    return " ".join(text.split())
