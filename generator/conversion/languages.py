"""In what language is a text written? By its script first, then by the function words that only some languages use.

The rule: an answer is given when one language clearly stands before all others; a text of a few words has none.
The profile is a small list of words (`words/function_words.toml`), loaded when first asked for.
"""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

MOST_TEXT = 8_000
FEWEST_WORDS = 4

_PROFILE = Path(__file__).parent / "words" / "function_words.toml"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ADDRESS = re.compile(r"https?://\S{1,300}|www\.\S{1,200}|\S{1,100}@\S{1,100}")
_ADDRESS_SIGNS = ("http", "www.", "@")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_ASCII = re.compile(r"[\x00-\x7f]+")
_SCRIPTS = {
    "kana": r"[\u3040-\u30ff\uff66-\uff9f]",
    "han": r"[\u3400-\u4dbf\u4e00-\u9fff]",
    "hangul": r"[\uac00-\ud7af\u1100-\u11ff]",
    "cyrillic": r"[\u0400-\u052f]",
    "greek": r"[\u0370-\u03ff\u1f00-\u1fff]",
    "arabic": r"[\u0600-\u06ff\u0750-\u077f]",
    "hebrew": r"[\u0590-\u05ff]",
    "devanagari": r"[\u0900-\u097f]",
    "thai": r"[\u0e00-\u0e7f]",
    "georgian": r"[\u10a0-\u10ff]",
    "armenian": r"[\u0530-\u058f]",
    "bengali": r"[\u0980-\u09ff]",
    "tamil": r"[\u0b80-\u0bff]",
}
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_ONE_LANGUAGE = {
    "hangul": "ko",
    "greek": "el",
    "hebrew": "he",
    "devanagari": "hi",
    "thai": "th",
    "georgian": "ka",
    "armenian": "hy",
    "bengali": "bn",
    "tamil": "ta",
}
_FEWEST_LETTERS = 4
_SCRIPT_SAMPLE = 3_000


def language_of(text: str) -> str:
    """The language of a text as BCP 47 primary code, or "" when the text is too short or the answer uncertain."""
    text = text[:MOST_TEXT]
    if any(sign in text for sign in _ADDRESS_SIGNS):
        text = _ADDRESS.sub(" ", text)
    script, letters = _script(text[:_SCRIPT_SAMPLE])
    if script == "japanese":
        return "ja"
    if script == "han":
        return "zh" if letters >= _FEWEST_LETTERS else ""
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script] if letters >= _FEWEST_LETTERS else ""
    return _by_words(text, script) if script else ""


def _script(text: str) -> tuple[str, int]:
    """The script that carries the text, and how many letters are in it."""
    foreign = _ASCII.sub("", text)
    counts = {name: count for name, pattern in _script_patterns() if (count := len(pattern.findall(foreign)))}
    if latin := sum(map(len, _LATIN.findall(text))):
        counts["latin"] = latin
    if not counts:
        return "", 0
    kana, han = counts.get("kana", 0), counts.get("han", 0)
    # One ideograph says as much as a word, so signs of East Asian scripts weigh more than letters.
    weights = {
        name: count * (3 if name in ("han", "hangul") else 2 if name == "kana" else 1) for name, count in counts.items()
    }
    if kana:
        weights["kana"] = weights.get("kana", 0) + weights.pop("han", 0)
    best = max(sorted(weights), key=lambda name: weights[name])
    if weights[best] * 2 < sum(weights.values()):
        return "", 0
    if best == "kana":
        return ("japanese", kana + han) if kana >= 2 and kana * 20 >= han else ("han", han)
    return best, counts[best]


def _by_words(text: str, script: str) -> str:
    words = _WORD.findall(text.replace("’", "'"))
    if len(words) < FEWEST_WORDS:
        return ""
    counts: dict[str, int] = {}
    for word, count in Counter(words).items():  # each word once: most words of a text come again
        lower = word.lower()
        counts[lower] = counts.get(lower, 0) + count
    weights, letters, never = _profile()
    known = weights.get(script, {})
    scores: dict[str, float] = {}
    hits = 0
    for word, count in counts.items():
        languages = known.get(word, ())
        hits += count if languages else 0
        for language in languages:
            scores[language] = scores.get(language, 0) + count / len(languages)
    if signs := Counter(_FOREIGN.findall(text.lower())):
        for language, own in letters.items():
            if language in scores or not scores:
                scores[language] = scores.get(language, 0) + min(_sum_of(signs, own) * 0.4, len(words) * 0.25)
        for language, foreign in never.items():
            if _sum_of(signs, foreign) > 1 + len(words) // 20:
                scores.pop(language, None)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or hits * 12 < len(words) or ranked[0][1] < 1.5:
        return ""
    second = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] >= second * 1.15 + 0.3 else ""


def _sum_of(counts: Counter[str], signs: str) -> int:
    return sum(counts[sign] for sign in signs if sign in counts)


@cache
def _script_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in _SCRIPTS.items())


@cache
def _profile() -> tuple[dict[str, dict[str, tuple[str, ...]]], dict[str, str], dict[str, str]]:
    """For each script, its function words with the languages that use them; the letters of each language; those it lacks."""
    with _PROFILE.open("rb") as file:
        lists = tomllib.load(file)
    letters, never = lists.pop("letters"), lists.pop("never")
    weights: dict[str, dict[str, tuple[str, ...]]] = {}
    for script, languages in lists.items():
        words = weights.setdefault(script, {})
        for language, text in languages.items():
            for word in dict.fromkeys(text.split()):
                words[word] = (*words.get(word, ()), language)
    return weights, letters, never
