"""How an article is written down: the one place that turns fields into the text of a file under `content/`.

What it writes reads back as the same values, and a person's later change can be told from it by two digests.
"""

import hashlib
import re

from generator.front_matter import quoted
from generator.model.articles import CONVERTER, Access, Conversion, Fields, Role, Source

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*[A-Za-z0-9]|[A-Za-z0-9]")
_CAPTURE_LINE = re.compile(r"^capture:[ \t]*$", re.M)
_FIELDS_DIGEST = re.compile(r"^  fields_sha256: .*\n", re.M)


def written_article(conversion: Conversion, capture_file: str, capture_sha256: str) -> str:
    """The whole text of an article file for a conversion of a capture."""
    body = conversion.body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")  # as reading will see it
    body = body + "\n" if body else ""
    lines = [
        *_field_lines(conversion.fields),
        "capture:",
        f"  file: {_name(capture_file)}",
        f"  sha256: {capture_sha256}",
        f'  converter: "{CONVERTER}"',
    ]
    if conversion.captured:
        lines.append(f"  date: {conversion.captured.text}")
    if conversion.read:
        lines.append("  read:")
        lines += [f"    {_name(key)}: {quoted(reason)}" for key, reason in conversion.read]
    if conversion.decisions:
        lines.append(f"  decisions: {conversion.decisions}")
    lines.append(f"  body_sha256: {digest(body)}")
    header = "\n".join(lines) + "\n"
    header += f"  fields_sha256: {digest(header)}\n"
    return f"---\n{header}---\n\n{body}" if body else f"---\n{header}---\n"


def is_edited(header: str, body: str, body_sha256: str, fields_sha256: str) -> bool:
    """Whether a file differs from what the converter wrote; without digests a person wrote it."""
    if not body_sha256 or not fields_sha256:
        return True
    header = header.replace("\r\n", "\n")
    body = body.replace("\r\n", "\n").removeprefix("\n")
    return digest(body) != body_sha256 or digest(_FIELDS_DIGEST.sub("", header)) != fields_sha256


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _field_lines(fields: Fields) -> list[str]:
    lines = [f"title: {quoted(fields.title)}"]

    def add(key: str, text: str) -> None:
        if text:
            lines.append(f"{key}: {text}")

    add("subtitle", quoted(fields.subtitle) if fields.subtitle else "")
    add("author", _flow(fields.authors))
    add(
        "date",
        quoted(fields.date.text)
        if fields.date and not _PLAIN.fullmatch(fields.date.text.rstrip("~?%"))
        else str(fields.date or ""),
    )
    add("updated", str(fields.updated or ""))
    add("language", fields.language)
    if fields.sources:
        lines.append("sources:")
        lines += [f"  - {_source(source)}" for source in fields.sources]
    add("tags", _flow(fields.tags))
    if fields.summary:
        lines.append("summary:")
        lines += [f"  - {quoted(point)}" for point in fields.summary]
    for key in ("image_credits", "author_note"):
        value = getattr(fields, key)
        add(key, quoted(value) if value else "")
    add("slug", _name(fields.slug) if fields.slug else "")
    add("aliases", _flow(tuple("/" + alias.lstrip("/") for alias in fields.aliases)))
    if fields.access is not Access.OPEN:
        add("access", fields.access.value)
    for key in ("access_note", "abstract", "rights"):
        value = getattr(fields, key)
        add(key, quoted(value) if value else "")
    add("access_date", str(fields.access_date or ""))
    lines += [f"{_name(key)}: {quoted(value)}" for key, value in fields.extra]
    return lines


def _flow(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(quoted(text) for text in texts)}]" if texts else ""


def _source(source: Source) -> str:
    parts = [f"name: {quoted(source.name)}"]
    if source.url:
        parts.append(f"url: {quoted(source.url)}")
    parts.append(f"role: {Role(source.role).value}")
    return "{" + ", ".join(parts) + "}"


def _name(text: str) -> str:
    """A key or path: plain where YAML reads it as the same text, else quoted."""
    return (
        text if re.fullmatch(r"[A-Za-z0-9_./-]+", text) and text[0] != "-" and text.lower() != "null" else quoted(text)
    )
