"""Names in the nominative: Greek, Ukrainian and German decline names, and an archive files each under one form.

The rule: only endings that grammar settles are turned back. A Greek woman's surname is left alone, since it does not
change; a man's surname in -ου is turned only where -όπουλου and the like show its nominative; of a body's name only its
head, if it is listed here, and the adjectives before it. Source: the declensions in any grammar of the three languages.
"""

import re
from functools import cache

from generator.conversion.words import bare, given_names

_GENITIVE_MAN = re.compile(r"(?:^|\s)του$")
_GENITIVE_WOMAN = re.compile(r"(?:^|\s)της$")
_ACCUSATIVE_MAN = re.compile(r"(?:^|\s)(?:τον|στον)$")
_GIVEN_GENITIVE = (("ου", "ος"), ("ού", "ός"), ("η", "ης"), ("ή", "ής"), ("α", "ας"), ("ά", "άς"))
_GIVEN_ACCUSATIVE = (("ο", "ος"), ("ό", "ός"), ("η", "ης"), ("ή", "ής"), ("α", "ας"), ("ά", "άς"))
_SURNAME_GENITIVE = (
    ("όπουλου", "όπουλος"),
    ("άτου", "άτος"),
    ("ίδη", "ίδης"),
    ("άδη", "άδης"),
    ("άκη", "άκης"),
    ("έλη", "έλης"),
    ("ούδη", "ούδης"),
    ("ά", "άς"),
    ("ή", "ής"),
)

# Head of the name in an oblique case -> its nominative and the endings of adjectives before it.
_UKRAINIAN_ADJECTIVES = {
    "m": (("ього", "ій"), ("ого", "ий"), ("ьому", "ій"), ("ому", "ий"), ("им", "ий")),
    "f": (("ьої", "я"), ("ої", "а"), ("ою", "а"), ("ій", "а"), ("у", "а"), ("ю", "я")),
    "n": (("ього", "є"), ("ого", "е"), ("ому", "е"), ("им", "е")),
}
_UKRAINIAN_HEADS = {
    "інституту": "інститут m", "університету": "університет m", "центру": "центр m", "фонду": "фонд m", "комітету": "комітет m",
    "департаменту": "департамент m", "штабу": "штаб m", "генштабу": "генштаб m", "офісу": "офіс m", "суду": "суд m", "банку": "банк m",
    "союзу": "союз m", "музею": "музей m", "архіву": "архів m", "кабінету": "кабінет m", "парламенту": "парламент m",
    "міністерства": "міністерство n", "агентства": "агентство n", "товариства": "товариство n", "управління": "управління n", "бюро": "бюро n",
    "служби": "служба f", "служби безпеки": "служба безпеки f", "академії": "академія f", "організації": "організація f", "адміністрації": "адміністрація f",
    "комісії": "комісія f", "асоціації": "асоціація f", "агенції": "агенція f", "ради": "рада f", "прокуратури": "прокуратура f", "поліції": "поліція f",
    "розвідки": "розвідка f", "компанії": "компанія f", "бібліотеки": "бібліотека f", "федерації": "федерація f", "спілки": "спілка f", "інспекції": "інспекція f",
    "установи": "установа f", "обсерваторії": "обсерваторія f", "групи": "група f", "корпорації": "корпорація f",
}  # fmt: skip
_GERMAN_ADJECTIVES = {"m": "er", "n": "es", "f": "e"}
_GERMAN_HEADS = (
    ("institut", "n"), ("ministerium", "n"), ("zentrum", "n"), ("amt", "n"), ("kommissariat", "n"), ("kreuz", "n"), ("archiv", "n"), ("museum", "n"),
    ("dienst", "m"), ("verband", "m"), ("bund", "m"), ("rat", "m"), ("gerichtshof", "m"), ("verein", "m"), ("rundfunk", "m"), ("fonds", "m"),
    ("bank", "f"), ("bahn", "f"), ("agentur", "f"), ("behörde", "f"), ("kommission", "f"), ("gesellschaft", "f"), ("stiftung", "f"), ("universität", "f"),
    ("union", "f"), ("bibliothek", "f"), ("akademie", "f"), ("organisation", "f"), ("feuerwehr", "f"), ("post", "f"), ("kirche", "f"), ("presse-agentur", "f"),
)  # fmt: skip
_GREEK_HEADS = {
    "οργανισμό": "οργανισμός", "οργανισμού": "οργανισμός", "σύλλογο": "σύλλογος", "συλλόγου": "σύλλογος", "όμιλο": "όμιλος", "ομίλου": "όμιλος",
    "σύνδεσμο": "σύνδεσμος", "συνδέσμου": "σύνδεσμος", "ινστιτούτου": "ινστιτούτο", "πανεπιστημίου": "πανεπιστήμιο", "υπουργείου": "υπουργείο",
    "κέντρου": "κέντρο", "ιδρύματος": "ίδρυμα", "πρακτορείου": "πρακτορείο", "αρχής": "αρχή", "υπηρεσίας": "υπηρεσία", "επιτροπής": "επιτροπή",
    "τράπεζας": "τράπεζα", "ένωσης": "ένωση", "εταιρείας": "εταιρεία", "δήμο": "δήμος", "δήμου": "δήμος", "στρατό": "στρατός", "στρατού": "στρατός",
}  # fmt: skip


