"""When was it written: lines that state a date, dates in a text, inferred dates, dates in addresses. All texts are ours."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.conversion.dates import dated_line, dated_lines, dates_in, from_url, inferred
from generator.model.dates import edtf

LINES = [
    ("en", "Published: 3 March 2021, 10:15 GMT", "published", "2021-03-03", ""),
    ("en", "Mar 3, 2021 | 5 min read", "published", "2021-03-03", ""),
    ("en", "March 3rd, 2021 at 10:15 AM", "published", "2021-03-03", ""),
    ("en", "Wed 3 Mar 2021 15.30 CET", "published", "2021-03-03", ""),
    ("en", "2021-03-03T10:15:00Z", "published", "2021-03-03", ""),
    ("en", "by Jane Doe - 3/22/21 11:35 AM ET", "published", "2021-03-22", "by Jane Doe"),
    ("en", "By Jane DoeMar 3, 2021", "published", "2021-03-03", "By Jane Doe"),
    ("en", "Published Wed, Mar 3 20214:46 AM ESTUpdated 5 Min Ago", "published", "2021-03-03", ""),
    (
        "en",
        "Jane Doe · Northshore News · Posted: Mar 3, 2021 8:25 AM EST",
        "published",
        "2021-03-03",
        "Jane Doe Northshore News",
    ),
    ("en", "Last updated: 2021/03/03 at 8:39 AM", "updated", "2021-03-03", ""),
    ("en", "Updated on March 3, 2021", "updated", "2021-03-03", ""),
    ("en", "saved on 5 May 2022", "saved", "2022-05-05", ""),
    ("en", "Accessed 5 May 2022 at https://example.org/x", "saved", "2022-05-05", ""),
    ("en", "Opening 3 March 2021", "other", "2021-03-03", "Opening"),
    ("en", "Release date Mar 3, 2021", "other", "2021-03-03", "Release date"),
    ("en", "Horoscope for Saturday, 03/13/21", "other", "2021-03-13", None),
    ("en", "March 2021", "published", "2021-03", ""),
    ("en", "03/13/2021", "published", "2021-03-13", ""),
    ("en", "Wednesday 03/03/2021", "published", "2021-03-03", ""),
    ("en", "Saturday 03/04/2021", "published", "2021-04-03", ""),
    ("en-GB", "03/04/2021", "published", "2021-04-03", ""),
    ("en-US", "03/04/2021", "published", "2021-03-04", ""),
    ("en", "Monday, 3 March 2021", "published", "2021-03-03?", ""),
    ("de", "Stand: 03.03.2021", "updated", "2021-03-03", ""),
    ("de", "Aktualisiert am 3. März 2021, 10:15 Uhr", "updated", "2021-03-03", ""),
    ("de", "Veröffentlicht am Mittwoch, 3. März 2021", "published", "2021-03-03", ""),
    ("de", "3. Jänner 2021", "published", "2021-01-03", ""),
    ("de", "Abgerufen am 3. März 2021", "saved", "2021-03-03", ""),
    ("fr", "Publié le 3 mars 2021 à 10h15", "published", "2021-03-03", ""),
    ("fr", "Mis à jour le 1er août 2021", "updated", "2021-08-01", ""),
    ("fr", "Consulté le 3 mars 2021", "saved", "2021-03-03", ""),
    ("es", "Publicado el 3 de marzo de 2021", "published", "2021-03-03", ""),
    ("es", "Actualizado a las 10:15 del 3 de marzo de 2021", "updated", "2021-03-03", ""),
    ("es", "Madrid - 03 mar 2021 - 10:15 CET", "published", "2021-03-03", "Madrid"),
    ("es", "03/04/2021", "published", "2021-04-03", ""),
    ("uk", "Опубліковано 3 березня 2021 року", "published", "2021-03-03", ""),
    ("uk", "Оновлено: 3 березня 2021, 10:15", "updated", "2021-03-03", ""),
    ("uk", "Дата звернення: 3 березня 2021", "saved", "2021-03-03", ""),
    ("el", "Δημοσιεύθηκε: 3 Μαρτίου 2021", "published", "2021-03-03", ""),
    ("el", "Τελευταία ενημέρωση: 3 Μαΐου 2021, 10:15", "updated", "2021-05-03", ""),
    ("el", "ΤΕΤΑΡΤΗ 3 ΜΑΡΤΙΟΥ 2021", "published", "2021-03-03", ""),
    ("ja", "2021年3月3日", "published", "2021-03-03", ""),
    ("ja", "公開日：2021年3月3日", "published", "2021-03-03", ""),
    ("ja", "2021年3月3日(水) 10時15分 更新", "updated", "2021-03-03", ""),
    ("ja", "令和3年3月3日", "published", "2021-03-03", ""),
    ("ja", "閲覧日：2021年3月3日", "saved", "2021-03-03", ""),
    ("ar", "٣ مارس ٢٠٢١", "published", "2021-03-03", ""),
    ("ar", "نشر في 3 مارس 2021", "published", "2021-03-03", ""),
    ("ar", "آخر تحديث: 3 آذار 2021", "updated", "2021-03-03", ""),
    ("ar", "3 كانون الثاني/يناير 2021", "published", "2021-01-03", ""),
]

DATELINES = [
    ("en", "LAKEVIEW, 3 March 2021 — The council met on Tuesday and decided nothing at all.", "The council met"),
    ("en", "NEW YORK, March 3, 2021 (Wire) -- The council met on Tuesday and decided nothing.", "The council met"),
    ("de", "Berlin, 3. März 2021 (dpa) - Der Rat hat am Dienstag lange getagt und nichts beschlossen.", "Der Rat hat"),
    ("uk", "Київ, 3 березня 2021 року – Рада зібралася у вівторок і нічого не вирішила.", "Рада зібралася"),
    (
        "ja",
        "【東京 2021年3月3日】市は火曜日に会議を開き、何も決めなかったと発表した。議論は来月に続く。",
        "市は火曜日に",
    ),
    ("ar", "القاهرة - 3 مارس 2021 - اجتمع المجلس يوم الثلاثاء ولم يقرر شيئا على الإطلاق", "اجتمع المجلس"),
]

NO_DATES = [
    "The law of 3 March 2021 changed how towns pay for ferries.",
    "On 3 March 2021 the council met.",
    "It was March 3, 2021.",
    "3 hours ago",
    "yesterday",
    "Updated 4 Mar",
    "03/04/2021",
    "31 February 2021",
    "3 March 1299",
    "3 March 2999",
    "— Jane Doe (@janedoe) March 3, 2021",
    "Version 2021.03",
    "Chapter 12 of 2021 pages",
    "May 1999 bottles stood on the wall, and nobody counted them.",
    "1 of 9",
    "",
]


@pytest.mark.parametrize(("language", "line", "kind", "date", "rest"), LINES, ids=[row[1][:40] for row in LINES])
def test_a_short_line_states_a_date(language: str, line: str, kind: str, date: str, rest: str | None) -> None:
    stated = dated_line(line, language)
    assert stated is not None
    assert (stated.kind, str(stated.date)) == (kind, date)
    assert rest is None or stated.rest == rest


@pytest.mark.parametrize(("language", "line", "rest"), DATELINES, ids=[row[1][:30] for row in DATELINES])
def test_a_dateline_stands_at_the_head_of_a_paragraph(language: str, line: str, rest: str) -> None:
    stated = dated_line(line, language)
    assert stated is not None
    assert (stated.kind, str(stated.date)) == ("dateline", "2021-03-03")
    assert stated.rest.startswith(rest)


@pytest.mark.parametrize("line", NO_DATES)
def test_no_sentence_and_no_riddle_is_dated(line: str) -> None:
    stated = dated_line(line, "en")
    assert stated is None, stated


def test_publication_and_update_in_one_line_are_told_apart() -> None:
    stated = dated_lines("Updated Mar. 4, 2021 4:04AM EST / Published Mar. 3, 2021 12:16PM EST", "en")
    assert [(one.kind, str(one.date)) for one in stated] == [("updated", "2021-03-04"), ("published", "2021-03-03")]
    chosen = dated_line("Updated Mar. 4, 2021 4:04AM EST / Published Mar. 3, 2021 12:16PM EST", "en")
    assert chosen is not None
    assert chosen.kind == "published"


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("en", "From 3 March 2021 to March 5, 2021, and again in May 2022.", ["2021-03-03", "2021-03-05", "2022-05"]),
        ("de", "Am 3. März 2021 und am 04.05.2021 geschah nichts.", ["2021-03-03", "2021-05-04"]),
        ("fr", "Le 1er mars 2021 puis en août 2021.", ["2021-03-01", "2021-08"]),
        ("es", "El 3 de marzo de 2021 y en mayo de 2022.", ["2021-03-03", "2022-05"]),
        ("uk", "3 березня 2021 року та у травні 2022 року.", ["2021-03-03", "2022-05"]),
        ("el", "Στις 3 Μαρτίου 2021 και τον Μάιο του 2022.", ["2021-03-03", "2022-05"]),
        ("ja", "2021年3月3日と2022年5月に開いた。", ["2021-03-03", "2022-05"]),
        ("ar", "في 3 مارس 2021 وفي مايو 2022.", ["2021-03-03", "2022-05"]),
        ("en", "In 2021 there were 2022 ferries, 03/04/2021 of them late.", []),
    ],
)
def test_dates_in_running_text(language: str, text: str, dates: list[str]) -> None:
    found = dates_in(text, language)
    assert [str(date) for date, _, _ in found] == dates
    assert all(text[start:end].strip() for _, start, end in found)


@pytest.mark.parametrize(
    ("language", "text", "date", "phrase"),
    [
        ("en", "Since early May 2022 the ferry has run at night.", "2022-05~", "Since early May 2022"),
        ("en", "So far in May 2022 nobody has complained.", "2022-05~", "So far in May 2022"),
        ("de", "Seit Anfang Mai 2022 fährt sie auch nachts.", "2022-05~", "Seit Anfang Mai 2022"),
        ("fr", "Depuis la mi-mai 2022, il circule la nuit.", "2022-05~", "Depuis la mi-mai 2022"),
        ("es", "Desde principios de mayo de 2022 navega de noche.", "2022-05~", "Desde principios de mayo de 2022"),
        ("uk", "З початку травня 2022 року пором ходить уночі.", "2022-05~", "З початку травня 2022"),
        ("el", "Από τις αρχές Μαΐου 2022 το πλοίο ταξιδεύει νύχτα.", "2022-05~", "Από τις αρχές Μαΐου 2022"),
        ("ja", "2022年5月上旬から夜も運航している。", "2022-05~", "2022年5月上旬から"),
        ("ar", "منذ أوائل مايو 2022 تعمل العبارة ليلا.", "2022-05~", "منذ أوائل مايو 2022"),
        (
            "en",
            "This describes the state of affairs in early summer 2026.",
            "2026-22~",
            "the state of affairs in early summer 2026",
        ),
        ("de", "Stand Mai 2022 sind es zwölf Boote.", "2022-05~", "Stand Mai 2022"),
        ("uk", "Станом на травень 2022 року поромів дванадцять.", "2022-05~", "Станом на травень 2022"),
        ("ja", "2022年5月現在、船は十二隻ある。", "2022-05~", "2022年5月現在"),
    ],
)
def test_a_text_that_speaks_of_its_present_is_dated_about(language: str, text: str, date: str, phrase: str) -> None:
    inference = inferred([(3, "Nothing here."), (7, text)], language)
    assert inference is not None
    assert (str(inference.date), inference.line, inference.phrase) == (date, 7, phrase)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Spring 2017", "2017-21"), ("Frühjahr 2012", "2012-21"), ("Automne 1998", "1998-23"), ("2014年夏号", "2014-22"),
        ("SATURDAY, MAY 9, 1891.", "1891-05-09"), ("Published 28 May 2014 in The Tower and Field.", "2014-05-28"),
    ],
)  # fmt: skip
def test_issues_and_old_papers_state_their_date(line: str, date: str) -> None:
    stated = dated_line(line, "en")
    assert stated is not None
    assert (stated.kind, str(stated.date)) == ("published", date)


@pytest.mark.parametrize(
    "line",
    [
        "一般公開は2021年4月1日から始まる予定だ。",
        "灯りがともった灯台＝2020年11月3日、青浜市で鈴木花子撮影",
        "Spring 2017 was cold.",
    ],
)
def test_a_line_that_says_something_about_a_day_is_no_date_line(line: str) -> None:
    assert dated_lines(line, "ja") == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["Since March 1989 the web has grown."],
        ["In early May 2022 the ferry ran."],
        ["Since early May 2022 the ferry has run.", "It stopped in 2023."],
        ["Since early May 2022 the ferry has run.", "On 3 June 2022 the council met."],
        ["Since early May 2022 the ferry has run.", "By 2030 it will be electric."],
        [],
    ],
)
def test_history_and_later_years_forbid_an_inference(lines: list[str]) -> None:
    assert inferred(list(enumerate(lines, start=1)), "en") is None


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.org/2021/03/03/ferry", "2021-03-03"),
        ("https://example.org/news/2021/mar/03/ferry", "2021-03-03"),
        ("https://example.org/2021/3/3/ferry", "2021-03-03"),
        ("https://example.org/story/2021-03-03/ferry", "2021-03-03"),
        ("https://example.org/20210303/ferry.html", "2021-03-03"),
        ("https://example.org/2021/03/ferry", "2021-03"),
        ("https://example.org/2021/13/03/ferry", None),
        ("https://example.org/2021/02/31/ferry", "2021-02"),
        ("https://example.org/a?date=2021/03/03/", None),
        ("https://example.org/article/20213344", None),
        ("https://2021-03-03.example.org/ferry", None),
        ("", None),
    ],
)
def test_an_address_states_its_date(url: str, date: str | None) -> None:
    found = from_url(url)
    assert (str(found) if found else None) == date


PIECES = st.sampled_from(
    [
        "3",
        "03",
        "2021",
        "20",
        "99",
        "March",
        "märz",
        "березня",
        "Μαΐου",
        "年",
        "月",
        "日",
        "/",
        ".",
        "-",
        ",",
        ":",
        " ",
        "Updated",
        "مارس",
        "٣",
        "٢٠٢١",
        "of",
        "(",
        "令和",
        "元",
    ]
)
TEXTS = st.text(max_size=300) | st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS, st.sampled_from(["en", "de", "ja", "ar", "", "en-US", "xx"]))
def test_any_text_gives_dates_that_parse(text: str, language: str) -> None:
    for date, start, end in dates_in(text, language):
        assert edtf(str(date)) == date
        assert 0 <= start < end <= len(text)
    for stated in dated_lines(text, language):
        assert edtf(str(stated.date)) == stated.date
        assert stated.date.year is not None
        assert 1500 <= stated.date.year <= 2100
    inference = inferred([(1, text)], language)
    assert inference is None or (edtf(str(inference.date)) == inference.date and len(inference.phrase) <= 60)
    url = from_url(text)
    assert url is None or edtf(str(url)) == url


@pytest.mark.parametrize(
    "text",
    [
        "2021 " * 100_000,
        "3 March " * 50_000,
        "1" * 500_000,
        "a" * 500_000,
        "since early " * 40_000,
        "/2021" * 50_000,
        "3." * 200_000,
    ],
)
def test_a_huge_text_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    dates_in(text, "en")
    dated_lines(text, "en")
    dated_lines(text[:200], "en")
    inferred([(1, text)], "en")
    from_url(text)
    assert time.perf_counter() - started < 2
