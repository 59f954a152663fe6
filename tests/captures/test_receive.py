"""Bytes become a capture, or a refusal that says what the file seems to be and what to do."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.captures import LARGEST, receive
from generator.model.captures import Format
from generator.problems import Refusal

ENGLISH = "Night ferry to Brackwater\n\n“We hear it,” said Oda — at 5 €.\n"


def refusal(path: str, data: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        receive(path, data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "seeds/x.txt: is empty; capture the article again, or remove the file"),
        (b" \n\t\n", "seeds/x.txt: holds nothing but white space; capture the article again, or remove the file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "it seems to be a PNG picture; save the article as text, Markdown or HTML"),
        (b"%PDF-1.7\n%\xe2\xe3", "it seems to be a PDF document"),
        (b"PK\x03\x04\x14\x00", "it seems to be a ZIP archive or an office document"),
        (b"\x1f\x8b\x08\x00", "it seems to be a gzip file"),
        (b"\x00\x01\x02\x03" * 40, "it seems to be a binary file of an unknown kind"),
        (b"abc\x00\x00\x00\xff\xfe\x01" * 9, "it seems to be a binary file of an unknown kind"),
    ],
)
def test_what_is_no_text_is_refused_with_its_kind(data: bytes, message: str) -> None:
    assert message in refusal("seeds/x.txt", data)


def test_what_begins_like_a_program_but_is_text_is_received() -> None:
    assert receive("seeds/x.txt", b"MZ is what programs begin with.\n").format is Format.PLAIN_TEXT
    assert receive("seeds/x.txt", b"BM 12 left the yard.\n").text == "BM 12 left the yard.\n"


def test_bytes_that_are_no_text_in_any_encoding() -> None:
    assert "is not text in any encoding that is known here; save it as UTF-8" in refusal(
        "seeds/x.txt", bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xFF, 0xFE, 0xFD, 0xDE, 0xCD, 0x80, 0xA0]) * 5
    )


def test_a_file_beyond_the_largest_size() -> None:
    message = refusal("seeds/x.txt", b"a" * (LARGEST + 1))
    assert "is 20 MB long; captures of up to 20 MB are converted; split it into its articles" in message


def test_broken_front_matter_names_its_line() -> None:
    assert refusal("seeds/x.md", b'---\ntitle: "open\nauthor: [\n---\ntext\n').startswith("seeds/x.md:")
    assert "has no end" in refusal("seeds/x.md", b"---\ntitle: A\n\ntext\n")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("cp1252", b""),
    ],
)
def test_encodings(encoding: str, mark: bytes) -> None:
    capture = receive("seeds/x.txt", mark + ENGLISH.encode(encoding))
    assert (capture.text, capture.encoding) == (ENGLISH, encoding)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Der Fährmann grüßt. Über die Brücke läuft niemand mehr, sagt Jörg Müller – früher schon."),
        ("cp1252", "À l'été, la côte s'éveille : « très tôt », répète François Lefèvre, déjà fatigué."),
        ("cp1252", "El niño cruzó la bahía al amanecer; ¿quién lo acompañó? Según su tía, el capitán."),
        ("cp1251", "Паром відходить о десятій вечора. Мешканці набережної скаржаться на шум двигунів."),
        ("koi8-u", "Паром відходить о десятій вечора. Мешканці набережної скаржаться на шум двигунів."),
        ("cp1253", "Το πλοίο φεύγει στις δέκα το βράδυ και οι κάτοικοι διαμαρτύρονται για τον θόρυβο."),
        ("cp1256", "تغادر العبارة في العاشرة مساء ويشتكي السكان من ضجيج المحركات كل ليلة"),
        ("cp932", "夜の十時にフェリーが出港する。住民はエンジンの騒音について苦情を言っている。"),
        ("euc_jp", "夜の十時にフェリーが出港する。住民はエンジンの騒音について苦情を言っている。"),
        ("cp1250", "Prom odpływa o dziesiątej wieczorem, a mieszkańcy skarżą się na hałas; żona kapitana też."),
    ],
)
def test_old_code_pages_are_told_apart_by_what_reads_as_language(encoding: str, text: str) -> None:
    capture = receive("seeds/x.txt", (text + "\n").encode(encoding))
    assert capture.text == text + "\n"
    assert capture.notes == (f"not UTF-8: read as {capture.encoding}",)


def test_line_ends_become_newlines_and_nothing_else_ends_a_line() -> None:
    capture = receive("seeds/x.txt", "one\r\ntwo\rthree\nfour\ffive\u2028six\n".encode())
    assert capture.lines == ["one", "two", "three", "four\ffive\u2028six"]


def test_text_that_was_decoded_twice_is_mended_and_noted() -> None:
    doubled = "“It’s late,” said José — and left.".encode().decode("cp1252", "replace")
    doubled = "It’s late, said José – and left.".encode().decode("cp1252")
    capture = receive("seeds/x.txt", doubled.encode())
    assert capture.text == "It’s late, said José – and left."
    assert capture.notes == ("mended 3 places where UTF-8 had been read as Windows-1252",)


def test_rightly_accented_text_is_not_mended() -> None:
    text = "Ã is a letter of Portuguese, Â one of French: ÂGE, CÃO, â€ stays."
    assert receive("seeds/x.txt", text.encode()).text == text


def test_invisible_marks_without_meaning_go_and_those_with_meaning_stay() -> None:
    capture = receive("seeds/x.txt", "hy\u00adphen\u200b zero\x07 می\u200cخواهم \u200fمرحبا a\u00a0b".encode())
    assert capture.text == "hyphen zero می\u200cخواهم \u200fمرحبا a\u00a0b"
    assert capture.notes == ("removed 1 control character", "removed 2 invisible marks (soft hyphens and the like)")


@pytest.mark.parametrize(
    ("path", "text", "format_"),
    [
        ("seeds/a.txt", "<!DOCTYPE html>\n<html><body><p>Hi</p>", Format.HTML),
        ("seeds/a.txt", "  <!-- saved from url -->\n<html lang=en>", Format.HTML),
        ("seeds/a.html", "<p>Hello</p>\n<p>again</p>", Format.HTML),
        ("seeds/a.html", "No markup at all.", Format.PLAIN_TEXT),
        ("seeds/a.txt", "The tags <p> and <b> in a sentence stay text.", Format.PLAIN_TEXT),
        ("seeds/a.txt", "---\ntitle: A\n---\nText", Format.MARKDOWN),
        ("seeds/a.txt", "+++\ntitle = 'A'\n+++\nText", Format.MARKDOWN),
        ("seeds/a.txt", "---\nA ruler above a text.\n", Format.PLAIN_TEXT),
        ("seeds/a.md", "# A\n\nText", Format.MARKDOWN),
        ("seeds/a.MARKDOWN", "Text", Format.MARKDOWN),
        ("seeds/a.txt", "# A\n\nText", Format.PLAIN_TEXT),
    ],
)
def test_the_format_is_judged_by_content_before_the_name(path: str, text: str, format_: Format) -> None:
    assert receive(path, text.encode()).format is format_


@given(st.binary(max_size=300))
def test_any_bytes_give_a_capture_or_a_refusal(data: bytes) -> None:
    try:
        capture = receive("seeds/x.txt", data)
    except Refusal as refused:
        assert all(problem.hint and problem.message for problem in refused.problems)
    else:
        assert "\r" not in capture.text
        assert len(capture.sha256) == 64
