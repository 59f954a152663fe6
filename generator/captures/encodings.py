"""Bytes to text: marks first, then strict UTF-8, then UTF-16 by its NUL bytes, then the likeliest old code page.

A code page is never guessed from bytes alone: each candidate is decoded strictly and the one whose text looks most
like language wins. Source for the tables: the Python codecs; for the letters, the alphabets themselves.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text, the codec's name, and what decoding had to do beyond reading (clauses for a person)."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes((*range(9), *range(14, 27), *range(28, 32), *range(127, 160)))
"""Every byte that a control character of UTF-8 has; most of them are parts of other characters as well."""
_DECLARED = re.compile(
    rb"<meta\b[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml\b[^<>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.I,
)


def decoded(data: bytes) -> Decoded | None:
    """Decodes a capture; None when no encoding gives text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name, "a byte order mark was removed")
    if b"\x00" not in data:
        return _strictly(data, "utf-8") or _declared(data) or _code_page(data)
    wide = _utf_16_by_nul(data)
    return _strictly(data, wide) if wide else None


def _strictly(data: bytes, name: str, *notes: str) -> Decoded | None:
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    most = max(2, len(text) * 0.02)
    is_plain = name == "utf-8" and len(data) - len(data.translate(None, _CONTROL_BYTES)) <= most
    return Decoded(text, name, notes) if is_plain or len(_CONTROL.findall(text)) <= most else None


def _utf_16_by_nul(data: bytes) -> str:
    """UTF-16 without a mark: in text of most scripts one byte of many a pair is zero, always on the same side."""
    sample = data[:_SAMPLE]
    if len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    pairs = max(len(sample) // 2, 1)
    if odd > pairs * 0.1 and even <= odd * 0.05:
        return "utf-16-le"
    if even > pairs * 0.1 and odd <= even * 0.05:
        return "utf-16-be"
    return ""


def _declared(data: bytes) -> Decoded | None:
    """The encoding that an HTML document names for itself, where its bytes bear it out."""
    found = _DECLARED.search(data[:4096])
    if found is None:
        return None
    name = (found[1] or found[2]).decode("ascii").lower()
    name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "shift_jis": "cp932", "x-sjis": "cp932"}.get(
        name, name
    )
    result = None if name in _NOT_TEXT else _strictly(data, name)
    return result and Decoded(result.text, result.encoding, (f"decoded as {name}, as it declares",))


_NOT_TEXT = frozenset(
    [
        "base64",
        "bz2",
        "hex",
        "quopri",
        "rot13",
        "uu",
        "zlib",
        "unicode_escape",
        "raw_unicode_escape",
        "idna",
        "punycode",
        "undefined",
    ]
)
_CYRILLIC = frozenset("оеаинтсрвлкмдпуіяьзгОЕАИНТСРВЛКМДП")
_RARE_CYRILLIC = frozenset("ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄ")


def _code_page(data: bytes) -> Decoded | None:
    """The candidate whose text looks most like language; Windows-1252 where nothing else is clearly better."""
    best: Decoded | None = None
    best_score = 0.0 if _is_mostly_ascii(data) else _LEAST_SCORE
    sample = data[:_SAMPLE]
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    for name, weigh in _CANDIDATES:
        try:
            text = sample.decode(name, "strict" if len(sample) == len(data) else "ignore")
        except UnicodeDecodeError:
            continue
        score = weigh(text)
        if score > best_score + 0.02:
            result = _strictly(data, name)
            if result is not None:
                best, best_score = Decoded(result.text, name, (f"not UTF-8: read as {name}",)), score
    return best


_LEAST_SCORE = 0.6


