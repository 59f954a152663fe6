"""What a single line looks like, whatever its language: counters, addresses, handles, clock times, photo credits.

Every pattern here is bounded or linear: it is tried on the beginning and the end of a line only.
"""

import re
from functools import lru_cache

LONG = 300

_COUNTER = re.compile(
    r"[\W_]*(?:\d[\d.,]*\s?[km%]?\s*){1,3}[\W_]*$"  # 12; 1 / 23; 4.5K
    r"|[\W_]*\d[\d.,]*[km]?\+?\s+(?:comments?|shares?|likes?|views?|replies|votes?|ratings?|reactions?|followers?|reads?|posts?"
    r"|kommentare?|commentaires?|comentarios?|partages|j'aime|коментар\w*|комментари\w*|σχόλια|تعليقات?|コメント)\b.{0,12}$"
    r"|(?:image|photo|slide|picture|bild|page|seite|foto)\s*\d{1,4}\s*(?:of|/|von|de|sur)\s*(?:/\s*)?\d{1,4}.{0,3}$"
    r"|(?:page|seite|página|сторінка|σελίδα)\s*\d{1,4}$"
    r"|\(?\d{1,3}[ -]?(?:min|mins|minutes?|minuten|mn|хв|λεπτά|دقائق|分)\.?(?:\s*(?:read|watch|listen|lesezeit|de lecture|de lectura|читання|ανάγνωση|で読めます|で読める))?\)?$"
    r"|(?:reading|read) time.{0,25}$|.{0,3}\d{1,2}:\d\d(?::\d\d)?(?:\s*/\s*\d{1,2}:\d\d(?::\d\d)?)?\s*(?:am|pm)?$",
    re.I,
)
_AGO = re.compile(
    r"(?:\S+\s){0,3}(?:\d{1,3}|an?|one)\s?(?:s|m|min|mins|h|hrs?|d|w|y|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\.? ago\b.{0,25}$"
    r"|vor \d{1,3} (?:minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?)$|il y a \d{1,3} \w{3,8}$|hace \d{1,3} \w{3,8}$"
    r"|(?:\w{3,12}\s)?(?:yesterday|today|gestern|heute|hier|aujourd'hui|ayer|hoy|вчора|сьогодні|χθες|σήμερα|昨日|今日|أمس|اليوم)"
    r",?\s?(?:at|um|à|a las|о|об|στις|الساعة)?\s?\d{1,2}\s?[:.h時]\s?\d\d.{0,25}$"
    r"|\d{1,3}\s?(?:хвилин\w*|годин\w*|дн\w{1,3}|тижн\w*|місяц\w*) тому$|πριν (?:από )?\d{1,3} \w{3,8}$|\d{1,3}\s?(?:分|時間|日|週間|か月|ヶ月)前$|منذ \d{0,3}\s?\w{3,8}$",
    re.I,
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{3,}$|\S{1,64}@[\w-]{1,64}(?:\.[\w-]{2,24}){1,4}$|[\w-]{2,40}\.(?:com|org|net|co\.uk|de|fr|es)(?:/\S*)?$",
    re.I,
)
_HANDLES = re.compile(r"(?:[@#][\w.-]{2,40}[\s,|·]*){1,20}$")
_ORNAMENT = re.compile(r"[\W_]{1,120}$")
_PHOTO_END = re.compile(
    r"(?:getty images?|shutterstock|istock(?:photo)?|alamy(?: stock photo)?|reuters|associated press|ap photo|afp|epa(?:-efe)?|wireimage|filmmagic|dreamstime|unsplash"
    r"|pixabay|pexels|flickr|wikimedia(?: commons)?|creative commons|bloomberg|pa wire|pa images|press association|imago(?: images)?|picture[ -]alliance|dpa|keystone"
    r"|adobe stock|zuma(?: press)?|nurphoto|sipa|polaris|xinhua|tass|usa today sports|imagn|icon sportswire|everett(?: collection)?"
    r"|ukrinform|укрінформ|reporters|stock photo|screenshot|screengrab|courtesy photo|file photo|handout|cnn|nbc|netflix|disney|hbo|instagram|youtube)"
    r"(?:\s+(?:via|/)\s.{0,40})?[\s)\]./'\"”’]*$",
    re.I,
)
_PHOTO_MARK = re.compile(
    r"[(\[](?:photo|image|picture|photograph|credit|illustration|foto|bild|crédit|photos|images|ap photo|file photo|fotografía|фото|φωτ\w*|video)\b[^()\[\]]{0,120}[)\]]\s*\.?$"
    r"|\b(?:photo|image|picture|photograph|illustration|foto|bild|photos|images|crédito?|credits?|фото|φωτ(?:ογραφία|ο)?)\s?(?:credits?|by|courtesy|copyright|via|:|©|/)\s?.{2,70}$"
    r"|\bvia (?:getty|ap|reuters|afp)\b.{0,40}$|\|\s?[^|]{2,60}(?:/|via )[^|]{2,40}$|(?<=\S\s)©\s?(?=\w).{2,60}$|^©\s?(?=[^\W\d]).{2,60}$|\(courtesy(?: of)? .{2,60}\)$|写真[::].{1,40}$|[^。]{2,40}(?:撮影|提供)[)）]?$|تصوير.{2,40}$",
    re.I,
)
_HEAD_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?…]['\"”’»]?\s|。.")
_NAME_WORD = r"[A-ZÀ-ÝΑ-ΩА-ЯЄІЇҐ][\w.&'’-]*"
_SLASH_CREDIT = re.compile(
    rf"{_NAME_WORD}(?:\s{_NAME_WORD}){{0,4}}\s?[/|]\s?(?:[Tt]he )?{_NAME_WORD}(?:\s{_NAME_WORD}){{0,4}}[.)]?$"
)


def is_counter(text: str) -> bool:
    """A number alone, a page or slide number, a count of comments, a reading time, a playing time."""
    return len(text) < 60 and bool(_COUNTER.match(text))


def is_ago(text: str) -> bool:
    """A relative time by itself: "3 days ago"."""
    return len(text) < 60 and bool(_AGO.match(text))


def is_address(text: str) -> bool:
    """A web or mail address by itself."""
    return bool(_ADDRESS.match(text[:500])) and " " not in text


def is_handles(text: str) -> bool:
    """Nothing but @handles and #tags."""
    return len(text) < LONG and bool(_HANDLES.match(text))


def is_ornament(text: str) -> bool:
    """Marks only: a ruler, a row of asterisks."""
    return len(text) <= 120 and bool(_ORNAMENT.match(text))


_CREDIT_WORDS = (
    "photo", "image", "picture", "illustration", "foto", "bild", "crédit", "credit", "фото", "φωτ", "video", "via ",
    "courtesy", "©", "|", "写真", "撮影", "提供", "تصوير",
)  # fmt: skip
"""One of these stands in whatever `_PHOTO_MARK` finds; to look for them is far quicker than to search for the pattern."""

_HOUSE_ENDS = (
    "image", "images", "stock", "photo", "reuters", "press", "afp", "epa", "-efe", "wireimage", "filmmagic", "alamy",
    "dreamstime", "unsplash", "pixabay", "pexels", "flickr", "wikimedia", "commons", "bloomberg", "wire", "association",
    "alliance", "dpa", "keystone", "zuma", "sipa", "polaris", "xinhua", "tass", "sports", "imagn", "imago", "everett",
    "collection", "ukrinform", "укрінформ", "reporters", "screenshot", "screengrab", "handout", "cnn", "nbc", "netflix",
    "disney", "hbo", "instagram", "youtube", "shutterstock",
)  # fmt: skip
"""What the houses of `_PHOTO_END` end in, where no other house follows ("Reuters via AP")."""


@lru_cache(maxsize=4096)
def has_photo_credit(text: str) -> bool:
    """Whether the line ends in a photo credit, as captions do."""
    end = text[-160:]
    lower = end.lower()
    if any(map(lower.__contains__, _CREDIT_WORDS)) and _PHOTO_MARK.search(end):
        return True
    may_end_so = lower.rstrip("\n )].'/\"”’").endswith(_HOUSE_ENDS) or "/" in lower or "via" in lower
    return may_end_so and bool(_PHOTO_END.search(end)) and _is_credit_place(end)


def _is_credit_place(end: str) -> bool:
    """A house's name at the end is a credit where the words before it are not running text."""
    found = _PHOTO_END.search(end)
    before = end[: found.start()].rstrip() if found else end
    if end.rstrip()[-1:] in '.”"':
        return before[-1:] in ("/", "|", "(", "©") or before.endswith("via")
    return not before or before[-1] in "/|(,;:.–—-©)" or before.endswith(("via", "by", "The"))


def credit_part(text: str) -> str:
    """The credit at the end of a caption, without the brackets around it; empty where none can be told apart."""
    end = text[-160:]
    found = _PHOTO_MARK.search(end)
    if found is None and (house := _PHOTO_END.search(end)):
        found = re.compile(r"(?<=[.!?…)”\"»])\s[^.!?…]*$").search(end, 0, house.end())
    return found[0].strip(" ()[]|") if found else ""


def is_bare_credit(text: str) -> bool:
    """A credit without a caption: "Jane Doe/Getty Images", "Photo: Jane Doe", "AP"."""
    if len(text) > 110:
        return False
    if _PHOTO_END.match(text):
        return True
    if re.match(
        r"(?:photo|image|picture|photograph|illustration|foto|bild|фото|φωτ|credit|crédit)(?:s|graph(?:s|y|er)?)?\b\s?(?:credit|by|courtesy|copyright|via|:|©|/)",
        text,
        re.I,
    ):
        return True
    return (
        has_photo_credit(text)
        and len(text) <= 70
        and not _HEAD_SENTENCE.search(text[:-4])
        and not (len(text) > 16 and text.rstrip(")）").endswith(("撮影", "提供")))
        and not re.search(r"[a-z]{3,}\s+(?:is|are|was|were|has|in|on|at|after|during|with)\s", text)
    )


def is_slash_credit(text: str) -> bool:
    """Two names with a slash or bar between them, as photographers and their houses are given."""
    return len(text) <= 80 and ("/" in text or "|" in text) and bool(_SLASH_CREDIT.match(text))


def is_capitals(text: str) -> bool:
    """Whether the letters are capitals, and there are several."""
    text = text[:LONG]
    return text.isupper() and sum(map(str.isalpha, text)) >= 3
