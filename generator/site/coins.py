"""COinS: what a card of a listing says to reference managers (OpenURL ContextObject in a span, ocoins.info).

Only on listings: on an article's own page it would win over the better embedded metadata.
"""

from urllib.parse import quote

from generator.model.people import family_and_given
from generator.settings import Settings
from generator.site.views import Card
from generator.site.words import date_stated


def coins(card: Card, settings: Settings) -> str:
    """The `title` of a `span.Z3988` for an article."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", card.title),
        ("rft.jtitle", card.publication),
        ("rft.date", date_stated(card.date)),
        ("rft.language", card.language),
        ("rft_id", settings.base_url + card.path if settings.base_url else ""),
    ]
    if card.authors:
        family, given = family_and_given(card.authors[0].name)
        if given:
            pairs += [("rft.aulast", family), ("rft.aufirst", given)]
    pairs += [("rft.au", author.name) for author in card.authors]
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs if value)
