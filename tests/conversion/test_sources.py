"""From whom: the bodies and people that a text attributes statements to, in eight languages. All texts are ours."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.conversion.sources import Cited, cited, same_body

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def names(text: str, language: str = "en", authors: tuple[str, ...] = ()) -> list[str]:
    return [one.name for one in cited([(1, text)], language, authors)]


CITED = [
    ("en", "“It will rain,” the Institute for Quiet Towns added.", ["Institute for Quiet Towns"]),
    ("en", "“It will rain,” said Mayor Jane Doe.", ["Jane Doe"]),
    ("en", "“It will rain,” said the town's mayor, Jane Doe.", ["Jane Doe"]),
    ("en", "“It will rain,” Jane Doe, a spokeswoman for the ferry, said.", ["Jane Doe"]),
    ("en", "‘It will rain,’ said Jane Doe.", ["Jane Doe"]),
    ("en", "It will rain, according to the National Weather Service.", ["National Weather Service"]),
    ("en", "According to a report by the Centre for Tides, it will rain.", ["Centre for Tides"]),
    ("en", "Reuters reported that it will rain.", ["Reuters"]),
    ("en", "The Northshore Post said in a report that it will rain.", ["Northshore Post"]),
    ("en", "Jane Doe and John Roe said that it will rain.", ["Jane Doe", "John Roe"]),
    ("en", "Jane Doe of the Institute for Tides said: “It will rain.”", ["Jane Doe"]),
    ("en", "Librarian Joan Petty says nobody has complained.", ["Joan Petty"]),
    ("en", "The mayor, Jane Doe, told reporters that it would rain.", ["Jane Doe"]),
    ("en", "Jane Doe said goodbye and left.", []),
    ("fr", "D’après une étude de l’Institut Paris Région, il pleut.", ["Institut Paris Région"]),
    ("fr", "Selon le maire, Jean Dupont, il pleut.", ["Jean Dupont"]),
    ("uk", "Вагон відновили в депо, повідомив речник підприємства Олег Савчук.", ["Олег Савчук"]),
    ("ja", "東京大学の田中一郎教授は「驚いた」と話す。", ["田中一郎"]),
    ("ar", "وقالت المهندسة رنا خليل إن القاطرة قديمة.", ["رنا خليل"]),
    ("ar", "وأكدت المؤسسة أن الرحلات مجانية.", []),
    ("de", "„Es ist laut“, sagte eine Sprecherin des Institut.", []),
    ("de", "„Es ist laut“, sagte die Sprecherin des Institut für Lärmforschung.", ["Institut für Lärmforschung"]),
    ("de", "„Es regnet“, sagte Bürgermeisterin Anna Müller.", ["Anna Müller"]),
    ("de", "Laut dem Institut für Stadtruhe regnet es.", ["Institut für Stadtruhe"]),
    ("de", "Nach Angaben des Deutschen Wetterdienstes regnet es.", ["Deutscher Wetterdienst"]),
    ("de", "Das Statistische Bundesamt teilte am Dienstag mit, dass es regnet.", ["Statistisches Bundesamt"]),
    ("fr", "« Il pleut », a déclaré Élodie Dupont.", ["Élodie Dupont"]),
    ("fr", "Selon l'Institut national de la statistique, il pleut.", ["Institut national de la statistique"]),
    ("fr", "Selon Météo-France, il pleut.", ["Météo-France"]),
    ("fr", "D'après le ministère de la Culture, il pleut.", ["ministère de la Culture"]),
    ("fr", "L'Agence France-Presse rapporte que tout va bien.", ["Agence France-Presse"]),
    ("es", "«Llueve», dijo la alcaldesa Ana Pérez.", ["Ana Pérez"]),
    ("es", "Según el Instituto Nacional de Estadística, llueve.", ["Instituto Nacional de Estadística"]),
    ("es", "De acuerdo con la Agencia Estatal de Meteorología, llueve.", ["Agencia Estatal de Meteorología"]),
    ("es", "La Universidad de Sevilla informó que llueve.", ["Universidad de Sevilla"]),
    ("uk", "«Йде дощ», — сказала мерка Олена Коваль.", ["Олена Коваль"]),
    ("uk", "За даними Інституту вивчення війни, йде дощ.", ["Інститут вивчення війни"]),
    ("uk", "Як повідомляє Укрінформ, йде дощ.", ["Укрінформ"]),
    ("uk", "Міністерство культури повідомило, що йде дощ.", ["Міністерство культури"]),
    ("el", "«Βρέχει», δήλωσε η Μαρία Ιωάννου.", ["Μαρία Ιωάννου"]),
    ("el", "Σύμφωνα με το Ινστιτούτο Πόλεων, βρέχει.", ["Ινστιτούτο Πόλεων"]),
    ("el", "Σύμφωνα με τον Παγκόσμιο Οργανισμό Υγείας, βρέχει.", ["Παγκόσμιος Οργανισμός Υγείας"]),
    ("el", "Το Υπουργείο Πολιτισμού ανακοίνωσε ότι βρέχει.", ["Υπουργείο Πολιτισμού"]),
    ("ja", "気象庁によると、雨が降る。", ["気象庁"]),
    ("ja", "国立天文台の発表によると、雨が降る。", ["国立天文台"]),
    ("ja", "「雨だ」と山田太郎氏は述べた。", ["山田太郎"]),
    ("ja", "東京大学は雨が降ると発表した。", ["東京大学"]),
    ("ar", "بحسب وزارة الصحة، لا شيء جديد.", ["وزارة الصحة"]),
    ("ar", "وقالت وكالة رويترز إن المطر قادم.", ["وكالة رويترز"]),
    ("ar", "وفقا للأمم المتحدة، المطر قادم.", ["الأمم المتحدة"]),
    ("ar", "وأفاد معهد دراسة الحرب بأن القوات تقدمت.", ["معهد دراسة الحرب"]),
    ("ar", "وقال محمد علي إن المطر قادم.", ["محمد علي"]),
]

NOT_CITED = [
    ("en", "Officials said that nothing happened. According to officials in London, no."),
    ("en", "He said that it rained. “No,” she added. The report said that it was late."),
    ("en", "The ferry reached the Institute for Quiet Towns on Tuesday."),
    ("en", "Experts say that it will rain, and sources confirmed it."),
    ("en", "“It will rain,” he told Jane Doe."),
    ("en", "Police said on Monday that nobody was hurt."),
    ("en", "According to Moscow, nothing happened."),
    ("de", "Nach Angaben der Polizei regnet es. Experten zufolge nicht. Er sagte, dass es regnet."),
    ("fr", "Selon les autorités, il pleut. Selon lui, non. Selon des experts, peut-être."),
    ("es", "Según las autoridades, llueve. Según ella, no. Según fuentes policiales, quizá."),
    ("uk", "За словами експертів, йде дощ. Згідно з планом, ні. За його словами, так."),
    ("el", "Σύμφωνα με τις αρχές, βρέχει. Σύμφωνα με ειδικούς, όχι."),
    ("ja", "関係者によると、雨が降る。専門家によると、降らない。場合によると、わからない。"),
    ("ar", "بحسب مصادر، لا شيء جديد. وفقا للقانون، لا. وقال مسؤولون إن المطر قادم."),
]


@pytest.mark.parametrize(("language", "text", "expected"), CITED, ids=[f"{row[0]}-{row[1][:30]}" for row in CITED])
def test_who_is_cited(language: str, text: str, expected: list[str]) -> None:
    assert names(text, language) == expected


@pytest.mark.parametrize(("language", "text"), NOT_CITED, ids=[f"{row[0]}-{row[1][:30]}" for row in NOT_CITED])
def test_who_is_no_source(language: str, text: str) -> None:
    assert names(text, language) == []


def test_one_body_under_two_spellings_is_one_source_with_its_capitals() -> None:
    paragraphs = [
        (3, "The coast is clear, Northshore harbour office reports that the storm is over."),
        (5, "“It is over,” British coast guard said."),
        (9, "“It is over,” British Coast Guard concluded."),
        (12, "The Institute for the Study of Tides (IST) said in a report that it was over."),
        (14, "“It is over,” the IST added."),
        (15, "Reuters news agency reported that it was over. It was over, according to Reuters."),
    ]
    found = cited(paragraphs, "en")
    assert [one.name for one in found if "oast" in one.name or "IST" in one.name] == ["British Coast Guard"]
    assert Cited("British Coast Guard", 5) in found
    assert Cited("Institute for the Study of Tides", 12) in found
    assert Cited("Reuters", 15) in found
    assert len([one for one in found if one.name.startswith("Reuters")]) == 1


def test_a_surname_is_the_person_whose_full_name_the_text_gives() -> None:
    text = "Jane Doe runs the ferry. “It sails at night,” Doe said. “It does not,” said Nobody."
    assert names(text) == ["Jane Doe"]


def test_the_author_of_the_piece_is_no_source() -> None:
    text = "“It sails at night,” said Jane Doe. “It does not,” said John Roe."
    assert names(text, authors=("DOE, Jane",)) == ["John Roe"]


def test_sources_come_in_the_order_of_their_first_mention() -> None:
    found = cited(
        [(2, "Reuters reported that it rains."), (4, "“Yes,” said Jane Doe."), (6, "Reuters added that it stopped.")],
        "en",
    )
    assert found == (Cited("Reuters", 2), Cited("Jane Doe", 4))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("British military intelligence", "British Military Intelligence", True),
        ("the Institute for the Study of War", "Institute for the Study of War", True),
        ("Institute for the Study of War (ISW)", "ISW", True),
        ("ISW", "Institute for the Study of War", True),
        ("Reuters", "Reuters news agency", True),
        ("Doe", "Jane Doe", True),
        ("Інституту вивчення війни", "Інститут вивчення війни", True),
        ("Instituts für Stadtruhe", "Institut für Stadtruhe", True),
        ("Reuters", "Bloomberg", False),
        ("Institute for the Study of War", "Institute for Quiet Towns", False),
        ("Jane Doe", "John Doe", False),
        ("", "Reuters", False),
    ],
)
def test_two_spellings_of_one_body(a: str, b: str, same: bool) -> None:
    assert same_body(a, b) is same
    assert same_body(b, a) is same


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the capture that the project was started for is not on this machine")
def test_the_first_capture_cites_two_bodies() -> None:
    for path in sorted(SEEDS.glob("000_*.txt")):
        lines = path.read_text("utf-8-sig").split("\n")
        found = cited([(number, line) for number, line in enumerate(lines, start=1) if line.strip()], "en")
        assert [one.name for one in found] == ["British Military Intelligence", "Institute for the Study of War"]


PIECES = st.sampled_from(
    [
        "“",
        "”",
        ",",
        ".",
        "said",
        "the",
        "The",
        "Institute",
        "of",
        "According to",
        "Jane",
        "Doe",
        "によると",
        "」と",
        "قال",
        "إن",
        "за даними",
        "d'après",
        "(",
        ")",
        "’",
    ]
)
TEXTS = st.text(max_size=300) | st.lists(PIECES, max_size=60).map(" ".join)


@given(TEXTS, st.sampled_from(["en", "de", "fr", "es", "uk", "el", "ja", "ar", "", "xx"]))
def test_any_text_gives_names_and_lines_of_it(text: str, language: str) -> None:
    for one in cited([(4, text), (8, text)], language):
        assert one.name.strip() == one.name != ""
        assert one.line in (4, 8)


@pytest.mark.parametrize("language", ["en", "fr", "ja", "ar"])
@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe said that " * 10_000,
        "The Of The " * 20_000,
        "A" * 300_000,
        "“" * 100_000,
        "「" * 100_000,
        "قال " * 50_000,
        "は「" * 50_000,
    ],
)
def test_a_huge_text_takes_no_time(text: str, language: str) -> None:
    started = time.perf_counter()
    cited([(1, text), (2, text)], language)
    assert time.perf_counter() - started < 3
