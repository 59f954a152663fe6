// Full-text search over the Pagefind bundle. The address holds the whole state: ?q=words&author=…&sort=newest.

import { make, resultRow } from "./search-results.js";
import { asIndexed } from "./search-scripts.js";

const place = document.querySelector("[data-search]");
const texts = place.dataset;
const form = place.querySelector("form");
const box = form.querySelector("input[type=search]");
const sort = form.querySelector("select");
const status = form.querySelector("[role=status]");
const filterPanel = form.querySelector(".filters");
const filtersName = form.querySelector("[data-filters-name]");
const clearFilters = form.querySelector("[data-clear-filters]");
const list = place.querySelector("[data-results]");
const more = place.querySelector("[data-more]");
const hints = place.querySelector("[data-hints]");
const fieldsets = [...form.querySelectorAll("[data-facet]")];
const facets = fieldsets.map((fieldset) => fieldset.dataset.facet);

const bundle = new URL(texts.bundle, location.href);
const root = new URL(texts.root, location.href);
const language = document.documentElement.lang || "en";
const plural = new Intl.PluralRules(language);
const numerals = new Intl.NumberFormat(language);
const collator = new Intl.Collator(language, { numeric: true });
const PAGE = 10;
const FEW = 8;
const MANY = 400;
const PAUSE = 70;

const opened = new Set(); // facets whose values are all shown
let pagefind;
let allValues = {};
let found = { results: [], highlights: [] };
let shown = 0;
let turn = 0; // the newest search; older ones that come in late are dropped
let timer = 0;
let isTyping = false;

start();

async function start() {
  if (matchMedia("(max-width: 55rem)").matches) filterPanel.open = false;
  restore();
  listen();
  if (await load()) await search();
}

async function load() {
  try {
    const loaded = await import(new URL("pagefind.js", bundle));
    await loaded.options({ baseUrl: "/", excerptLength: 34 });
    await loaded.init();
    allValues = await loaded.filters();
    pagefind = loaded;
    return true;
  } catch (error) {
    reportBroken(error);
    return false;
  }
}

function listen() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    isTyping = false;
    searchNow();
  });
  box.addEventListener("input", () => {
    clearTimeout(timer);
    pagefind?.preload(asIndexed(plainQuotes(box.value.trim())) || null);
    timer = setTimeout(() => {
      remember(isTyping);
      isTyping = true;
      search();
    }, PAUSE);
  });
  form.addEventListener("change", (event) => {
    if (event.target === box) return;
    isTyping = false;
    searchNow();
  });
  clearFilters.addEventListener("click", () => {
    for (const tick of form.querySelectorAll("input:checked")) tick.checked = false;
    searchNow();
    box.focus();
  });
  more.addEventListener("click", async () => {
    const before = shown;
    await showMore();
    list.children[before]?.querySelector("a").focus();
  });
  list.addEventListener("click", () => (isTyping = false));
  place.addEventListener("keydown", moveByKey);
  addEventListener("popstate", () => {
    isTyping = false;
    restore();
    search();
  });
  // Whoever serves the page may say that there is another index now: what was typed stays, and is searched for anew.
  document.addEventListener("pressmark:index", async (event) => {
    if (!pagefind) return;
    event.preventDefault();
    const old = pagefind;
    pagefind = undefined;
    turn++; // a search that is under way may fail now, and is not missed
    await old.destroy();
    if (await load()) await search();
  });
}

// ── The address ────────────────────────────────────────────────────────────────────────────────────────────────────

function state() {
  const chosen = {};
  for (const fieldset of fieldsets) {
    const values = [...fieldset.querySelectorAll("input:checked")].map((tick) => tick.value);
    if (values.length) chosen[fieldset.dataset.facet] = values;
  }
  return { words: box.value.trim(), chosen, order: sort.value };
}

