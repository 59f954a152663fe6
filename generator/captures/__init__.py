"""What did we receive? Bytes become a `Capture`, or a `Refusal` that says what the file seems to be.

The bytes themselves are never changed: the digest is of what was received.
"""

import hashlib

from generator.captures.cleaning import cleaned
from generator.captures.encodings import decoded
from generator.captures.kinds import binary_kind, format_of
from generator.front_matter import read_front_matter
from generator.model.captures import Capture, Format
from generator.problems import Problem, Refusal

LARGEST = 20_000_000
"""Bytes of a capture that are still converted: five thousand times an ordinary article."""


def receive(path: str, data: bytes) -> Capture:
    """Reads one raw file into a capture.

    `path` is relative to the archive's root. Raises Refusal for a file that is empty, too large, binary or
    undecodable, and for a Markdown capture whose front matter is broken.
    """
    _refuse_what_is_no_text(path, data)
    found = decoded(data)
    if found is None:
        raise Refusal(
            Problem(
                path,
                "is not text in any encoding that is known here",
                "save it as UTF-8, or move it out of the captures",
            )
        )
    text, notes = cleaned(found.text)
    notes = (*found.notes, *notes)
    if not text.strip():
        raise Refusal(Problem(path, "holds nothing but white space", "capture the article again, or remove the file"))
    digest = hashlib.sha256(data).hexdigest()
    format_ = format_of(path, text)
    if format_ is not Format.MARKDOWN:
        return Capture(path, digest, format_, found.encoding, text, notes=notes)
    header, problems = read_front_matter(path, text)
    if problems:
        raise Refusal(*problems)
    return Capture(
        path, digest, format_, found.encoding, text, header.values, header.lines, header.body_line, notes
    )


def _refuse_what_is_no_text(path: str, data: bytes) -> None:
    if not data:
        raise Refusal(Problem(path, "is empty", "capture the article again, or remove the file"))
    kind = binary_kind(data)
    if not kind and b"\x00" in data and decoded(data) is None:
        kind = "a binary file of an unknown kind"
    if kind:
        raise Refusal(
            Problem(
                path,
                f"is not text: it seems to be {kind}",
                "save the article as text, Markdown or HTML, or move the file out of the captures",
            )
        )
    if len(data) > LARGEST:
        raise Refusal(
            Problem(
                path,
                f"is {len(data) / 1_000_000:.0f} MB long; captures of up to {LARGEST // 1_000_000} MB are converted",
                "split it into its articles, or move it out of the captures",
            )
        )
