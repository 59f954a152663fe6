"""What kind of file was received, judged by what it holds and only then by its name.

Sources: PRONOM signatures (The National Archives) for the binary kinds; the WHATWG "MIME Sniffing" standard, section
7.1, for the tags that make a document HTML.
"""

import re

from generator.model.captures import Format

_SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "a PNG picture"),
    (b"\xff\xd8\xff", 0, "a JPEG picture"),
    (b"GIF87a", 0, "a GIF picture"),
    (b"GIF89a", 0, "a GIF picture"),
    (b"WEBP", 8, "a WebP picture"),
    (b"II*\x00", 0, "a TIFF picture"),
    (b"MM\x00*", 0, "a TIFF picture"),
    (b"BM", 0, "a BMP picture"),
    (b"%PDF-", 0, "a PDF document"),
    (b"PK\x03\x04", 0, "a ZIP archive or an office document"),
    (b"PK\x05\x06", 0, "an empty ZIP archive"),
    (b"\x1f\x8b", 0, "a gzip file"),
    (b"BZh", 0, "a bzip2 file"),
    (b"\xfd7zXZ\x00", 0, "an xz file"),
    (b"\x28\xb5\x2f\xfd", 0, "a Zstandard file"),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7-Zip archive"),
    (b"Rar!\x1a\x07", 0, "a RAR archive"),
    (b"ustar", 257, "a tar archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "an old Office document"),
    (b"{\\rtf", 0, "an RTF document"),
    (b"SQLite format 3\x00", 0, "an SQLite database"),
    (b"\x7fELF", 0, "a program"),
    (b"MZ", 0, "a program"),
    (b"ID3", 0, "an MP3 recording"),
    (b"OggS", 0, "an Ogg recording"),
    (b"ftyp", 4, "an MP4 recording"),
    (b"\x1aE\xdf\xa3", 0, "a Matroska or WebM recording"),
    (b"RIFF", 0, "a RIFF recording"),
)
_ALSO_TEXT = frozenset((b"BM", b"MZ", b"ID3", b"BZh", b"OggS", b"RIFF"))
"""Signatures that an ordinary text can begin with: they count only where the file holds NUL bytes as well."""

_HTML_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|table|div|article|section|main|header|h[1-6]|p|br"
    r"|font|center|iframe|a)\b[^<>]{0,2000}>|<!--",
    re.I,
)
_HTML_DOCUMENT = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}\?>\s*|<!--(?:[^-]|-(?!->)){0,2000}-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.I,
)
_HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".php", ".asp", ".aspx")
_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd")
_FENCE = re.compile(r"(?:---|\+\+\+)[ \t]*\n")
_KEY = re.compile(r"[ \t]*[\"']?[\w.-]+[\"']?[ \t]*[:=]|[ \t]*[#\[]|[ \t]*\n")


def binary_kind(data: bytes) -> str:
    """What a binary file seems to be, in words (`a PNG picture`); empty when nothing is known of it."""
    for signature, offset, kind in _SIGNATURES:
        if data[offset : offset + len(signature)] == signature and (
            signature not in _ALSO_TEXT or b"\x00" in data[:4096]
        ):
            return kind
    return ""


def format_of(path: str, text: str) -> Format:
    """The format of a decoded capture: HTML, Markdown or plain text."""
    name = path.lower()
    if name.endswith(_MARKDOWN_NAMES):
        return Format.MARKDOWN
    if _HTML_DOCUMENT.match(text[:20_000]):
        return Format.HTML
    if _begins_with_front_matter(text):
        return Format.MARKDOWN
    start = text[:20_000]
    tags = len(_HTML_TAG.findall(start))
    if name.endswith(_HTML_NAMES) and tags:
        return Format.HTML
    if (
        tags >= 5
        and start.lstrip().startswith("<")
        and re.search(r"</(?:p|div|h[1-6]|a|td|title|li)\s{0,9}>", start, re.I)
    ):
        return Format.HTML
    return Format.PLAIN_TEXT


def _begins_with_front_matter(text: str) -> bool:
    """A first line of `---` alone is a ruler unless something that looks like a key follows."""
    fence = _FENCE.match(text)
    return bool(fence and _KEY.match(text, fence.end()))
