"""How HTML is recognised, and which encoding it declares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.captures.html import declared_encoding, looks_like_html


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b'<html><head><meta charset="utf-8">', "utf-8"),
        (b"<META CHARSET=KOI8-R>", "koi8-r"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        (b'<meta content="text/html;charset=Shift_JIS" http-equiv=Content-Type>', "cp932"),
        (b'<?xml version="1.0" encoding="windows-1251"?><html>', "cp1251"),
        (b'<meta charset="utf-16">', "utf-8"),
        (b'<!-- <meta charset="koi8-r"> --><meta charset="gb2312">', "gb18030"),
        (b'<meta charset="rot13">', ""),
        (b'<meta charset="no-such-thing">', ""),
        (b"<p>charset=utf-8</p>", ""),
    ],
)
def test_the_declared_encoding_is_the_one_browsers_take(data: bytes, encoding: str) -> None:
    assert declared_encoding(data) == encoding


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<!DOCTYPE html><title>x</title>", True),
        ("\ufeff\n<!-- saved --><HTML>", True),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html>', True),
        ("<h1>Title</h1><p>One</p><p>Two</p>", True),
        ("<p align=center>Logo</p>\n\n# A readme\n\n- one\n- two\n- three\n", False),
        ("The <div> element is a block, and <p> is a paragraph.", False),
        ("---\ntitle: x\n---\n<p>text</p>", False),
        ("", False),
    ],
)
def test_html_is_told_from_text_that_mentions_it(text: str, is_html: bool) -> None:
    assert looks_like_html(text) is is_html
    assert looks_like_html(text.encode()) is is_html


def test_html_in_utf_16_is_recognised() -> None:
    assert looks_like_html("<!DOCTYPE html><p>x</p>".encode("utf-16"))
    assert looks_like_html("<html><p>x</p>".encode("utf-16-le"))


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    assert isinstance(declared_encoding(data), str)
    assert isinstance(looks_like_html(data), bool)
