"""Which page has a path that two want: the first. What a person can mend is said of the other."""

from collections.abc import Sequence

from generator.model.pages import Page
from generator.problems import Problem

_KEPT = ("content/", "templates/")


def are_apart(claims: Sequence[str]) -> bool:
    """Whether no two claim one path or one of them a folder of the other, on any disk: then there is nothing to settle."""
    places = [claim.rstrip("/").casefold() for claim in claims]
    taken = set(places)
    if len(taken) < len(places):
        return False
    above = {place.rpartition("/")[0] for place in places}
    while above:
        above.discard("")
        if not above.isdisjoint(taken):
            return False
        above = {place.rpartition("/")[0] for place in above}
    return True


def settle_claims(wanted: list[Page]) -> tuple[list[Page], list[Problem]]:
    """One page a path; some file systems do not tell A from a, and none has a file where a folder is."""
    pages: dict[str, Page] = {}
    folders: dict[str, Page] = {}
    problems: dict[tuple[str, ...], Problem] = {}  # two articles clash in five files, and need one word
    for page in wanted:
        path = page.path.casefold()
        # Of a folder that is known, all folders above it are known and free.
        isolated = path.rpartition("/")[0] not in folders
        above = [path[:at] for at, letter in enumerate(path) if letter == "/"] if isolated else []
        holder = pages.get(path) or folders.get(path) or next((pages[inner] for inner in above if inner in pages), None)
        if holder is not None:
            problems.setdefault(tuple(sorted((holder.claimant, page.claimant))), _clash(holder, page))
            continue
        pages[path] = page
        for inner in above:
            folders.setdefault(inner, page)
    return list(pages.values()), list(problems.values())


def _clash(holder: Page, page: Page) -> Problem:
    """Two pages of one path, or of paths that no disk can hold together: what a person can mend is the place."""
    place, other = (page, holder) if page.claimant.startswith(_KEPT) else (holder, page)
    message = (
        f"claims the address /{place.address}, which {other.claimant} {'has already' if place is page else 'needs'}"
    )
    return Problem(place.claimant, message, "give one of the two another slug (or alias)")
