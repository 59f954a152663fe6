"""What an article's page says to machines: Zotero, Schema.org, OpenGraph. Nothing doubtful is stated as exact.

Sources: Zotero's translators "Embedded Metadata" and "RDF", schema.org/NewsArticle, ogp.me.
"""

import json
from typing import Any

from markupsafe import Markup

from generator.model.catalogue import Holding
from generator.model.people import inverted, is_body
from generator.site.citations import origin
from generator.site.words import date_iso

MetaTag = tuple[str, str, str]
_JSON_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def meta_tags(holding: Holding, description: str, url: str, archive: str) -> tuple[MetaTag, ...]:
    """The (attribute, name, content) of each meta element; those without content are left out."""
    article = holding.article
    fields, published = article.fields, origin(article)
    day = date_iso(fields.date)
    # Zotero takes a partial date as it stands; a doubtful one is left to the citation files, which can say so.
    issued = fields.date.text if fields.date and fields.date.is_certain and not fields.date.is_interval else ""
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
        ("property", "og:locale", fields.language.replace("-", "_")),
        ("property", "article:published_time", day),
        ("property", "article:modified_time", date_iso(fields.updated)),
        *(("property", "article:tag", tag) for tag in fields.tags),
        ("name", "twitter:card", "summary"),
    ]
    return tuple(tag for tag in tags if tag[2])


def json_ld(holding: Holding, description: str, url: str, archive: str) -> Markup:
    """The article as a Schema.org NewsArticle, safe to stand inside a script element."""
    article = holding.article
    fields, published = article.fields, origin(article)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": fields.title,
        "alternativeHeadline": fields.subtitle,
        "author": [{"@type": "Organization" if is_body(name) else "Person", "name": name} for name in fields.authors],
        "datePublished": fields.date.text if fields.date and fields.date.is_certain and not fields.date.is_interval else "",
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
        "citation": [{"@type": "CreativeWork", "name": source.name} for source in fields.sources if source is not published],
        "sdPublisher": {"@type": "Organization", "name": archive},
    }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False, separators=(",", ":"))
    for raw, escaped in _JSON_ESCAPES.items():
        text = text.replace(raw, escaped)
    return Markup(text)  # noqa: S704 - every character that could end the element is escaped above
