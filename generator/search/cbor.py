"""The part of CBOR (RFC 8949) that Pagefind's files use: whole numbers, texts, and arrays of known length."""

from collections.abc import Sequence
from typing import Any


class NotRead(ValueError):
    """Raised for bytes that are not of the form this program knows."""


def head(major: int, value: int) -> bytes:
    """The shortest head of a major type (0 to 7) with its value or length."""
    first = major << 5
    if value < 24:
        return bytes((first | value,))
    for code, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if value < 1 << (8 * size):
            return bytes((first | code,)) + value.to_bytes(size, "big")
    raise ValueError(value)


class _Heads(dict[int, bytes]):
    """The bytes of numbers up to 65,535, which come again and again."""

    def __missing__(self, number: int) -> bytes:
        data = head(0, number)
        if number < 1 << 16:
            self[number] = data
        return data


NUMBERS = _Heads()
"""The bytes of a number that is not below zero."""


def encoded_numbers(numbers: Sequence[int]) -> bytes:
    """A list of whole numbers that are not below zero, many times as quick as `encoded` is."""
    return head(4, len(numbers)) + b"".join(map(NUMBERS.__getitem__, numbers))


def encoded(value: Any) -> bytes:
    """A whole number, a text, or a list or tuple of such values."""
    if type(value) is int and value >= 0:
        return NUMBERS[value]
    if isinstance(value, str):
        data = value.encode()
        return head(3, len(data)) + data
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    return head(4, len(value)) + b"".join([encoded(item) for item in value])


def head_at(data: bytes, place: int) -> tuple[int, int, int]:
    """The major type, the value or length, and the place after the head that stands at `place`."""
    try:
        first = data[place]
    except IndexError:
        raise NotRead("ends too early") from None
    code = first & 31
    if code < 24:
        return first >> 5, code, place + 1
    if code > 27:
        raise NotRead(f"byte {place}: length left open")
    after = place + 1 + (1 << (code - 24))
    return first >> 5, int.from_bytes(data[place + 1 : after], "big"), after


def decoded(data: bytes) -> Any:
    """The one value that the bytes hold."""
    value, place = decoded_at(data, 0)
    if place != len(data):
        raise NotRead(f"{len(data) - place} bytes too many")
    return value


def decoded_at(data: bytes, place: int, depth: int = 0) -> tuple[Any, int]:
    """The value at `place`, and the place after it."""
    major, size, place = head_at(data, place)
    if major == 0:
        return size, place
    if major == 1:
        return -1 - size, place
    if major == 3:
        if place + size > len(data):
            raise NotRead("ends too early")
        return data[place : place + size].decode(), place + size
    if major == 4 and depth < 16:
        items = []
        for _ in range(size):
            item, place = decoded_at(data, place, depth + 1)
            items.append(item)
        return items, place
    raise NotRead(f"byte {place}: major type {major}")
