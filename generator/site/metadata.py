"""What an article's page says to machines: Zotero, Schema.org, OpenGraph. Nothing doubtful is stated as exact.

Sources: Zotero's translators "Embedded Metadata" and "RDF", schema.org/NewsArticle, ogp.me.
"""

import json
from typing import Any

from markupsafe import Markup

from generator.model.articles import Article
from generator.model.catalogue import Holding
from generator.model.people import inverted, is_body
from generator.settings import Settings
from generator.site.citations import origin
from generator.site.words import date_iso, date_stated

MetaTag = tuple[str, str, str]
_JSON_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def meta_tags(
    holding: Holding, description: str, url: str, settings: Settings, picture: tuple[str, str]
) -> tuple[MetaTag, ...]:
    """The (attribute, name, content) of each meta element; those without content are left out.

    `picture` is the (path, words) of the first picture that the page shows.
    """
    archive = settings.name
    image = settings.base_url + picture[0] if settings.base_url and picture[0] else ""
    article = holding.article
    fields, published = article.fields, origin(article)
    day = date_iso(fields.date)
    # Zotero takes a partial date as it stands; a doubtful one is left to the citation files, which can say so.
    issued = date_stated(fields.date)
    tags: list[MetaTag] = [
        ("name", "description", description),
        ("name", "author", ", ".join(fields.authors)),
        ("name", "z:itemType", "newspaperArticle"),
        ("name", "DCTERMS.title", fields.title),
        *(("name", "DCTERMS.creator", inverted(name)) for name in fields.authors),
        ("name", "DCTERMS.issued", issued),
        ("name", "prism.publicationName", published.name if published else archive),
        ("name", "DCTERMS.source", published.url if published else ""),
        ("name", "DCTERMS.language", fields.language),
        ("name", "DCTERMS.rights", fields.rights),
        ("name", "DCTERMS.abstract", description),
        ("name", "z:archive", archive),
        ("name", "z:archiveLocation", url or holding.path),
        ("property", "og:type", "article"),
        ("property", "og:title", fields.title),
        ("property", "og:description", description),
        ("property", "og:url", url),
        ("property", "og:site_name", archive),
        ("property", "og:locale", _territorial(fields.language)),
        ("property", "article:published_time", day),
        ("property", "article:modified_time", date_iso(fields.updated)),
        *(("property", "article:author", name) for name in fields.authors),
        *(("property", "article:tag", tag) for tag in fields.tags),
        ("property", "og:image", image),
        ("property", "og:image:alt", picture[1] if image else ""),
        ("name", "twitter:card", "summary_large_image" if image else "summary"),
        ("name", "twitter:title", fields.title),
        ("name", "twitter:description", description),
        ("name", "twitter:image", image),
        ("name", "twitter:image:alt", picture[1] if image else ""),
    ]
    return tuple(tag for tag in tags if tag[2])


def json_ld(holding: Holding, description: str, url: str, settings: Settings, picture: tuple[str, str]) -> Markup:
    """The article as a Schema.org NewsArticle with its provenance, safe to stand inside a script element.

    The `sd…` properties speak of this description of the article: who keeps it, and when the capture was made.
    """
    article = holding.article
    captured = date_iso(article.provenance.date) if article.provenance else ""
    fields, published = article.fields, origin(article)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": fields.title,
        "alternativeHeadline": fields.subtitle,
        "author": [{"@type": "Organization" if is_body(name) else "Person", "name": name} for name in fields.authors],
        "datePublished": date_stated(fields.date),
        "dateModified": date_iso(fields.updated),
        "publisher": {"@type": "Organization", "name": published.name} if published else "",
        "inLanguage": fields.language,
        "keywords": list(fields.tags),
        "wordCount": article.words if article.is_open else "",
        "description": description,
        "license": fields.rights if fields.rights.startswith("http") else "",
        "isBasedOn": published.url if published else "",
        "url": url,
        "archivedAt": url,
        "citation": [
            {"@type": "CreativeWork", "name": source.name} for source in fields.sources if source is not published
        ],
        "isAccessibleForFree": article.is_open,
        "image": settings.base_url + picture[0] if settings.base_url and picture[0] else "",
        "sdPublisher": {"@type": "Organization", "name": settings.publisher or settings.name, "url": settings.base_url},
        "sdDatePublished": captured,
        "isPartOf": {"@type": "Collection", "name": settings.name, "url": settings.base_url},
        "mainEntityOfPage": url,
        "identifier": _fingerprint(article),
    }
    return script_json(data)


def script_json(data: dict[str, Any]) -> Markup:
    """A JSON object without its empty values, safe to stand inside a script element."""
    text = json.dumps(_filled(data), ensure_ascii=False, separators=(",", ":"))
    for raw, escaped in _JSON_ESCAPES.items():
        text = text.replace(raw, escaped)
    return Markup(text)


def _filled(value: Any) -> Any:
    """A value without its empty parts; false is a value."""
    if isinstance(value, dict):
        return {key: inner for key, raw in value.items() if (inner := _filled(raw)) not in ("", [], {})}
    return [_filled(item) for item in value] if isinstance(value, list) else value


def _fingerprint(article: Article) -> Any:
    provenance = article.provenance
    if provenance is None or not provenance.sha256:
        return ""
    return {"@type": "PropertyValue", "propertyID": "sha256", "name": provenance.file, "value": provenance.sha256}


def _territorial(language: str) -> str:
    """A language tag as OpenGraph writes it; it has no form for what names no country."""
    parts = language.split("-")
    return f"{parts[0]}_{parts[-1].upper()}" if len(parts) > 1 and len(parts[-1]) == 2 else parts[0]
