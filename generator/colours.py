"""Colours as CSS writes them, and how well two of them can be told apart.

Sources: CSS Color Module Level 4 (syntax); Web Content Accessibility Guidelines 2.2, relative luminance and contrast.
"""

import re

READABLE = 4.5
"""The contrast that text needs (WCAG 2.2, 1.4.3)."""

_NUMBER = r"[+-]?[0-9]{1,4}(?:\.[0-9]{1,6})?(?:%|deg|turn)?"
_COLOUR = re.compile(
    r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|[a-zA-Z]{3,20}"
    rf"|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\({_NUMBER}(?:[ \t]*[,\s][ \t]*{_NUMBER}){{2}}(?:[ \t]*[,/][ \t]*{_NUMBER})?\)",
    re.ASCII,
)


def is_colour(text: str) -> bool:
    """Whether a text is a colour and nothing more: nothing in it can end the declaration it stands in."""
    return bool(_COLOUR.fullmatch(text))


def contrast(one: str, other: str) -> float | None:
    """The contrast of two colours, from 1 to 21; none where one of them is not written in hexadecimal digits."""
    lights = [_luminance(colour) for colour in (one, other)]
    if lights[0] is None or lights[1] is None:
        return None
    darker, lighter = sorted((lights[0], lights[1]))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float | None:
    digits = colour.removeprefix("#")
    if not colour.startswith("#") or len(digits) not in (3, 6):
        return None
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