function remember(replace) {
  const { words, chosen, order } = state();
  const query = new URLSearchParams();
  if (words) query.set("q", words);
  for (const [facet, values] of Object.entries(chosen)) for (const value of values) query.append(facet, value);
  if (order) query.set("sort", order);
  const text = query.toString();
  const address = location.pathname + (text && `?${text}`);
  if (address === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

function restore() {
  const query = new URLSearchParams(location.search);
  box.value = query.get("q") ?? "";
  sort.value = ["newest", "oldest"].includes(query.get("sort")) ? query.get("sort") : "";
  for (const fieldset of fieldsets) {
    drawValues(fieldset, {}, new Set(query.getAll(fieldset.dataset.facet)));
  }
}

// ── Searching ──────────────────────────────────────────────────────────────────────────────────────────────────────

function searchNow() {
  clearTimeout(timer);
  remember(false);
  search();
}

async function search() {
  if (!pagefind) return;
  const mine = ++turn;
  const { words, chosen, order } = state();
  const isEmpty = !words && !Object.keys(chosen).length;
  const waiting = setTimeout(() => mine === turn && (status.textContent = texts.searching), 400);
  try {
    const asked = isEmpty ? { results: [] } : ask(words, chosen, order);
    const [answer, counts] = await Promise.all([asked, isEmpty ? allValues : countValues(words, chosen, asked)]);
    if (mine !== turn) return;
    found = { results: answer.results, highlights: highlightsOf(words) };
    for (const fieldset of fieldsets) {
      const facet = fieldset.dataset.facet;
      drawValues(fieldset, counts[facet] ?? {}, new Set(chosen[facet]));
    }
    drawFilterPanel(chosen);
    hints.hidden = !isEmpty;
    status.textContent = isEmpty ? "" : inWords(words, chosen, answer.results.length);
    await showFirst(mine);
  } catch (error) {
    if (mine === turn) reportBroken(error);
  } finally {
    clearTimeout(waiting);
  }
}

function ask(words, chosen, order) {
  const filters = Object.fromEntries(Object.entries(chosen).map(([facet, values]) => [facet, { any: values }]));
  // A list without words has no relevance: it stands by date.
  const sort = order === "oldest" ? { age: "asc" } : order === "newest" || !words ? { date: "desc" } : {};
  return pagefind.search(asIndexed(plainQuotes(words)) || null, { filters, sort });
}

// Keyboards type curly quotation marks; Pagefind knows an exact phrase by straight ones.
function plainQuotes(words) {
  return words.replace(/[“”„«»「」『』]/g, '"').replace(/"\s*([^"]*?)\s*"/g, '"$1"');
}

// How many articles each value would leave: a facet's own ticks must not count against its other values.
async function countValues(words, chosen, asked) {
  const counts = {};
  const without = (facet) => Object.fromEntries(Object.entries(chosen).filter(([name]) => name !== facet));
  for (const facet of facets) {
    const answer = await (facet in chosen ? ask(words, without(facet), "") : asked);
    const isAll = !words && !Object.keys(without(facet)).length;
    counts[facet] = (isAll ? allValues : answer.filters)[facet];
  }
  return counts;
}

function highlightsOf(words) {
  const phrase = plainQuotes(words).match(/^"(.+)"$/);
  return phrase ? [phrase[1]] : words.split(/\s+/).filter((word) => word.length > 1);
}

function inWords(words, chosen, n) {
  const quoted = /^["“„«「『].*["”“»」』]$/.test(words) ? words : texts.quoted.replace("{words}", () => words);
  const fill = (text) => text.replace("{n}", numerals.format(n)).replace("{words}", () => quoted);
  const form = plural.select(n);
  const key = (stem) => texts[stem + form[0].toUpperCase() + form.slice(1)] ?? texts[`${stem}Other`];
  if (n || !words) return fill(words ? key("about") : key("found"));
  return fill(Object.keys(chosen).length ? texts.noneFiltered : texts.none);
}

// ── Filters ────────────────────────────────────────────────────────────────────────────────────────────────────────

function drawFilterPanel(chosen) {
  const n = Object.values(chosen).flat().length;
  filtersName.textContent = n ? texts.moreFilters.replace("{n}", numerals.format(n)) : texts.noFilters;
  clearFilters.hidden = !n;
  filterPanel.hidden = fieldsets.every((fieldset) => fieldset.hidden);
}

function drawValues(fieldset, counts, ticked) {
  const facet = fieldset.dataset.facet;
  const holder = fieldset.querySelector(".filter-values");
  const focused = holder.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const values = Object.entries(counts).filter(([value, n]) => n || ticked.has(value));
  for (const value of ticked) if (!(value in counts)) values.push([value, 0]);
  values.sort(facet === "year" || facet === "decade" ? byYear : byCount);
  const isOpen = opened.has(facet);
  const limit = isOpen ? MANY : FEW;
  const kept = values.filter(([value], place) => place < limit || ticked.has(value));
  const rows = kept.map(([value, n]) => valueRow(facet, value, n, ticked.has(value)));
  if (values.length > FEW) rows.push(moreValues(fieldset, values.length, isOpen, counts, ticked));
  holder.replaceChildren(...rows);
  fieldset.hidden = !values.length;
  if (focused) holder.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function byCount([a, n], [b, m]) {
  return m - n || collator.compare(a, b);
}

function byYear([a], [b]) {
  const isNumber = (text) => /\d/.test(text);
  return isNumber(b) - isNumber(a) || collator.compare(b, a);
}

function valueRow(facet, value, n, isTicked) {
  const label = make("label", "filter-value");
  const tick = make("input");
  tick.type = "checkbox";
  tick.name = facet;
  tick.value = value;
  tick.checked = isTicked;
  tick.dataset.key = `${facet}:${value}`;
  const name = make("span", "filter-name", value);
  name.dir = "auto";
  label.append(tick, name, make("span", "count", numerals.format(n)));
  return label;
}

function moreValues(fieldset, n, isOpen, counts, ticked) {
  const facet = fieldset.dataset.facet;
  const button = make("button", "filter-more", isOpen ? texts.fewerValues : texts.moreValues.replace("{n}", numerals.format(n)));
  button.type = "button";
  button.dataset.key = `${facet}:`;
  button.setAttribute("aria-expanded", isOpen);
  button.addEventListener("click", () => {
    if (isOpen) opened.delete(facet);
    else opened.add(facet);
    drawValues(fieldset, counts, new Set([...ticked, ...(state().chosen[facet] ?? [])]));
  });
  return button;
}

// ── Results ────────────────────────────────────────────────────────────────────────────────────────────────────────

async function showFirst(mine) {
  const rows = await rowsOf(found.results.slice(0, PAGE));
  if (mine !== turn) return;
  list.replaceChildren(...rows);
  shown = rows.length;
  more.hidden = shown >= found.results.length;
}

async function showMore() {
  const mine = turn;
  const rows = await rowsOf(found.results.slice(shown, shown + PAGE));
  if (mine !== turn) return;
  list.append(...rows);
  shown += rows.length;
  more.hidden = shown >= found.results.length;
}

async function rowsOf(results) {
  const articles = await Promise.all(results.map((result) => result.data()));
  return articles.map((article) => resultRow(article, root, found.highlights));
}

// ── Keys ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function moveByKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const links = [...list.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const isInBox = document.activeElement === box;
  if (event.key === "Escape" && (isInBox || at >= 0)) {
    event.preventDefault();
    if (isInBox && box.value) {
      box.value = "";
      isTyping = false;
      searchNow();
    }
    box.focus();
  } else if (event.key === "ArrowDown" && (isInBox || at >= 0)) {
    const next = links[at + 1];
    if (next) next.focus();
    else if (!more.hidden) more.focus();
    event.preventDefault();
  } else if (event.key === "ArrowUp" && (at >= 0 || document.activeElement === more)) {
    event.preventDefault();
    if (document.activeElement === more) links.at(-1)?.focus();
    else if (at > 0) links[at - 1].focus();
    else box.focus();
  }
}

// ── When it cannot be ──────────────────────────────────────────────────────────────────────────────────────────────

function reportBroken(error) {
  console.error(error);
  status.textContent = texts.broken;
  hints.hidden = true;
  sort.parentElement.hidden = true;
  list.replaceChildren();
  more.hidden = true;
  const page = place.querySelector("[data-without-script]");
  if (!page) return;
  const parsed = new DOMParser().parseFromString(page.textContent, "text/html"); // our own template's text
  parsed.querySelector("[data-why]")?.remove();
  page.replaceWith(...parsed.body.childNodes);
}
