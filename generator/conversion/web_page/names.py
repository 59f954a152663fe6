"""What the names that a page gives its elements (class, id, role, itemprop) say about their content.

The patterns are habits of the trade (WordPress, Drupal, AMP, schema.org, the page builders of large publishers), never
those of a single site.
"""

import re
from functools import lru_cache

KINDS: tuple[tuple[str, str], ...] = (
    ("comments", r"comment(?!ary|ator)|disqus|replies|respond\b|livefyre|viafoura|coral-"),
    (
        "related",
        r"related|recirc|recommend|read-?more|more-(?:from|on|stories|news|in|like)|also-(?:like|read)|suggest"
        r"|outbrain|taboola|zergnet|sharethrough|next-?(?:up|article|post|story)|prev-?(?:article|post|story)|post-?nav"
        r"|(?:most|top|latest|recent|popular|trending|other|similar)[-_]?(?:read|popular|viewed|stor|post|news|article|item)"
        r"|trending|popular|teaser|promo(?!tion-)|spotlight|see-?also|further-reading|up-?next|interstitial-link|jp-related|yarpp",
    ),
    (
        "share",
        r"share|sharing|social|sociable|addthis|a2a|follow(?!ing-)|facebook|twitter-(?:share|follow)|whatsapp|pinterest|sharedaddy|likes?\b",
    ),
    ("wall", r"paywall|regwall|\bmeter|piano|subscriber-only|premium"),
    (
        "newsletter",
        r"newsletter|subscri|sign-?up|signin|login|register|mailchimp|email-|opt-?in|donat|membership|call-?to-?action|\bcta\b",
    ),
    ("consent", r"cookie|consent|gdpr|privacy|onetrust|modal|popup|pop-up|overlay|lightbox|dialog|toast|notification"),
    (
        "advertisement",
        r"\bads?\b|\bads?[-_]|[-_]ads?\b|[-_]ads?[-_]|advert|adslot|adunit|ad-?(?:container|wrapper|block|box)|sponsor|dfp|gpt-|commerc|affiliate|\bpromoted|adsense|banner(?!-image)",
    ),
    (
        "navigation",
        r"\bnav|navi?gation|navbar|menu|breadcrumb|bread-crumb|pagination|pager|paging|toolbar|tabs?\b|skip-?(?:to|link)|site-?header|masthead|topbar|top-bar|\bsearch",
    ),
    ("footer", r"footer|foot\b|copyright|colophon|legal|disclaimer|site-?info|bottom-"),
    (
        "side",
        r"sidebar|side-?bar|\brail\b|-rail|right-?col|aside|widget(?!-text|-container|-wrap|-theme|-heading)|secondary|complementary|skyscraper",
    ),
    (
        "byline",
        r"byline|\bauthor|contributor|dateline|entry-meta|post-meta|article-meta|meta(?:data|info|-data|-info)?\b|timestamp|publish|posted-?(?:on|by)|\bdate\b|\btime\b|article-?info|post-?info|writer|reporter|\bbio\b|-bio\b|vcard",
    ),
    (
        "tags",
        r"\btags?\b|tag-?(?:list|links|cloud)|categor|topics?\b|keywords?|post-?terms|eyebrow|kicker|rubric|taxonomy|section-?(?:name|label|title)|hashtag",
    ),
    ("caption", r"caption|credit|figure|photo|image|img|picture|attribution|cutline"),
    ("gallery", r"gallery|slideshow|carousel|slider|swiper|slick"),
    ("video", r"video|player|podcast|audio|listen|jwplayer|brightcove|embed"),
    (
        "unseen",
        r"sr-only|screen-?reader|visually-?hidden|visuallyhidden|u-hidden|hidden|a11y|invisible|noprint|no-print|print-?only|\bhide\b|offscreen|skip-link",
    ),
    ("title", r"headline|(?:post|entry|article|page|story|content)-?_?_?title|\btitle\b"),
    (
        "summary",
        r"\bdek\b|subtitle|sub-?head|standfirst|stand-first|summary|excerpt|\blede?\b|intro\b|deck\b|key-?points|highlights|takeaways|tldr|tl-dr",
    ),
    (
        "box",
        r"infobox|info-box|fact-?box|factbox|call-?out|\btoc\b|table-of-contents|ratings?|review-?(?:box|summary)|product|price|deal|\bbuy|quiz|poll|survey|score-?box|stock|quote-?(?:box|widget)|ticker",
    ),
    ("quote", r"pull-?quote|pullquote|blockquote"),
    (
        "content",
        r"(?:article|entry|post|story|page|main|content|blog|news|text|rich-?text|single)[-_]{0,2}(?:body|content|text|copy|main|wrapper|detail)|articlebody|body-?(?:copy|text|content)|storybody|rich-?text|wysiwyg|\bprose\b|instapaper_body|e-content|hentry|main-?content|field-name-body|td-post-content|postcontent|articletext",
    ),
    ("article", r"\barticle\b|\bpost\b|\bstory\b|\bentry\b|h-entry|\bmain\b|single-post|\bcontent\b"),
)
_PATTERN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS))


@lru_cache(maxsize=20_000)
def kinds_of(names: str) -> frozenset[str]:
    """The kinds of content that an element's names speak of."""
    return frozenset().union(*map(_kinds_of_one, names.split()))


@lru_cache(maxsize=20_000)
def _kinds_of_one(name: str) -> frozenset[str]:
    """No pattern reaches beyond one name, and pages build their many combinations from few of them."""
    return frozenset(match.lastgroup for match in _PATTERN.finditer(name) if match.lastgroup)
