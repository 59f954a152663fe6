"""The catalogue brought up to date when a few articles have changed, without arranging all the others anew.

What it gives is what `catalogue` gives of the same articles, value for value: a test holds the two against each other.
Whoever shows a page while it is edited has no time to sort ten thousand articles; a build arranges everything.
"""

from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

from generator.archive.catalogue import catalogue, facets_of, paths_of
from generator.model.articles import Article
from generator.model.catalogue import KINDS, Catalogue, Facet, Holding, folded, permalink

_FEW = 40
"""Changed articles up to which it is quicker than arranging everything."""

Articles = Mapping[str, Article]
Names = Mapping[str, str]
Named = tuple[Holding, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Change:
    """The holdings that are no more, those that take their place or are new, and the files they come from."""

    gone: tuple[Holding, ...]
    come: tuple[Holding, ...]
    files: frozenset[str]

    def applied(self, holdings: Iterable[Holding], come: Iterable[Holding]) -> tuple[Holding, ...]:
        """Some holdings, which are in order, without those that are gone and with those of `come`."""
        kept = [holding for holding in holdings if holding.source not in self.files]
        for holding in come:
            insort(kept, holding, key=attrgetter("order"))
        return tuple(kept)


def rearranged(arranged: Catalogue, articles: Articles, changed: Iterable[str], one_author: Names) -> Catalogue:
    """The catalogue of `articles`, by the path of their file, of which only the `changed` ones are not as arranged."""
    files = frozenset(changed)
    gone = tuple(holding for holding in arranged.holdings if holding.source in files)
    come = tuple(Holding(articles[path], permalink(articles[path])) for path in sorted(files) if path in articles)
    change = _Change(gone, come, files)
    if len(files) > _FEW or _share_addresses(arranged, change):
        return catalogue(articles.values(), one_author)
    holdings = change.applied(arranged.holdings, come)
    undated = arranged.undated
    if any(holding.path.startswith("undated/") for holding in (*gone, *come)):
        undated = tuple(holding for holding in holdings if holding.path.startswith("undated/"))
    facets = {kind: _facets(kind, arranged, change, one_author if kind == "authors" else {}) for kind in KINDS}
    return Catalogue(holdings, undated, _years(arranged, change), facets)


def _share_addresses(arranged: Catalogue, change: _Change) -> bool:
    """Whether two articles claim one address, or did: what is counted then depends on more than the articles concerned."""
    before = [holding.path for holding in arranged.holdings]
    after = [holding.path for holding in arranged.holdings if holding.source not in change.files]
    after += [holding.path for holding in change.come]
    return any(len(set(paths)) < len(paths) for paths in (before, after))


def _years(arranged: Catalogue, change: _Change) -> tuple[tuple[int, tuple[Holding, ...]], ...]:
    years = dict(arranged.years)
    for year in {year for holding in (*change.gone, *change.come) if (year := _listed_year(holding)) is not None}:
        come = [holding for holding in change.come if _listed_year(holding) == year]
        years[year] = change.applied(years.get(year, ()), come)
    return tuple((year, years[year]) for year in sorted(years, reverse=True) if years[year])


def _listed_year(holding: Holding) -> int | None:
    return None if holding.path.startswith("undated/") else holding.year


def _facets(kind: str, arranged: Catalogue, change: _Change, one_author: Names) -> tuple[Facet, ...]:
    """The facets of a kind: those that a changed article stands under are made anew, from their own members."""
    same = {folded(other): folded(name) for other, name in one_author.items()}
    gone = _by_key(kind, change.gone, same)
    come = _by_key(kind, change.come, same)
    if not gone and not come:
        return arranged.facets[kind]
    found = {folded(facet.name): facet for facet in arranged.facets[kind]}
    before = set(found)
    for key in gone.keys() | come.keys():
        old = found.pop(key, None)
        fresh = {holding.path: holding for holding, _ in come.get(key, ())}
        held = change.applied(old.holdings if old else (), fresh.values())
        if old and _pairs(gone.get(key, [])) == _pairs(come.get(key, [])):
            found[key] = replace(old, holdings=held)
        else:
            found.update((key, facet) for facet in facets_of(kind, held, one_author, {key}))
    if found.keys() == before:
        paths = {folded(facet.name): facet.path for facet in arranged.facets[kind]}
    else:
        paths = paths_of(kind, sorted(found))
    placed = (replace(facet, path=paths[key]) if facet.path != paths[key] else facet for key, facet in found.items())
    return tuple(sorted(placed, key=lambda facet: (folded(facet.name), facet.path)))


def _by_key(kind: str, holdings: Iterable[Holding], same: Names) -> dict[str, list[Named]]:
    """By the folded name of a facet: the holdings that stand under it, with the names and addresses that they give."""
    found: dict[str, list[Named]] = {}
    for holding in holdings:
        for key, name, url in holding.access_points(kind):
            found.setdefault(same.get(key, key), []).append((holding, (name, url)))
    return found


def _pairs(named: Iterable[Named]) -> list[tuple[str, str]]:
    return sorted(pair for _, pair in named)