def _is_mostly_ascii(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return len(sample.translate(None, bytes(range(0x80)))) < len(sample) * 0.05


def _foreign(text: str) -> list[str]:
    return [ch for ch in text if ch > "\x7f"]


def _western(text: str) -> float:
    """Accented letters stand beside ASCII letters; currency signs, fractions and the like do not abound."""
    foreign = _foreign(text)
    good = len(
        re.findall(r"(?<=[A-Za-z])[À-ÖØ-öø-ÿœšžŒŠŽ’]|[À-ÖØ-öø-ÿœšžŒŠŽ](?=[a-z])|[“„”‘’–—…«»\xa0€£§°©®·¿¡ªº]", text)
    )
    runs = len(re.findall(r"[À-ÖØ-öø-ÿ]{3,}|[a-zß-öø-ÿ][À-ÖØ-Þ]", text))
    return (good - 1.5 * runs) / max(len(foreign), 1) * 0.9 + 0.05


def _central(text: str) -> float:
    foreign = _foreign(text)
    good = len(
        re.findall(r"(?<=[a-zA-Z])[ąćęłńóśźżáčďéěíňřšťúůýžőűöüâăîșțşţđ]|[ĄĆĘŁŃŚŹŻČŠŘŽ](?=[a-z])|[“„”‘’–—…»«\xa0]", text)
    )
    telling = len(re.findall(r"[ąęłśźżćńčďěňřťůőűăşţđ]", text))
    return good / max(len(foreign), 1) * 0.85 if telling >= max(2, len(foreign) * 0.25) else 0.0


def _script(low: str, high: str, common: frozenset[str], rare: frozenset[str] = frozenset()) -> Callable[[str], float]:
    """Weighs text for one script: its letters, the common ones among them, and no capitals inside words."""
    mixed = re.compile(rf"[{low}-{high}][a-z]|[a-z][{low}-{high}]")

    def weigh(text: str) -> float:
        foreign = _foreign(text)
        if not foreign:
            return 0.0
        own = sum(low <= ch <= high for ch in foreign)
        usual = sum(ch in common for ch in foreign)
        odd = sum(ch in rare for ch in foreign) + len(mixed.findall(text))
        swapped = sum(a.islower() and b.isupper() for a, b in pairwise(text) if b > "\x7f")
        return (own * 0.55 + usual * 0.55 - odd - swapped * 2) / len(foreign)

    return weigh


def _japanese(text: str) -> float:
    foreign = _foreign(text)
    kana = sum("\u3040" <= ch <= "\u30ff" for ch in foreign)
    han = sum("\u4e00" <= ch <= "\u9fff" for ch in foreign)
    narrow = sum("\uff61" <= ch <= "\uff9f" for ch in foreign)
    marks = sum(ch in "、。「」『』・ー（）！？：〜０１２３４５６７８９" for ch in foreign)
    good = kana + han + marks - 2 * narrow
    return good / max(len(foreign), 1) if kana > len(foreign) * 0.15 else 0.0


_CANDIDATES = (
    ("cp1252", _western),
    ("cp1250", _central),
    ("iso8859-2", _central),
    ("cp1251", _script("Ѐ", "ӿ", _CYRILLIC, _RARE_CYRILLIC)),
    ("koi8-u", _script("Ѐ", "ӿ", _CYRILLIC, _RARE_CYRILLIC)),
    ("iso8859-5", _script("Ѐ", "ӿ", _CYRILLIC, _RARE_CYRILLIC)),
    ("cp866", _script("Ѐ", "ӿ", _CYRILLIC, _RARE_CYRILLIC)),
    ("cp1253", _script("Ͱ", "Ͽ", frozenset("αοιετσνηυρπκμλςίόάέήύώΑΤΟΕΗΠΚ"))),
    ("iso8859-7", _script("Ͱ", "Ͽ", frozenset("αοιετσνηυρπκμλςίόάέήύώΑΤΟΕΗΠΚ"))),
    ("cp1256", _script("؀", "ۿ", frozenset("اليمنرتبةعدسفهكوقحجأإشطصخضذئ"))),
    ("iso8859-6", _script("؀", "ۿ", frozenset("اليمنرتبةعدسفهكوقحجأإشطصخضذئ"))),
    ("cp932", _japanese),
    ("euc_jp", _japanese),
)
