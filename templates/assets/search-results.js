// What a search found becomes list items. Nothing of an article is ever put into the page as markup: texts are set
// as texts, and an excerpt's marks are made anew.

import { unspaced } from "./search-scripts.js";

// One article found: its title, facts, excerpt, and the headings below which words were found.
export function resultRow(article, root, highlights) {
  const name = unspaced(article.meta.title);
  const row = make("li", "result");
  const title = make("h2", "result-title");
  title.append(linkTo(article.url, name, root, highlights));
  const about = make("p", "result-about");
  for (const fact of ["date", "authors", "publication"]) {
    if (article.meta[fact]) about.append(make("span", "", article.meta[fact]));
  }
  row.append(title, about, marked("p", "result-excerpt", unspaced(article.excerpt), name));
  const inner = (article.sub_results ?? []).filter((part) => part.anchor).slice(0, 3);
  if (inner.length) {
    const parts = make("ul", "result-parts");
    parts.setAttribute("role", "list");
    for (const part of inner) {
      const item = make("li");
      const heading = unspaced(part.title);
      item.append(linkTo(part.url, heading, root, highlights), marked("p", "result-excerpt", unspaced(part.excerpt), heading));
      parts.append(item);
    }
    row.append(parts);
  }
  for (const text of row.querySelectorAll("a, .result-excerpt")) text.dir = "auto";
  return row;
}

function linkTo(address, text, root, highlights) {
  const target = new URL(`./${address.replace(/^\/+/, "")}`, root); // Pagefind gives paths from the site's root
  for (const words of highlights) target.searchParams.append("highlight", words);
  const link = make("a", "", text);
  link.href = target;
  return link;
}

// An excerpt marks what it found with <mark> and escapes angle brackets: both are read here, none is trusted.
// The title or heading that an excerpt may begin with stands above it already.
function marked(name, kind, excerpt, title) {
  const pieces = excerpt.split(/(<mark>.*?<\/mark>)/s).map((piece) => ({
    isMarked: piece.startsWith("<mark>"),
    text: piece.replace(/<\/?mark>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
  }));
  const whole = pieces.map((piece) => piece.text).join("");
  let repeated = title && whole.startsWith(title) ? whole.slice(title.length).match(/^[\s.]*/)[0].length + title.length : 0;
  if (repeated === whole.length) repeated = 0;
  const shown = whole.slice(repeated);
  const element = make(name, kind);
  if (/^\p{Ll}/u.test(shown)) element.append("… ");
  for (const { isMarked, text } of pieces) {
    const rest = text.slice(repeated);
    repeated = Math.max(0, repeated - text.length);
    if (isMarked) {
      const word = rest.replace(/\p{P}+$/u, ""); // a comma after the word was not searched for
      if (word) element.append(make("mark", "", word));
      element.append(rest.slice(word.length));
    } else element.append(rest);
  }
  if (!/[.!?…。！？]\S?\s*$/.test(shown)) element.append(" …");
  return element;
}

export function make(name, kind = "", text = "") {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}
