"""Pages that are planned together: one key says whether any page of a sheaf has to be planned anew.

An article with its citation files is a sheaf, an author with all lists and feeds, a year with its months. Its key
covers all that the keys of its pages cover; where it is the one of the last build, its pages are as they were, and
nothing more is made of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.model.pages import Page

Kept = tuple[str, tuple[str, ...]]
"""The key of a sheaf, and the paths of its pages."""


class Sheaf(NamedTuple):
    """`make`, called with `of`, gives the pages; all are in `folder`, which nobody else claims, if there is one."""

    name: str
    key: str
    folder: str
    make: Callable[..., Iterable[Page]]
    of: tuple[Any, ...]

    def pages(self) -> tuple[Page, ...]:
        """The pages, planned."""
        return tuple(self.make(*self.of))


@dataclass(slots=True)
class Sorted:
    """What was wanted, sorted out: `pages` that are planned, the paths of those that are `kept`, and the `sheaves` that
    both belong to, by name."""

    pages: list[Page] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    sheaves: dict[str, Kept] = field(default_factory=dict)
    claims: list[str] = field(default_factory=list)


def sorted_out(wanted: Iterable[Sheaf | Page], known: Mapping[str, Kept]) -> Sorted:
    """Plans the pages of those sheaves that are not as they are `known`."""
    found = Sorted()
    for item in wanted:
        if isinstance(item, Page):
            found.pages.append(item)
            found.claims.append(item.path)
            continue
        before = known.get(item.name)
        if before is not None and before[0] == item.key:
            paths = before[1]
            found.kept += paths
        else:
            pages = item.pages()
            paths = tuple([page.path for page in pages])
            found.pages += pages
            before = (item.key, paths)
        found.sheaves[item.name] = before
        if item.folder:
            found.claims.append(item.folder)
        else:
            found.claims += paths
    return found