def nominative_people(names: tuple[str, ...] | None, lead: str) -> tuple[str, ...] | None:
    """Greek names behind a byline's article (the end of its lead-in) in the nominative; all other names as they are."""
    return tuple(_greek_person(name, lead) for name in names) if names else names


def nominative_body(name: str, language: str) -> str:
    """A body's name in the nominative, where the head of the name is one whose cases are known."""
    primary = language.partition("-")[0]
    if primary == "uk":
        return _ukrainian_body(name)
    if primary == "de":
        return _german_body(name)
    return _greek_body(name) if primary == "el" else name


def _greek_person(name: str, lead: str) -> str:
    parts = name.split()
    if len(parts) < 2 or not re.search(r"[\u0370-\u03ff]", name):
        return name
    lead = re.sub(r"σ(?=\s|$)", "ς", lead)
    if _GENITIVE_WOMAN.search(lead):
        return " ".join([parts[0].removesuffix("ς"), *parts[1:]])
    for pattern, given_endings, surname_endings in (
        (_GENITIVE_MAN, _GIVEN_GENITIVE, _SURNAME_GENITIVE),
        (_ACCUSATIVE_MAN, _GIVEN_ACCUSATIVE, _GIVEN_ACCUSATIVE),
    ):
        if pattern.search(lead):
            given = _turned(parts[0], given_endings)
            # The accent may move with the case (Αλεξάνδρου, Αλέξανδρος), so a known name wins over a made one.
            given = _known_greek().get(bare(given), given)
            return " ".join([given, *parts[1:-1], _turned(parts[-1], surname_endings)]) if given != parts[0] else name
    return name


def _ukrainian_body(name: str) -> str:
    parts = name.split()
    for index, part in enumerate(parts[:4]):
        if known := _UKRAINIAN_HEADS.get(part.casefold()):
            head, gender = known.split(" ")[0], known[-1]
            before = [_turned(word, _UKRAINIAN_ADJECTIVES[gender]) for word in parts[:index]]
            return " ".join([*before, _cased_like(part, head), *parts[index + 1 :]])
    return name


def _german_body(name: str) -> str:
    parts = name.split()
    for index, part in enumerate(parts[:4]):
        folded = part.casefold()
        for head, gender in _GERMAN_HEADS:
            if not re.fullmatch(rf".*{head}(?:e?s|e)?", folded):
                continue
            adjectives = [
                re.sub(r"(?<=[a-zäöüß]{3})(?:e[nrms]?)$", _GERMAN_ADJECTIVES[gender], word) for word in parts[:index]
            ]
            end = len(part) - len(re.sub(rf"^.*{head}", "", folded))
            return " ".join([*adjectives, part[:end], *parts[index + 1 :]])
    return name


def _greek_body(name: str) -> str:
    parts = name.split()
    for index, part in enumerate(parts[:4]):
        if head := _GREEK_HEADS.get(part.casefold()):
            masculine = head.endswith("ς")
            before = (
                [_turned(word, (("ού", "ός"), ("ου", "ος"), ("ο", "ος"), ("ό", "ός"))) for word in parts[:index]]
                if masculine
                else parts[:index]
            )
            return " ".join([*before, _cased_like(part, head), *parts[index + 1 :]])
    return name


def _turned(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, turned in endings:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + turned
    return word


def _cased_like(pattern: str, word: str) -> str:
    return (
        word.upper() if pattern.isupper() and len(pattern) > 1 else word.capitalize() if pattern[0].isupper() else word
    )


@cache
def _known_greek() -> dict[str, str]:
    return {bare(name): name.capitalize() for name in given_names("greek")}
