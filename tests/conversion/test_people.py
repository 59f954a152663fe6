"""Who wrote it: bylines, names and notes on authors, in eight languages. All names are invented or generic."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.conversion.people import (
    byline_people,
    is_person_name,
    named_people,
    note_people,
    person_key,
    same_person,
    sorted_name,
)

BYLINES = [
    ("By Jane Doe", ("Jane Doe",)),
    ("By Jane Doe and John Roe | Staff Writers", ("Jane Doe", "John Roe")),
    ("By Jane Doe, John Roe, and Max Poe", ("Jane Doe", "John Roe", "Max Poe")),
    ("By Jane Q. Doe, Reuters", ("Jane Q. Doe",)),
    ("By JANE DOE", ("Jane Doe",)),
    ("BY JANE MCDOE AND JOHN VAN ROE", ("Jane McDoe", "John van Roe")),
    ("By Dr. Jane Doe, Special to The Post", ("Jane Doe",)),
    ("By Jane Doe, Staff Writer, jane.doe@example.org", ("Jane Doe",)),
    ("By Jane Doe @janedoe", ("Jane Doe",)),
    ("By Jane Doe/The Gazette", ("Jane Doe",)),
    ("By Jane Doe in New York and John Roe in London", ("Jane Doe", "John Roe")),
    ("By Jane Doe • Published March 3, 2021 • Updated March 4, 2021", ("Jane Doe",)),
    ("by Jane Doe - 3/22/21 11:35 AM ET", ("Jane Doe",)),
    ("ByJane DoeMarch 3, 2021", ("Jane Doe",)),
    ("By Jane DoePublished: Mar 3, 2021 10:55 AM EST", ("Jane Doe",)),
    ("By Jane DoeStaff Writer", ("Jane Doe",)),
    ("Mar 3, 2021 at1:39 pm | By Jane Doe", ("Jane Doe",)),
    ("By Jane Doe, one of the authors of a newsletter on ferries. Doe has covered towns for years.", ("Jane Doe",)),
    ("By Jane Doe For Northshore News", ("Jane Doe",)),
    ("By Sarah Doe Northshore Telegraph & Gazette", ("Sarah Doe",)),
    ("Words: Jane Doe", ("Jane Doe",)),
    ("Author: Jane Doe (Reuters)", ("Jane Doe",)),
    ("Story by Jane Doe. Photographs by John Roe", ("Jane Doe",)),
    ("By Jane Doe With photographs by John Roe", ("Jane Doe",)),
    ("Reported by Jane Doe; edited by John Roe", ("Jane Doe",)),
    ("By Jane Doe, as told to John Roe", ("Jane Doe", "John Roe")),
    ("Jane Doe reports from Lakeview", ("Jane Doe",)),
    ("By Martin Doe Roe Jr.", ("Martin Doe Roe Jr.",)),
    ("By Ban Ki-poe, Xi Wei and Li Na", ("Ban Ki-poe", "Xi Wei", "Li Na")),
    ("By María-José O'Neil-García and Łukasz Żak", ("María-José O'Neil-García", "Łukasz Żak")),
    ("By Abdullah al-Roe", ("Abdullah al-Roe",)),
    ("By Associated Press", ("Associated Press",)),
    ("By THE ASSOCIATED PRESS", ("The Associated Press",)),
    ("By Reuters staff", ("Reuters staff",)),
    ("By News Staff", ("News Staff",)),
    ("By Staff", ()),
    ("Posted 3 hours ago by Jane Doe", ("Jane Doe",)),
    ("vor 3 Stunden von Anna Müller", ("Anna Müller",)),
    ("(Reporting by Jane Doe in Kyiv; writing by John Roe; editing by Max Poe)", ("Jane Doe", "John Roe")),
    ("A column by Jane Doe", ("Jane Doe",)),
    ("Prepared by the Commission on Small Harbours", ("Commission on Small Harbours",)),
    ("By JANE DOE JR. AND LUCY ST. ROE", ("Jane Doe Jr.", "Lucy St. Roe")),
    ("by Una Farrell", ("Una Farrell",)),
    ("(From our own correspondent.)", ()),
    ("عمان - وكالات", ()),
    ("Par Anne Dupont, urbaniste, et Luc d’Arcy, architecte", ("Anne Dupont", "Luc d’Arcy")),
    ("كتب: سامر الخطيب", ("سامر الخطيب",)),
    ("（中村真一記者）", ("中村真一",)),
    ("文・写真 山本花子", ("山本花子",)),
    ("Von Anna Müller und Karl-Heinz Groß, Berlin", ("Anna Müller", "Karl-Heinz Groß")),
    ("Von ANNA MÜLLER und MAX GROSS", ("Anna Müller", "Max Gross")),
    ("Von unserer Korrespondentin Anna Müller, Paris", ("Anna Müller",)),
    ("Ein Gastbeitrag von Prof. Dr. Anna Müller", ("Anna Müller",)),
    ("Text: Anna Müller | Fotos: Max Groß", ("Anna Müller",)),
    ("Anna Müller berichtet aus Kyjiw", ("Anna Müller",)),
    ("Von dpa", ("dpa",)),
    ("Par Élodie Dupont et Jean-Luc Martin, envoyés spéciaux à Kyiv", ("Élodie Dupont", "Jean-Luc Martin")),
    ("Par Élodie Dupont (avec AFP)", ("Élodie Dupont",)),
    ("Par Élodie Dupont, publié le 3 mars 2021 à 10h15", ("Élodie Dupont",)),
    ("Propos recueillis par Élodie Dupont et Luc Besnard", ("Élodie Dupont", "Luc Besnard")),
    ("Par AFP", ("AFP",)),
    ("Por María José García y Juan Pérez", ("María José García", "Juan Pérez")),
    ("Por Ana Pérez, corresponsal en París", ("Ana Pérez",)),
    ("Ana Pérez informa desde Kiev", ("Ana Pérez",)),
    ("Por Redacción y Agencias", ()),
    ("Текст: Олена Коваль", ("Олена Коваль",)),
    ("Автори: Олена Коваль та Петро Іваненко", ("Олена Коваль", "Петро Іваненко")),
    ("Автор: Олена Коваль, журналістка «Вісника»", ("Олена Коваль",)),
    ("Підготувала Олена Коваль", ("Олена Коваль",)),
    ("Της Μαρίας Ιωάννου και του Γιώργου Παπαδόπουλου", ("Μαρία Ιωάννου", "Γιώργος Παπαδόπουλος")),
    ("Του Αλέξανδρου Γεωργίου, ανταποκριτή στο Παρίσι", ("Αλέξανδρος Γεωργίου",)),
    ("Γράφει ο Νίκος Αλεξίου", ("Νίκος Αλεξίου",)),
    ("文=佐藤花子", ("佐藤花子",)),
    ("取材・文／佐藤花子、山田太郎", ("佐藤花子", "山田太郎")),
    ("文＝ジョン・スミス", ("ジョン・スミス",)),
    ("佐藤花子記者", ("佐藤花子",)),
    ("社会部 佐藤花子記者", ("佐藤花子",)),
    ("（佐藤花子）", ("佐藤花子",)),
    ("بقلم أحمد علي ومنى سعيد", ("أحمد علي", "منى سعيد")),
    ("بقلم: د. خالد محمود", ("خالد محمود",)),
    ("كتبت ليلى حسن - القاهرة", ("ليلى حسن",)),
    ("إعداد: ليلى حسن، أحمد علي", ("ليلى حسن", "أحمد علي")),
]

NO_BYLINES = [
    "By the end of the year, the ferry will run again.",
    "By Monday, the council had decided.",
    "By night the town is quiet",
    "By signing up, you agree to our Terms and Privacy Policy.",
    "By default, the new timetable has six departures:",
    "Photographs by John Roe",
    "Jane Doe",
    "AFP",
    "Von der Brücke aus sieht man das Meer.",
    "Von Montag an fährt die Fähre wieder.",
    "Par conséquent, rien ne change.",
    "Por ejemplo, la ciudad cerró.",
    "Por la mañana llueve.",
    "Текст закону ухвалили вчора.",
    "Της νύχτας τα καμώματα τα βλέπει η μέρα.",
    "文化庁は火曜日に計画を発表した。",
    "",
    "   ",
]


@pytest.mark.parametrize(("line", "people"), BYLINES, ids=[line[:40] for line, _ in BYLINES])
def test_a_byline_names_its_authors(line: str, people: tuple[str, ...]) -> None:
    assert byline_people(line) == people


@pytest.mark.parametrize("line", NO_BYLINES)
def test_what_is_no_byline_names_nobody(line: str) -> None:
    assert byline_people(line) is None


def test_a_sentence_that_begins_with_he_wrote_invents_no_author() -> None:
    assert not byline_people("كتب الرئيس رسالة إلى المجلس يوم الثلاثاء")


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Janet Doe · Northshore News · Posted: Mar 3, 2021 8:25 AM EST", ("Janet Doe",)),
        ("Daisy-Mae DoeMar 03, 20212 Shares150 Views", ("Daisy-Mae Doe",)),
        ("Lori Doe Senior Editor / Advice", ("Lori Doe",)),
        ("Lauren Doe MS, RDN, LD", ("Lauren Doe",)),
        ("Mike Doe, ESPNMar 3, 2021, 06:21 AM ET", ("Mike Doe",)),
        ("Joanna Doe and Edward Roe in New York", ("Joanna Doe", "Edward Roe")),
        ("Amie Doe as told to Heather Roe", ("Heather Roe",)),
        ("Olena Doe 2 months ago", ("Olena Doe",)),
        ("Олена Коваль, журналістка", ("Олена Коваль",)),
        ("佐藤花子・論説委員", ("佐藤花子",)),
        ("ليلى حسن - بيروت", ("ليلى حسن",)),
        ("T. Brandt", ("T. Brandt",)),
        ("Breaking News", ()),
        ("Climate Survivor", ()),
        ("Jane Doe on ferries and why they matter", ()),
        ("The Citizen", ()),
        ("Read More", ()),
        ("Teodor Blyth", ("Teodor Blyth",)),
        ("ليال بلا نوم", ()),
    ],
)
def test_a_line_of_names_without_lead_in(line: str, people: tuple[str, ...]) -> None:
    assert named_people(line) == people


def test_two_words_that_no_list_holds_are_a_name_only_where_names_stand() -> None:
    assert named_people("Orvane Quill") == ()
    assert named_people("Orvane Quill", in_place=True) == ("Orvane Quill",)


PERSONS = [
    "Jane Doe", "Jane Q. Doe", "J. K. Roe", "J.R.R. Roe", "JR Roe", "Ludwig van Roe", "Ursula von der Roe", "Seán McRoe",
    "George T. Doe III", "Jean-Luc Martin", "María José García", "Élodie Dupont", "Karl-Heinz Groß", "Łukasz Żak",
    "Nguyễn Văn Roe", "Abdullah al-Roe", "Олена Коваль", "Дар'я Кравець", "Γιώργος Παπαδόπουλος", "佐藤花子", "山田 太郎",
    "ジョン・スミス", "أحمد علي", "ليلى حسن", "Dr. Jane Doe", "Jane Doe, Ph.D.", "Emily Post",
]  # fmt: skip
NOT_PERSONS = [
    "Associated Press", "Institute for Quiet Towns", "Northshore News", "Breaking News", "Read More", "New York",
    "The Daily Ferry", "Jane", "Staff Writer", "Editorial Board", "night ferry", "Night Ferry", "By Jane Doe",
    "Bundesministerium des Innern", "Agence France-Presse", "Ministerio de Cultura", "Міністерство культури",
    "Υπουργείο Πολιτισμού", "国立国会図書館", "東京大学", "وزارة الصحة", "المزيد من الأخبار", "Monday Morning Ideas",
    "", "A", "12 March", "Jane Doe Jane Doe Jane Doe Jane Doe",
]  # fmt: skip


@pytest.mark.parametrize("name", PERSONS)
def test_names_of_people(name: str) -> None:
    assert is_person_name(name)


@pytest.mark.parametrize("name", NOT_PERSONS)
def test_names_of_anything_else(name: str) -> None:
    assert not is_person_name(name)


@pytest.mark.parametrize(
    ("note", "people"),
    [
        ("Jane Doe is a seasoned reporter who covers ferries.", ("Jane Doe",)),
        ("About the author: Jane Doe writes about towns.", ("Jane Doe",)),
        ("About Jane Doe", ("Jane Doe",)),
        ("Jane Doe (born 1960) was a librarian.", ("Jane Doe",)),
        ("Sherri Doe, CLC is a certified coach and author.", ("Sherri Doe",)),
        ("Contact reporter Jane Doe at jdoe@example.org", ("Jane Doe",)),
        ("Contributing Editor JR Roe serves a weekly column.", ("JR Roe",)),
        ("Author of several books on maps, Simon Doe has worked in archives.", ("Simon Doe",)),
        ("Anna Müller ist Redakteurin im Kulturressort.", ("Anna Müller",)),
        ("Élodie Dupont est journaliste.", ("Élodie Dupont",)),
        ("Ana Pérez y Juan García son periodistas.", ("Ana Pérez", "Juan García")),
        ("Олена Коваль — журналістка, пише про міста.", ("Олена Коваль",)),
        ("Ο Γιώργος Παπαδόπουλος είναι δημοσιογράφος.", ("Γιώργος Παπαδόπουλος",)),
        ("山田太郎（やまだ・たろう）1960年生まれ。記者。", ("山田太郎",)),
        ("أحمد علي صحفي وكاتب.", ("أحمد علي",)),
        ("The views expressed are those of the author.", ()),
        ("This piece was first published in a newsletter.", ()),
        ("He met Jane Doe on the ferry.", ()),
        ("", ()),
    ],
)
def test_the_subject_of_a_note(note: str, people: tuple[str, ...]) -> None:
    assert note_people(note) == people


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("J. K. Roe", "JK Roe", True),
        ("J.K. Roe", "J. K. Roe", True),
        ("DOE, Jane", "Jane Doe", True),
        ("Élodie Dupont", "Elodie Dupont", True),
        ("Jean-Luc Martin", "Jean Luc Martin", True),
        ("Dr. Jane Doe", "Jane Doe", True),
        ("Jane Doe", "Jane Roe", False),
        ("J. Doe", "Jane Doe", False),
        ("Jane Doe", "", False),
        ("佐藤 花子", "佐藤花子", True),
    ],
)
def test_two_spellings_of_one_person(a: str, b: str, same: bool) -> None:
    assert same_person(a, b) is same
    assert same_person(b, a) is same


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Jane Doe", "Doe, Jane"),
        ("Jane Q. Doe", "Doe, Jane Q."),
        ("Ludwig van Roe", "van Roe, Ludwig"),
        ("Ursula von der Roe", "von der Roe, Ursula"),
        ("George T. Doe III", "Doe, George T., III"),
        ("Associated Press", "Associated Press"),
        ("佐藤花子", "佐藤花子"),
        ("Madonna", "Madonna"),
        ("Doe, Jane", "Doe, Jane"),
    ],
)
def test_a_name_as_bibliographies_file_it(name: str, filed: str) -> None:
    assert sorted_name(name) == filed


TEXTS = st.text(max_size=400) | st.lists(
    st.sampled_from(
        [
            "By",
            "Von",
            "JANE",
            "Doe",
            ",",
            "|",
            "and",
            "y",
            "文=",
            "記者",
            "بقلم",
            "Του",
            "2021",
            "\u200f",
            ".",
            "(",
            "é",
        ]
    ),
    max_size=60,
).map(" ".join)


@given(TEXTS)
def test_any_text_is_read_without_complaint(text: str) -> None:
    names = (*(byline_people(text) or ()), *named_people(text), *note_people(text))
    assert all(name.strip() for name in names)
    person_key(text)
    sorted_name(text)
    assert is_person_name(text) in (True, False)
    assert same_person(text, text) in (True, False)


@pytest.mark.parametrize(
    "text",
    ["By " + "Jane " * 50_000, "By " + "a" * 300_000, "," * 200_000, "By Jane Doe and " * 10_000, "文" * 100_000],
)
def test_a_huge_line_takes_no_time(text: str) -> None:
    started = time.perf_counter()
    byline_people(text)
    named_people(text)
    note_people(text)
    is_person_name(text)
    assert time.perf_counter() - started < 2
