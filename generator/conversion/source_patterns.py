"""Where a text attributes a statement: what stands beside quotations and reporting verbs, in each language.

The rule: the capitalised phrases of a paragraph are found in one pass; each is kept when the words around it attribute
something to it. Whether it is a proper name is decided in `source_names`. Japanese and Arabic, which have no capitals,
have patterns of their own. All looks around a phrase are bounded.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from generator.conversion.words import fold, shared, words

MOST_MENTIONS = 2000

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĽŁŃŇŌŐŒŘŚŠŞŢŤŪŮŰŲŹŻŽŸА-ЯЁІЇЄҐЎΑ-ΡΣ-ΫΆΈΉΊΌΎΏ"
"""The capital letters of the Latin, Cyrillic and Greek scripts."""

_JOINT = (
    r"(?:of|for|the|and|on|in|&|de|du|des|la|le|les|del|los|las|y|e|et|para|für|der|die|das|und|von|zu|zur|van|bin|al|"
    r"της|του|των|και|για|з|із|та|і|й)"
)
_SMALL = (
    r"(?:military|defen[cs]e|foreign|security|naval|news|intelligence|agency|ministry|general|staff|interior|health|"
    r"coast|guard|central|bank|meteorological|space|statistics|police|army|office|department)"
)
_CAPITAL = rf"(?:[{UPPER}]\.(?:[{UPPER}]\.)*|(?:Dr|Mr|Mrs|Ms|St|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Cmdr)\.|[{UPPER}][\w'’ʼ&-]*(?:\.(?=\w)[\w'’-]+)*)"
_PHRASE = re.compile(
    rf"(?<![\w'’-])(?:[ldLD]['’])?(?P<name>(?:{_CAPITAL}|(?:dpa|epd|kna)(?!\w))(?:\s{_CAPITAL}|\s{_SMALL}(?!\w)|(?:\s{_JOINT}){{1,3}}\s(?:[ld]['’])?{_CAPITAL})*)"
)
_QUOTES = '"”“»«›'
_AFTER = re.compile(
    r"(?P<aside>\s\([^()]{1,40}\)|,\s[^.;:!?\"“”«»]{2,90}?,|(?<=\w),(?=\s[a-zа-яёіїєґα-ωά-ώ]))?(?P<words>(?:\s[^\W\d_][\w'’-]*){1,3})(?P<end>[\s,:.]{0,2}[\"“„«»‘]?)"
)
_SAYING = frozenset({"said", "says"})
_STATEMENT = re.compile(
    r"\s(?!(?:yes|no|goodbye|hello|nothing|little|so|sorry|much|more|farewell|thanks)\b)[a-z0-9’'$£€]"
)
"""What follows "said" where it reports without "that"; "said goodbye" reports nothing."""
_GERMAN_FIELD = re.compile(
    r"(?i:(?<=institut)|(?<=instituts)|(?<=zentrum)|(?<=zentrums)|(?<=verband)|(?<=verbands))\sfür\s[a-zäöüß]{3,20}\s[A-ZÄÖÜ][\w-]{2,30}"
)
"""A small adjective in the name of a German body: "Institut für ruhige Städte"."""
_SPOKEN_TO = re.compile(
    rf"\s(?:à|au|to|al?|στο|στην|στη|gegenüber)\s(?:l['’]|la\s|le\s|el\s|the\s|der\s|dem\s)?[{UPPER}][\w-]{{1,20}}(?=\s[^{UPPER}]*$)"
)
"""To whom something was said, between the verb and who said it: "a dit à l'AFP Jeanine Morel"."""
_AGENCY_BEFORE = re.compile(r"\s(?:à|au|to|al?|στο|στην|στη)\s?(?:l['’]|la\s|le\s|el\s)?$")
_TOKEN = re.compile(r"[\w'’]+")
_CLAUSE_END = re.compile(r"[.;:!?()]")
_QUOTE_BEFORE = re.compile(rf"(?:[{_QUOTES}]|[,.!?]’)\s?[,.]?\s?[-–—]?$")
_LOWER_WORD = re.compile(r"\s(?P<word>[^\W\d_][\w’'-]*)")
_WINDOW = 90
_SENTENCE_CASE = frozenset({"fr", "es", "uk", "el", "it", "pt", "ru"})
_HEAD_BEFORE = re.compile(
    r"(?P<head>[^\W\d_]{4,20})(?:\s[^\W\d_]{3,14}){0,2}\s(?:de\sla\s|de\sl['’]|du\s|des\s|de\s|del\s|d['’]|των\s|της\s|του\s)?$"
)


def mentions(text: str, language: str) -> Iterator[str]:
    """The words of each place in a paragraph where a source stands, in their order."""
    primary = language.partition("-")[0].lower()
    if primary in ("ja", "ar"):
        yield from _uncased(text, primary)
        return
    context = _Context.of(primary)
    if context.triggers.isdisjoint(_TOKEN.findall(fold(text))):
        return
    for match in islice(_PHRASE.finditer(text), MOST_MENTIONS):
        start, end = match.start("name"), match.end("name")
        behind = _behind_start(text[start:end], context)
        if behind:
            start += behind
        if primary in _SENTENCE_CASE:
            start, end = _extended(text, start, end, context)
        if primary == "de" and (field := _GERMAN_FIELD.match(text, end)):
            end = field.end()
        if behind or _is_cited_after(text, end, start, context) or _is_cited_before(text, start, end, context):
            yield text[start:end]


class _Context:
    """The word lists that decide, for one language."""

    def __init__(self, language: str) -> None:
        lists = words(language if words(language).reporting_verbs else "en")
        self.language = language
        self.verbs = lists.reporting_verbs
        self.starts = frozenset(lists.attribution_starts)
        entries = (*lists.reporting_verbs, *lists.attribution_starts, "zufolge")
        # An entry is looked for by its longest word: the short ones stand in nearly every clause.
        self.triggers = frozenset(max(entry.split(), key=len) for entry in entries)
        self.bodies = lists.organisation_words
        self.that = re.compile(_that(language))

    @staticmethod
    @cache
    def of(language: str) -> "_Context":
        return _Context(language)


def _is_cited_after(text: str, end: int, start: int, context: _Context) -> bool:
    """ "…," the Institute added; the Institute said that …; Anna Müller zufolge."""
    match = _AFTER.match(text, end)
    if match is None:
        return False
    following = match["words"].split()
    if context.language == "de" and following[0] == "zufolge":
        return True
    position = match.start("words")
    for index, word in enumerate(following):
        position = text.index(word, position) + len(word)
        folded = fold(word)
        pair = f"{folded} {fold(following[index + 1])}" if index + 1 < len(following) else ""
        if pair in context.verbs:
            position = text.index(following[index + 1], position) + len(following[index + 1])
        elif folded not in context.verbs or folded in shared("between"):
            if folded in shared("between"):
                continue
            return False
        if _follows_quotation(text, start) or context.that.match(text, position):
            return True
        return folded in _SAYING and bool(_STATEMENT.match(text, position)) and " " in text[start:end]
    return False


def _is_cited_before(text: str, start: int, end: int, context: _Context) -> bool:
    """ "…," said the mayor, Jane Doe; according to a report by the Institute; …, so Anna Müller."""
    window = text[max(0, start - _WINDOW) : start]
    quote = max(*(window.rfind(sign) for sign in _QUOTES), window.rfind(",’"), window.rfind(".’"))
    clause = _SPOKEN_TO.sub(" ", _CLAUSE_END.split(window[quote + 1 :].lstrip("’,. "))[-1])
    first = text[start:end].split(" ", 1)
    if len(first) > 1 and len(first[0]) > 1 and first[0].isupper() and " " in first[1]:
        clause = _AGENCY_BEFORE.sub(" ", clause)  # "a dit à l'AFP Jeanine Morel"
    if context.triggers.isdisjoint(fold(clause).replace(",", " ").split()):
        return False
    written = [token for token in clause.split() if token not in ("-", "–", "—")]
    tokens = [fold(token) for token in written]
    for last in range(len(tokens), 0, -1):
        if len(tokens) - last > 4:
            return False
        phrase = ""
        for size in range(1, min(4, last) + 1):
            phrase = f"{tokens[last - size]} {phrase}".rstrip(", ")
            if (
                phrase in context.starts
                and not any(token.endswith(",") for token in tokens[last - 1 : -1])
                and (not tokens[-1].endswith(",") or tokens[-1].strip(",") in shared("offices"))
                and (
                    phrase not in ("so", "wie", "как", "по")
                    or (clause.strip().startswith((",", "so")) and _ends_clause(text, end))
                )
            ):
                return True
            if phrase in context.verbs and phrase not in shared("spoken_to"):
                is_inverted = last > size and tokens[last - size - 1].endswith(",") and context.language != "en"
                if (quote >= 0 and last - size <= 1) or (is_inverted and _ends_clause(text, end)):
                    return True
        word = tokens[last - 1].strip(",-–—")
        if written[last - 1][:1].isupper():
            return False
        if word in shared("no_office") and word not in shared("articles"):
            return False
    return False


def _behind_start(phrase: str, context: _Context) -> int:
    """How far a source stands behind the start of a phrase that begins with "According to" or "Nach Angaben des"."""
    parts = phrase.split(" ")
    for size in range(min(4, len(parts) - 1), 0, -1):
        if fold(" ".join(parts[:size])) in context.starts and fold(parts[0]) not in ("so", "wie"):
            first = next((index for index in range(size, len(parts) - 1) if _opens_name(parts[index])), len(parts) - 1)
            return len(" ".join(parts[:first])) + 1
    return 0


def _opens_name(word: str) -> bool:
    return fold(word) not in shared("articles") and not word[0].islower()


def _ends_clause(text: str, end: int) -> bool:
    return text[end : end + 1] in (".", ",", ";", ":", "")


def _follows_quotation(text: str, start: int) -> bool:
    before = text[max(0, start - 24) : start].rstrip()
    while before and fold(before.split()[-1]) in shared("articles"):
        before = before[: before.rfind(before.split()[-1])].rstrip()
    return bool(_QUOTE_BEFORE.search(before))


def _extended(text: str, start: int, end: int, context: _Context) -> tuple[int, int]:
    """Bodies in languages that write only their first word with a capital: up to the verb or the next sign."""
    first = fold(re.split(r"\s", text[start:end], maxsplit=1)[0])
    if first in context.bodies:
        while match := _LOWER_WORD.match(text, end):
            word = fold(match["word"])
            if (
                word in context.verbs
                or word in shared("between")
                or word in shared("body_ends")
                or len(text[start : match.end()]) > 110
            ):
                break
            end = match.end()
        return start, end
    match = _HEAD_BEFORE.search(text[max(0, start - 60) : start])
    if match and fold(match["head"]) in context.bodies:
        return start - (len(text[max(0, start - 60) : start]) - match.start("head")), end
    return start, end


def _that(language: str) -> str:
    """What follows a reporting verb where it reports: "that", a colon, a quotation, "in a statement"."""
    when = r"(?:\s(?:on\s\w{6,9}|today|yesterday|earlier|last\s\w{4,9}|this\s\w{4,9}|am\s\w{6,10}|heute|gestern|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|(?:el|este)\s\w{5,9}|ayer|hoy|(?:у|в)\s\w{5,9}|сьогодні|вчора|την\s\w{5,9}|σήμερα|χθες))?"
    quote = r"[:,]?\s?[\"“„«‘]|:\s"
    own = {
        "en": r"(?:\s(?:reporters|journalists|lawmakers|parliament|the\s\w+(?:\s[A-Z]\w+){0,3}))?\sthat(?!\w)|\sin\s(?:a|an|its|his|her|their|the\slatest)\s[\w\s-]{0,24}?(?:report|statement|study|update|assessment|interview|briefing|post|blog|letter|filing|release|paper|note|article)|,?\sadding",
        "de": r",?\s(?:mit,\s)?dass(?!\w)|,\sob\s|\sin\seine[rm]\s(?:Mitteilung|Bericht|Erklärung|Studie|Interview)",
        "fr": r"\squ(?:e\s|['’])|\sdans\s(?:un|une|son|sa)\s(?:rapport|communiqué|étude|note|entretien|interview)",
        "es": r"\sque\s|\sen\s(?:un|una|su)\s(?:informe|comunicado|estudio|nota|entrevista)",
        "uk": r",\s(?:що|як|ніби)\s|\s(?:у|в)\s(?:звіті|заяві|повідомленні|дослідженні|коментарі|інтерв)",
        "el": r"\s(?:ότι|πως)\s|\sσε\s(?:έκθεση|ανακοίνωση|δήλωση|μελέτη|συνέντευξη)",
    }
    return f"{when}(?:{own.get(language, own['en'])}|{quote})"


def _uncased(text: str, language: str) -> Iterator[str]:
    found: list[tuple[int, str]] = []
    for pattern in _japanese() if language == "ja" else _arabic():
        found += [(match.start("name"), match["name"]) for match in islice(pattern.finditer(text), MOST_MENTIONS)]
    seen: set[int] = set()
    for start, name in sorted(found, key=lambda one: (one[0], -len(one[1]))):
        if start not in seen:
            seen.add(start)
            yield name


@cache
def _japanese() -> tuple[re.Pattern[str], ...]:
    name = r"(?P<name>[^、。「」『』()（）\s,.]{2,28}?)"
    verbs = r"(?:述べ|語っ|話し|説明し|指摘し|強調し|発表し|明らかにし|報じ|伝え|主張し|分析し|コメントし|警告し|推定し|推計し|結論づけ|答え|付け加え|話す|語る|述べる|説明する|指摘する|強調する|訴え|している|みている)"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?:^|[、。「」\s]){name}(?:の(?:発表|調査|報告書?|統計|資料|分析|研究|推計|試算|まとめ|担当者|広報担当者|話|データ))?に(?:よると|よれば)",
            rf"」と、?{name}は(?:[^。「」]{{0,20}}?){verbs}",
            rf"(?:^|[、。\s]){name}は「[^「」]{{1,400}}」と(?:[^。「」]{{0,20}}?){verbs}",
            rf"(?:^|[、。\s]){name}は[^。「」]{{1,160}}?と(?:発表し|明らかにし|指摘し|述べ|説明し|警告し|分析し|報じ|推計し)",
        )
    )


@cache
def _arabic() -> tuple[re.Pattern[str], ...]:
    word = r"[\u0621-\u065f\u0670-\u06d3]{2,16}"
    name = rf"(?P<name>{word}(?:\s{word}){{0,6}}?)"
    end = r"(?=\s?(?:[،,.:؛()«»\"“”]|\s?(?:إن|أن|إنه|إنها|أنه|أنها|في|خلال|على|عن|منذ|بأن|التي|الذي|يوم|أمس|اليوم|فإن|فقد|كان|كانت|لم|لن|قد|وقد|ولم)\s)|$)"
    verbs = "|".join(
        re.escape(verb) for verb in sorted(words("ar").reporting_verbs, key=lambda verb: (-len(verb), verb))
    )
    return (
        re.compile(rf"(?<!\w)و?(?:بحسب|حسب|وفقا|وفقاً|وفقًا|وفق|طبقا|طبقاً|طبقًا)\s(?:ما\s\w{{2,8}}\s)?{name}{end}"),
        re.compile(rf"(?<!\w)و?(?:نقلا|نقلاً|نقلًا)\sعن\s{name}{end}"),
        re.compile(rf"(?<!\w)(?:{verbs})\s{name}{end}"),
    )
