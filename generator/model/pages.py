"""A page: one planned output file, a frozen value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """One file that the site shall have.

    `path` is where it goes below the site (`2022/night-ferry/index.html`); `maker` names what makes its bytes: a
    template, or one of the writers of `site.rendering`; `inputs` are the values that the maker gets, or what makes
    them when the page is made at all; `claimant` says in words who wants this path; `key` is the digest of all that
    can change the page's bytes.
    """

    path: str
    maker: str
    inputs: Mapping[str, Any] | Callable[[], Mapping[str, Any]]
    claimant: str
    key: str

    @property
    def values(self) -> Mapping[str, Any]:
        """What the maker gets, by name."""
        return self.inputs() if callable(self.inputs) else self.inputs

    def __reduce__(self) -> tuple[Any, ...]:
        """A page goes to another process with its values made."""
        return Page, (self.path, self.maker, dict(self.values), self.claimant, self.key)

    @property
    def address(self) -> str:
        """The page's path as readers know it, without `index.html`."""
        return self.path.removesuffix("index.html") if self.path.endswith(("/index.html", "index.html")) else self.path
