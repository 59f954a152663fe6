"""The catalogue: all articles in order, and under what they can be found. Arithmetic on frozen values.

Newest first; what is less exactly dated stands after what is exactly dated in the same span; undated articles come
last, by title. Ties are settled by the address, so the order never depends on the order of files.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter

from generator.model.articles import Article
from generator.model.catalogue import (
    KINDS,
    Catalogue,
    Facet,
    Holding,
    access_point,
    by_access_point,
    folded,
    permalink,
)
from generator.model.slugs import slug


def catalogue(articles: Iterable[Article], one_author: Mapping[str, str] | None = None) -> Catalogue:
    """Arranges articles; two with one address both stay, for the plan to report.

    `one_author` maps other spellings of authors' names to the one that the archive uses.
    """
    return arranged((Holding(article, permalink(article)) for article in articles), one_author)


def arranged(held: Iterable[Holding], one_author: Mapping[str, str] | None = None) -> Catalogue:
    """Arranges articles that have their addresses."""
    holdings = sorted(held, key=attrgetter("order"))
    undated = tuple(holding for holding in holdings if holding.path.startswith("undated/"))
    by_year: dict[int, list[Holding]] = defaultdict(list)
    for holding in holdings:
        if holding.year is not None and not holding.path.startswith("undated/"):
            by_year[holding.year].append(holding)
    years = tuple((year, tuple(by_year[year])) for year in sorted(by_year, reverse=True))
    # Two may claim one address; nearly always there is nothing of the kind.
    are_apart = len({holding.path for holding in holdings}) == len(holdings)
    facets = {
        kind: facets_of(kind, holdings, one_author if kind == "authors" else None, are_apart=are_apart)
        for kind in KINDS
    }
    return Catalogue(tuple(holdings), undated, years, facets)


def facets_of(
    kind: str,
    holdings: Sequence[Holding],
    same: Mapping[str, str] | None = None,
    wanted: Collection[str] | None = None,
    are_apart: bool = False,
) -> tuple[Facet, ...]:
    """The facets of a kind, from holdings in order; only those of the `wanted` folded names, where such are given.

    `are_apart` says that no two holdings claim one address, as far as is known.
    """
    preferred = {folded(other): folded(name) for other, name in (same or {}).items()}
    chosen = {folded(name): name for name in (same or {}).values()}
    # The same name is written in the same way nearly always: what is counted is how it was written.
    written_so = by_access_point(kind, holdings)
    members: dict[str, list[list[Holding]]] = {}
    spellings: dict[str, dict[str, int]] = {}
    urls: dict[str, set[str]] = {}
    for written, found in written_so.items():
        own, spelling, url = access_point(written)
        key = preferred.get(own, own)
        if wanted is not None and key not in wanted:
            continue
        counts = spellings.setdefault(key, {})
        counts[spelling] = counts.get(spelling, 0) + len(found)
        members.setdefault(key, []).append(found)
        if url and (kind != "sources" or _is_home(url)):
            urls.setdefault(key, set()).add(url)
    paths = paths_of(kind, sorted(members))
    facets = []
    for key, parts in members.items():
        name = chosen.get(key) or max(spellings[key].items(), key=lambda item: (item[1], item[0]))[0]
        url = next(iter(urls[key])) if len(urls.get(key, ())) == 1 else ""
        others = {folded(spelling) for spelling in spellings[key]} - {folded(name)}
        held = parts[0] if len(parts) == 1 else sorted(chain(*parts), key=attrgetter("order"))
        # An article may state a name in two ways.
        once = tuple(held if len(parts) == 1 and are_apart else {holding.path: holding for holding in held}.values())
        facets.append(Facet(kind, name, paths[key], url, once, tuple(sorted(others))))
    return tuple(sorted(facets, key=lambda facet: (folded(facet.name), facet.path)))


def _is_home(url: str) -> bool:
    """Whether an address names a body rather than one of its articles."""
    return url.count("/") <= 3


def paths_of(kind: str, keys: list[str]) -> dict[str, str]:
    """Gives each folded name a path; where two share a slug, all but the first carry a digest of their name."""
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        name = slug(key)
        if name in taken or name == "untitled":
            name = f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
        taken.add(name)
        paths[key] = f"{kind}/{name}/"
    return paths
