"""The addresses that a Markdown text links to or shows, as they are written; what stands in code is no link.

They are found by patterns and not by parsing, for every text is looked at: each pattern is linear in the text.
"""

import html
import re
from collections.abc import Iterator

MOST = 2000
LONGEST = 2000

_CODE_SPAN = re.compile(r"(?<!`)(`{1,9})(?!`)[^`\n]{1,2000}(?<!`)\1(?!`)")
_LINK = re.compile(
    r"(?<!\\)\[\[(?P<wiki>[^\[\]|#\n]{1,200})(?:#[^\[\]|\n]{0,200})?(?:\|[^\[\]\n]{0,200})?\]\]"
    r"|\]\([ \t]*\n?[ \t]*(?:<(?P<quoted>[^<>\n]{1,2000})>|(?P<inline>[^\s<>]{1,2000}))"
    r"|(?<!\\)<(?P<auto>https?://[^\s<>]{1,2000})>"
    r"|^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]*\n?[ \t]*<?(?P<defined>[^\s<>]{1,2000})",
    re.M,
)
_SIGN = re.compile(r"[\[\]<](?=[\[(hH])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def links_of(markdown: str) -> tuple[str, ...]:
    """Each address once, in the order of the text; a wiki link is given as `[[name]]`. At most 2,000."""
    if "](" not in markdown and "<http" not in markdown and "[[" not in markdown and "]:" not in markdown:
        return ()
    prose = _without_code_blocks(markdown)
    if "`" in prose:
        prose = _CODE_SPAN.sub(" ", prose)
    found: dict[str, None] = {}
    for match in _matches(prose):
        address = _address(match)
        if address and len(address) <= LONGEST:
            found[address] = None
        if len(found) >= MOST:
            break
    return tuple(found)


def _matches(prose: str) -> Iterator[re.Match[str]]:
    """All places of links; a text without definitions is tried only where a sign of a link stands."""
    if "]:" in prose:
        yield from _LINK.finditer(prose)
        return
    after = 0
    for sign in _SIGN.finditer(prose):
        if sign.start() >= after and (match := _LINK.match(prose, sign.start())):
            yield match
            after = match.end()


def _without_code_blocks(markdown: str) -> str:
    """The text without its fenced blocks; a block that is never closed runs to the end, as in CommonMark."""
    if "```" not in markdown and "~~~" not in markdown:
        return markdown
    kept: list[str] = []
    fence = ""
    for line in markdown.split("\n"):
        opening = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if fence:
            if opening and opening[1].startswith(fence) and not line.strip(" \t`~"):
                fence = ""
        elif opening:
            fence = opening[1]
        else:
            kept.append(line)
    return "\n".join(kept)


def _address(match: re.Match[str]) -> str:
    if match["wiki"]:
        return f"[[{match['wiki'].strip()}]]"
    if match["inline"]:
        return _plain(_closed(match["inline"]))
    return _plain(match["quoted"] or match["defined"] or "") or match["auto"] or ""


def _plain(address: str) -> str:
    """The address without backslash escapes and character references, as a Markdown parser understands it."""
    if "\\" not in address and "&" not in address:
        return address
    return _ESCAPE.sub(lambda match: match[1] or html.unescape(match[0]), address)


def _closed(text: str) -> str:
    """The address up to the parenthesis that closes the link; those inside it come in pairs."""
    depth = 0
    escaped = False
    for index, ch in enumerate(text):
        if escaped:
            escaped = False
        elif ch == "\\":
            escaped = True
        elif ch == "(":
            depth += 1
        elif ch == ")":
            if not depth:
                return text[:index]
            depth -= 1
    return text
