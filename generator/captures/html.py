"""Recognises HTML, and reads the character encoding that an HTML file declares.

Both judge by the beginning of the file only, so their work is bounded whatever the file's size.
Source: WHATWG HTML, "Determining the character encoding" (the prescan), and WHATWG Encoding, "Names and labels".
"""

import codecs
import re

PRESCAN = 16_384
"""How far the declaration of an encoding is looked for. The standard says 1,024 bytes; saved pages put a comment first."""

_SNIFF = 65_536
_WIDE_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# A browser reads these labels as another, larger encoding; where Python's own codec is narrower, so do we.
_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    # A declaration that can be read byte by byte is not written in UTF-16.
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_LABELS = {
    "x-sjis": "shift_jis",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949",
    "x-gbk": "gb18030",
    "unicode": "utf-8",
    "x-mac-roman": "mac_roman",
    "x-user-defined": "cp1252",
}

_META = re.compile(rb"<meta\b[^>]{0,1000}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_.:-]{2,40})", re.I)
_XML = re.compile(rb"\s{0,99}<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_.:-]{2,40})", re.I)
_COMMENT = re.compile(rb"<!--.*?-->", re.S)


def declared_encoding(data: bytes) -> str:
    """The Python codec for the encoding that the file's `<meta>` or XML declaration names, or an empty text.

    Labels mean what browsers take them for: ISO-8859-1 is Windows-1252. Byte order marks are for the caller.
    """
    head = data[:PRESCAN]
    # A charset that stands in a comment declares nothing.
    found = _XML.match(head) or _META.search(_COMMENT.sub(b"", head))
    if found is None:
        return ""
    label = found[1].decode("ascii").lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
    except LookupError:
        return ""
    name = _BROWSERS_READ.get(name, name)
    # Codecs that do not turn bytes into text (rot13, base64 …) are no encodings of a page.
    return name if codecs.lookup(name)._is_text_encoding else ""


_PREAMBLE = re.compile(r"(?:\s+|<!--.*?-->|<\?[^>]*\?>|<\?[^>]*>)*", re.S)
_DOCUMENT = re.compile(r"<!doctype\s+html\b|<html\b|<head\b[^>]*>|<body\b[^>]*>|<frameset\b", re.I)
_FRAGMENT = re.compile(
    r"<(?:article|main|section|div|p|h[1-6]|table|header|meta|title|link|center|font|blockquote|ul|ol|figure)\b", re.I
)
_BLOCK_TAG = re.compile(
    r"</?(?:article|main|section|div|p|h[1-6]|table|tr|td|li|ul|ol|br|blockquote|figure)\b[^<>]*>", re.I
)
_MARKDOWN_LINE = re.compile(r"^(?:#{1,6} |[-*] |\d+\. |```|> |\[[^\]]+\]: )", re.M)
_HTTP = re.compile(r"HTTP/\d(?:\.\d)? \d{3}[^\n]*\n(?:[A-Za-z-]+:[^\n]*\n)*\s*", re.I)


def looks_like_html(data: bytes | str) -> bool:
    """Whether this is an HTML document or a fragment of one, and not text or Markdown that mentions tags."""
    text = _beginning(data)
    if http := _HTTP.match(text):
        text = text[http.end() :]
    preamble = _PREAMBLE.match(text)
    start = preamble.end() if preamble else 0
    if _DOCUMENT.match(text, start):
        return True
    if not _FRAGMENT.match(text, start):
        return False
    # A fragment: mostly tags. A Markdown file may begin with a tag too, but then goes on as Markdown.
    tags = len(_BLOCK_TAG.findall(text))
    return tags >= 2 and tags > 2 * len(_MARKDOWN_LINE.findall(text))


def _beginning(data: bytes | str) -> str:
    if isinstance(data, str):
        return data[:_SNIFF].removeprefix("\ufeff")
    for mark, name in _WIDE_MARKS:
        if data.startswith(mark):
            return data[len(mark) : _SNIFF].decode(name, "replace")
    if data[:4] == b"<\0!\0" or data[:4] == b"<\0h\0":
        return data[:_SNIFF].decode("utf-16-le", "replace")
    if data[:4] == b"\0<\0!" or data[:4] == b"\0<\0h":
        return data[:_SNIFF].decode("utf-16-be", "replace")
    return data[:_SNIFF].decode("latin-1")
