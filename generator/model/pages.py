"""A page: one planned output file, a frozen value."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """One file that the site shall have.

    `path` is where it goes below the site (`2022/night-ferry/index.html`); `maker` names what makes its bytes: a
    template, or one of the writers of `site.rendering`; `values` is what the maker gets; `claimant` says in words
    who wants this path; `key` is the digest of all that can change the page's bytes.
    """

    path: str
    maker: str
    values: dict[str, Any]
    claimant: str
    key: str

    @property
    def address(self) -> str:
        """The page's path as readers know it, without `index.html`."""
        return self.path.removesuffix("index.html") if self.path.endswith(("/index.html", "index.html")) else self.path
