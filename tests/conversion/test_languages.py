"""In what language is it: the eight that are first-class, their neighbours, and texts that are too short. All texts are ours."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.conversion.languages import language_of

SENTENCES = [
    ("en", "The council met on Tuesday and decided nothing, since the ferry had left without its captain."),
    ("en", "Nobody knows what it will cost, but the town has asked for more time."),
    ("de", "Der Rat tagte am Dienstag und beschloss nichts, denn die Fähre war ohne ihren Kapitän abgefahren."),
    ("de", "Niemand weiss, was es kosten wird, aber die Stadt hat um mehr Zeit gebeten."),
    ("fr", "Le conseil s'est réuni mardi et n'a rien décidé, car le bac était parti sans son capitaine."),
    ("fr", "Personne ne sait ce que cela va coûter, mais la ville a demandé plus de temps."),
    ("es", "El consejo se reunió el martes y no decidió nada, porque el barco había salido sin su capitán."),
    ("es", "Nadie sabe lo que va a costar, pero la ciudad ha pedido más tiempo."),
    ("uk", "Рада зібралася у вівторок і нічого не вирішила, бо пором пішов без свого капітана."),
    ("uk", "Ніхто не знає, скільки це буде коштувати, але місто просить більше часу."),
    ("el", "Το συμβούλιο συνεδρίασε την Τρίτη και δεν αποφάσισε τίποτα."),
    ("ja", "市議会は火曜日に会議を開いたが、何も決めなかった。"),
    ("ar", "اجتمع المجلس يوم الثلاثاء ولم يقرر شيئا لأن العبارة غادرت من دون قبطانها."),
    ("ru", "Совет собрался во вторник и ничего не решил, потому что паром ушёл без своего капитана."),
    ("bg", "Съветът се събра във вторник и не реши нищо, защото фериботът тръгна без капитана си."),
    (
        "it",
        "Il consiglio si è riunito martedì e non ha deciso nulla, perché il traghetto era partito senza il suo capitano.",
    ),
    ("pt", "O conselho reuniu-se na terça-feira e não decidiu nada, porque o barco tinha partido sem o seu capitão."),
    ("nl", "De raad kwam dinsdag bijeen en besloot niets, omdat de veerboot zonder zijn kapitein was vertrokken."),
    ("sv", "Rådet möttes på tisdagen och beslutade ingenting, eftersom färjan hade gått utan sin kapten."),
    ("pl", "Rada zebrała się we wtorek i nie podjęła żadnej decyzji, bo prom odpłynął bez swojego kapitana."),
    (
        "tr",
        "Meclis salı günü toplandı ve hiçbir karar almadı, çünkü vapur kaptanı olmadan gitmişti ve bu yeni bir şeydi.",
    ),
    ("fa", "شورا روز سه شنبه جلسه داشت و هیچ تصمیمی نگرفت، چون کشتی بدون ناخدا رفته بود و این را به بعد موکول کرد."),
    ("zh", "市议会星期二开会，但没有作出任何决定。"),
    ("ko", "시의회는 화요일에 회의를 열었지만 아무것도 결정하지 않았다."),
    ("he", "המועצה התכנסה ביום שלישי ולא החליטה דבר."),
]


@pytest.mark.parametrize(
    ("language", "text"), SENTENCES, ids=[f"{language}-{text[:20]}" for language, text in SENTENCES]
)
def test_the_language_of_a_sentence(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "12 34 2021",
        "Night ferry",
        "OK",
        "https://example.org/der/die/das",
        "Lakeview Brackwater Northshore Selby",
    ],
)
def test_a_text_of_a_few_words_has_no_language(text: str) -> None:
    assert language_of(text) == ""


def test_names_and_addresses_in_another_script_do_not_decide() -> None:
    text = "市議会は火曜日に Lakeview Ferry Company Limited と会議を開いたが、何も決めなかった。 https://example.org/a-long-address-in-latin-letters"
    assert language_of(text) == "ja"


def test_a_quotation_in_another_language_does_not_decide() -> None:
    text = "The mayor said that it was over, and that the town would not pay. „Das ist alles“, he said, and then he left the room."
    assert language_of(text) == "en"


@given(st.text(max_size=500))
def test_any_text_has_a_code_or_none(text: str) -> None:
    code = language_of(text)
    assert code == "" or (code.isascii() and code.islower() and len(code) == 2)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "the " * 250_000, "あ" * 500_000, "é'" * 300_000])
def test_a_huge_text_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    language_of(text)
    assert time.perf_counter() - started < 2
