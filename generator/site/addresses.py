"""What an address in an article's text means here: the page of an article that this archive holds, or nothing.

An address leads to an article by the address of its original, by its permalink or an alias, by the path of its file,
or by its name in a wiki link. Where several articles could be meant, none is.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from urllib.parse import unquote

from generator.model.catalogue import Catalogue, Holding, KeeperPage, folded
from generator.model.dates import edtf
from generator.site.views import HeldLink
from generator.site.words import date_iso

_WEB = re.compile(r"(?:https?:)?//([^/?#\s]+)([^?#\s]*)(?:\?([^#\s]*))?", re.I)
_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:campaign|medium|custom\d)|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|cmpid|ns_campaign"
    r"|ns_mchannel|wt_mc|xtor|smid|ref_src)",
    re.I,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.I)
_PLAIN = re.compile(r"https?://(?:www\.)?((?!www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)*/[\w./~,;!$&'()*+=-]*?)/?", re.ASCII)
_PLAIN_HOST = re.compile(r"https?://(?:www\.)?((?!www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)*)/")
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}")


def web_identity(address: str) -> str:
    """What two spellings of one web address have in common; empty for what is no web address.

    Scheme, `www.`, case of the host, the usual port, a closing slash, fragments and tracking parameters do not count.
    """
    plain = _PLAIN.fullmatch(address)
    if plain and not plain[1].endswith(("/", ".")) and "/index." not in plain[1] and "/default." not in plain[1]:
        return plain[1]  # nine of ten addresses: the long way below gives the same
    match = _WEB.fullmatch(address.split("#", 1)[0].strip())
    if match is None:
        return ""
    host = re.sub(r":(?:80|443)$", "", match[1].rpartition("@")[2].lower()).removeprefix("www.").rstrip(".")
    path = _INDEX.sub("/", unquote(match[2]) if _ESCAPED.search(match[2]) else match[2]).rstrip("/")
    wanted = [part for part in (match[3] or "").split("&") if part and not _TRACKING.fullmatch(part.partition("=")[0])]
    return f"{host}{path}?{'&'.join(wanted)}" if wanted else host + path


class Addresses:
    """The addresses under which the articles and pages of an archive are known.

    `media` maps its image files to their paths on the site.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        keeper_pages: Iterable[KeeperPage] = (),
        media: Mapping[str, str] | None = None,
        base_url: str = "",
    ) -> None:
        self._base_url = web_identity(base_url) if base_url else ""
        self._keeper_pages, self._media = tuple(keeper_pages), media or {}
        self._holdings = catalogue.holdings
        self._known: dict[str, str] = {}
        self._originals = _articles_by_origin(catalogue.holdings)
        hosts = {identity.partition("/")[0].partition("?")[0].partition(":")[0] for identity in self._originals}
        self._hosts = hosts | {self._base_url.split("/")[0]} if base_url else hosts

    def resolve(self, address: str, source: str) -> str:
        """The path on the site that an address in the content file `source` leads to, with its fragment where that is
        one of ours; empty when it leads to no article or page held here."""
        if address.startswith("[["):
            return self._names.get(folded(unquote(address.strip("[]")).removesuffix(".md")), "")
        if address.startswith(("http:", "https:", "//", "HTTP")):
            return self._on_the_web(address)
        if ":" in address.split("/", 1)[0] or address.startswith("#"):
            return ""
        path, _, fragment = address.partition("#")
        path = unquote(path.partition("?")[0])
        found = self._at_path(path) if path.startswith("/") else self._beside(path, source)
        return f"{found}#{fragment}" if found and fragment else found

    def resolve_all(self, links: Iterable[str], source: str) -> tuple[HeldLink, ...]:
        """Those of a content file's addresses that lead to something held here."""
        # Most links lead to hosts that the archive holds nothing of: they are passed over without a closer look.
        plain, hosts = _PLAIN_HOST.match, self._hosts
        near = [link for link in links if (match := plain(link)) is None or match[1] in hosts]
        found = [(link, path) for link in near if (path := self.resolve(link, source))]
        return tuple([HeldLink(link, path, self._captured.get(path, "")) for link, path in found])

    def _on_the_web(self, address: str) -> str:
        # Most links lead to hosts that the archive holds nothing of: they are passed over without a closer look.
        host = address.split("/", 3)[2].lower().removeprefix("www.") if address.count("/") > 1 else ""
        if host not in self._hosts and host.partition(":")[0] not in self._hosts:
            return ""
        known = self._known.get(address)
        if known is None:
            known = self._known[address] = self._looked_up(address)
        return known

    def _looked_up(self, address: str) -> str:
        identity = web_identity(address)
        if found := self._originals.get(identity):
            return found
        if self._base_url and (identity + "/").startswith(self._base_url + "/"):
            found = self._at_path(identity.removeprefix(self._base_url).partition("?")[0])
            fragment = address.partition("#")[2]
            return f"{found}#{fragment}" if found and fragment else found
        return ""

    def _at_path(self, path: str) -> str:
        return self._paths.get(path.strip("/").removesuffix("index.html").rstrip("/"), "")

    def _beside(self, path: str, source: str) -> str:
        return self._files.get(posixpath.normpath(posixpath.join(posixpath.dirname(source), path)), "")

    @cached_property
    def _names(self) -> dict[str, str]:
        """The articles by the names that wiki links use; few archives have any."""
        names: dict[str, set[str]] = {}
        for holding in self._holdings:
            inner = holding.source.removeprefix("content/").removesuffix(".md")
            for name in (inner, inner.rpartition("/")[2], holding.title):
                names.setdefault(folded(name), set()).add(holding.path)
        return {name: next(iter(paths)) for name, paths in names.items() if len(paths) == 1}

    @cached_property
    def _files(self) -> dict[str, str]:
        files = {page.source: page.path for page in self._keeper_pages} | dict(self._media)
        return files | {holding.source: holding.path for holding in self._holdings}

    @cached_property
    def _paths(self) -> dict[str, str]:
        paths = {page.path.strip("/"): page.path for page in self._keeper_pages}
        for holding in self._holdings:
            paths[holding.path.strip("/")] = holding.path
            for alias in holding.aliases:
                paths.setdefault(alias.strip("/"), holding.path)
        return paths

    @cached_property
    def _captured(self) -> dict[str, str]:
        """The days on which articles were captured, where one is known exactly."""
        days = [(holding.path, date_iso(edtf(holding.captured))) for holding in self._holdings if holding.captured]
        return {path: day for path, day in days if day}


