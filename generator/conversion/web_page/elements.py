"""What HTML's elements are to a reader: blocks, inline marks, or nothing to see.

Source: WHATWG HTML, "Rendering", section 15.3 (which elements are displayed as blocks, which are not displayed).
"""

BLOCKS = frozenset(
    [
        "html",
        "body",
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "dialog",
        "dd",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "multicol",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "caption",
        "colgroup",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
        "frameset",
        "noframes",
    ]
)

UNSEEN = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "canvas",
        "map",
        "area",
        "datalist",
        "param",
        "source",
        "track",
        "base",
        "link",
        "meta",
        "noembed",
        "noframes",
        "rp",
        "input",
        "textarea",
        "select",
    ]
)
"""Elements whose content no reader sees as text of the page. The head's title is read apart."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset(("ul", "ol", "dir", "menu"))
CELLS = frozenset(("td", "th"))
STRONG = frozenset(("strong", "b"))
EMPHASIS = frozenset(("em", "i", "cite", "dfn", "var"))
CODE = frozenset(("code", "kbd", "samp", "tt"))
STRUCK = frozenset(("del", "s", "strike"))
VERBATIM = frozenset(("pre", "listing", "xmp", "plaintext"))
