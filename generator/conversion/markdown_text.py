"""Writes plain text as Markdown that renders to exactly that text, escaping no more than is needed.

Source: CommonMark 0.31.2, sections 2.4 (backslash escapes), 4 (block starts) and 6.2 (flanking delimiter runs), and
GFM for `~~` and tables. A run of a delimiter that stands alone in its paragraph opens nothing, so it stays as it is.
"""

import re
from collections.abc import Iterable, Sequence

_ODD_SPACE = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029\t]")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)", re.M)
_RUN = {mark: re.compile(re.escape(mark) + "+") for mark in "*_`~"}
_ENTITY = re.compile(r"&(?=#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"\](?=\()|\[(?=\^)|(?<=\^)\[")
_BRACKET = re.compile(r"[\[\]]")
_START = re.compile(
    r"(?:#{1,6}(?= |$)|>|[-+*](?= |$)|(?:-[ ]*){3,}$|(?:\*[ ]*){3,}$|(?:_[ ]*){3,}$|[|:-][|: -]*$|`{3}|~{3}|=+$)"
)
_NUMBER = re.compile(r"(\d{1,9})([.)])(?= |$)")
_DEFINITION = re.compile(r"\[[^\]]*\]:")


def line_of(text: str) -> str:
    """The text as one line of Markdown that begins no block but a paragraph."""
    text = _ODD_SPACE.sub(" ", text).strip()
    return _not_a_block(_inline(text), text)


def paragraph(text: str) -> str:
    """A paragraph of one line."""
    return line_of(text)


def verse(lines: Iterable[str]) -> str:
    """Lines of one paragraph that keep their breaks."""
    plain = [_ODD_SPACE.sub(" ", line).strip() for line in lines]
    written = _inline("\n".join(plain)).split("\n")  # in one go: a pair of delimiters may span two lines
    return "\\\n".join(_not_a_block(line, text) for line, text in zip(written, plain, strict=True) if text)


def heading(text: str, level: int = 2) -> str:
    """An ATX heading; number signs at its end stay part of it."""
    written = _inline(_ODD_SPACE.sub(" ", text).strip())
    written = re.sub(r"(?<= )(#+)$|^(#+)$", lambda match: "\\" + match[0], written)
    return f"{'#' * level} {written}"


def caption(text: str, address: str = "") -> str:
    """A caption as an image: one whose picture the capture does not hold has no address."""
    written = _inline(_ODD_SPACE.sub(" ", text).strip(), in_brackets=True)
    return f"![{written}]({address})"


def bullets(items: Sequence[str]) -> str:
    """A list with bullets, one line an item."""
    return "\n".join(f"- {line_of(item)}" for item in items)


def numbered(items: Sequence[str], first: int = 1) -> str:
    """A numbered list, one line an item."""
    return "\n".join(f"{number}. {line_of(item)}" for number, item in enumerate(items, start=first))


def quotation(paragraphs: Sequence[str]) -> str:
    """A block quotation of whole paragraphs."""
    return "\n>\n".join(f"> {line_of(text)}" for text in paragraphs)


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table whose first row is its head; rows are filled up to the head's width."""
    width = max(len(row) for row in rows)
    written = ["| " + " | ".join(_cell(cell) for cell in [*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([written[0], "|" + " --- |" * width, *written[1:]])


def code(lines: Sequence[str]) -> str:
    """Lines verbatim, in a fence longer than any run of backticks in them."""
    longest = max((len(run) for line in lines for run in _RUN["`"].findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence, *lines, fence])


def _cell(text: str) -> str:
    return _inline(_ODD_SPACE.sub(" ", text).strip()).replace("|", "\\|")


def _inline(text: str, in_brackets: bool = False) -> str:
    text = _BACKSLASH.sub(r"\\\\", text)
    text = (_BRACKET if in_brackets else _LINK).sub(r"\\\g<0>", text)
    text = _TAG.sub(r"\\<", text)
    text = _ENTITY.sub(r"\\&", text)
    for mark in "*_`~":
        if mark in text:
            text = _delimiters(text, mark)
    return text


def _delimiters(text: str, mark: str) -> str:
    """Escapes the runs of a delimiter where two of them could make a pair."""
    runs = [run for run in _RUN[mark].finditer(text) if _can_delimit(text, run, mark)]
    if len(runs) < 2:
        return text
    parts, end = [], 0
    for run in runs:
        parts += [text[end : run.start()], f"\\{mark}" * len(run[0])]
        end = run.end()
    return "".join([*parts, text[end:]])


def _can_delimit(text: str, run: re.Match[str], mark: str) -> bool:
    if mark == "`":
        return True
    if mark == "~":
        return len(run[0]) > 1
    before = text[run.start() - 1] if run.start() else " "
    after = text[run.end()] if run.end() < len(text) else " "
    if before.isspace() and after.isspace() and after != "\n":  # a backslash will stand before the line end
        return False
    return not (mark == "_" and before.isalnum() and after.isalnum())


def _not_a_block(written: str, text: str) -> str:
    """Escapes what would make the line a heading, a list item, a quotation, a rule, a fence or a definition."""
    if _START.match(text) and not written.startswith("\\"):
        run = _RUN[text[0]].match(written) if text[0] in "*_" else None
        return re.sub(".", r"\\\g<0>", written[: run.end() if run else 1]) + written[run.end() if run else 1 :]
    if number := _NUMBER.match(text):
        return f"{number[1]}\\{written[number.end(1) :]}"
    if _DEFINITION.match(text) and not written.startswith("\\"):
        return "\\" + written
    return written