def _articles_by_origin(holdings: tuple[Holding, ...]) -> dict[str, str]:
    """The paths of articles by the addresses of their originals."""
    originals: dict[str, list[Holding]] = {}
    for holding in holdings:
        for url in holding.originals:
            if identity := web_identity(url):
                originals.setdefault(identity, []).append(holding)
    return {identity: held[0].path for identity, held in originals.items() if _is_one_article(identity, held)}


def _is_one_article(identity: str, held: list[Holding]) -> bool:
    """Whether an origin's address is that of an article and not of its newspaper or one of its sections.

    Several captures of one article share their title; the newest stands for them.
    """
    if "/" not in identity and "?" not in identity:
        return False
    return len(held) == 1 or len({folded(holding.title) for holding in held}) == 1


def cited_by(held: Mapping[str, tuple[HeldLink, ...]], holdings: tuple[Holding, ...]) -> dict[str, tuple[Holding, ...]]:
    """By the path of an article, the articles whose published text links to it, newest first.

    `held` gives, by the path of a content file, its links that lead to something here.
    """
    citing: dict[str, list[Holding]] = {}
    for holding in [holding for holding in holdings if holding.source in held]:
        if holding.is_open:
            targets = dict.fromkeys(link.path.partition("#")[0] for link in held[holding.source])
            for target in targets:
                if target != holding.path:
                    citing.setdefault(target, []).append(holding)
    return {target: tuple(found) for target, found in citing.items()}
