// Makes a page of the preview live: brings it up to date when its own bytes have changed, swaps stylesheets and pictures
// in place, and shows problems where the person looks. It is added by `pressmark watch` and never published.

(() => {
  const ownTag = document.currentScript;
  const own = ownTag.dataset;
  let source;
  let turn = own.turn;
  let digest = own.digest;

  listen();
  // Only visible pages listen: a browser allows few connections to one host, and a page that is shown again asks anew.
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => event.persisted && listen());

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource("/_pressmark/events?" + new URLSearchParams({ page: own.page, digest, turn }));
    source.addEventListener("changed", (event) => change(JSON.parse(event.data)));
    source.addEventListener("moved", (event) => lead(JSON.parse(event.data).to));
    source.addEventListener("problems", (event) => showProblems(JSON.parse(event.data)));
    source.addEventListener("search", (event) => showSearch(JSON.parse(event.data)));
    source.addEventListener("progress", (event) => showProgress(JSON.parse(event.data)));
    source.addEventListener("ready", () => "waiting" in document.body.dataset && reload());
    source.addEventListener("review", (event) => document.dispatchEvent(new CustomEvent("pressmark-review", { detail: { ...JSON.parse(event.data), reload } })));
  }

  function stop() {
    source?.close();
    source = undefined;
  }

  // ── Changes ────────────────────────────────────────────────────────────────────────────────────────────────────────

  function change({ paths, turn: now }) {
    turn = String(now);
    if (paths.some(isScriptHere)) return reload();
    if (paths.includes(own.page)) renew();
    for (const path of paths) {
      for (const link of document.querySelectorAll("link[rel=stylesheet]")) if (leadsTo(link.href, path)) swap(link);
      for (const picture of document.images) if (leadsTo(picture.src, path)) picture.src = fresh(picture.src);
    }
  }

  // A reload takes the place of a page that the reader has just asked for: whoever is leaving is let go.
  const LEAVING = 2000;
  let left = -Infinity;
  addEventListener("beforeunload", () => (left = performance.now()));

  function unlessLeaving(go) {
    const rest = left + LEAVING - performance.now();
    if (rest > 0) return setTimeout(() => unlessLeaving(go), rest); // still here by then: it was a download
    go();
  }

  function reload() {
    unlessLeaving(() => {
      stop();
      if (dismissed) sessionStorage.setItem(DISMISSED, dismissed);
      location.reload(); // the browser keeps the scroll position of a page that it reloads
    });
  }

  // The page has got another address (its title, slug or date was changed): the reader goes there, to the same place.
  const LED = "pressmark led";

  function lead(to) {
    const here = decodeURI(location.pathname);
    const base = here.endsWith("/" + own.page) ? here.slice(0, here.length - own.page.length) : "/";
    unlessLeaving(() => {
      stop();
      sessionStorage.setItem(LED, JSON.stringify({ to, place: scrollY }));
      location.replace(base + to + location.hash);
    });
  }

  function isScriptHere(path) {
    return path.endsWith(".js") && performance.getEntriesByType("resource").some((entry) => leadsTo(entry.name, path));
  }

  function leadsTo(address, path) {
    const url = new URL(address, location.href);
    return url.origin === location.origin && decodeURI(url.pathname).endsWith("/" + path);
  }

  function swap(link) {
    const next = link.cloneNode();
    next.href = fresh(link.href);
    next.addEventListener("load", () => link.remove(), { once: true });
    link.after(next); // both hold for a moment, so that the page never stands without a style
  }

  function fresh(address) {
    const url = new URL(address, location.href);
    url.searchParams.set("pressmark", turn);
    return url.href;
  }

  // ── The page itself ────────────────────────────────────────────────────────────────────────────────────────────────
  // Where only texts differ, only they are changed: the page stands still, nothing flashes, what is selected stays so.
  // The old and the new source are compared, and the page as it stands is touched only where it is like the old source;
  // whatever else a script may depend on or may have changed is left to a reload.

  const DELICATE = "script, link, style, base, meta[http-equiv], form, input, button, select, textarea, iframe, object, video, audio, canvas, details, dialog, [data-search]";
  let shownSource;

  if (!("waiting" in document.body.dataset)) addEventListener("load", () => setTimeout(rememberSource, 50));

  async function fetchSource() {
    const answer = await fetch(location.href, { cache: "no-cache" });
    const source = new DOMParser().parseFromString(await answer.text(), "text/html");
    const tag = source.querySelector('script[src="/_pressmark/preview.js"]');
    tag?.remove();
    return { source, digest: tag?.dataset.digest };
  }

  async function rememberSource() {
    const fetched = await fetchSource().catch(() => ({}));
    if (fetched.digest === digest) shownSource = fetched.source;
  }

  // One after another: an answer that was asked for earlier must not come last and take the page back.
  let renewed = Promise.resolve();

  function renew() {
    renewed = renewed.then(renewOnce);
  }

  async function renewOnce() {
    if (!shownSource) return reload();
    try {
      const fetched = await fetchSource();
      const steps = [];
      if (!fetched.digest || !plan(shownSource.documentElement, fetched.source.documentElement, document.documentElement, steps)) return reload();
      for (const step of steps) step();
      shownSource = fetched.source;
      digest = fetched.digest;
    } catch {
      reload();
    }
  }

  // Collects what must be done to `live`, which is like `old`, so that it becomes like `fresh`; false when it must not.
  function plan(old, fresh, live, steps) {
    if (old.isEqualNode(fresh)) return true;
    if (!live || live.nodeName !== old.nodeName || old.nodeName !== fresh.nodeName) return false;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (live.data !== old.data) return false;
      steps.push(() => (live.data = fresh.data));
      return true;
    }
    if (old.matches(DELICATE) && old.type !== "application/ld+json") return false;
    return planAttributes(old, fresh, live, steps) && planChildren([...old.childNodes], [...fresh.childNodes], live, steps);
  }

  function planAttributes(old, fresh, live, steps) {
    const names = new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()]);
    for (const name of names) {
      const value = fresh.getAttribute(name);
      if (old.getAttribute(name) === value) continue;
      if (live.getAttribute(name) !== old.getAttribute(name)) return false;
      steps.push(() => (value === null ? live.removeAttribute(name) : live.setAttribute(name, value)));
    }
    return true;
  }

  function planChildren(old, fresh, live, steps) {
    const standing = [...live.childNodes].filter((node) => node.nodeName !== "PRESSMARK-NOTES" && node !== ownTag);
    if (standing.length !== old.length) return false;
    if (old.length === fresh.length) return old.every((node, index) => plan(node, fresh[index], standing[index], steps));
    let start = 0;
    while (start < old.length && start < fresh.length && old[start].isEqualNode(fresh[start])) start++;
    let end = 0;
    while (end < old.length - start && end < fresh.length - start && old.at(-1 - end).isEqualNode(fresh.at(-1 - end))) end++;
    const gone = standing.slice(start, standing.length - end);
    const come = fresh.slice(start, fresh.length - end);
    if ([...gone, ...come].some(isDelicate) || gone.some((node, index) => !node.isEqualNode(old[start + index]))) return false;
    const before = standing[standing.length - end] ?? null;
    steps.push(() => {
      for (const node of gone) node.remove();
      for (const node of come) live.insertBefore(document.importNode(node, true), before);
    });
    return true;
  }

  function isDelicate(node) {
    return node.nodeType === Node.ELEMENT_NODE && (node.matches(DELICATE) || node.querySelector(DELICATE) !== null);
  }

  // ── Notes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  // What a person has hidden stays hidden when this script loads the page anew, and is shown when the person does.
  const DISMISSED = "pressmark dismissed";
  let notes;
  let dismissed = sessionStorage.getItem(DISMISSED) ?? "";
  sessionStorage.removeItem(DISMISSED);

  function room() {
    if (notes) return notes;
    const host = document.createElement("pressmark-notes");
    notes = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/_pressmark/preview.css";
    notes.append(style);
    document.documentElement.append(host);
    return notes;
  }

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function showProblems(problems) {
    if (window !== window.top) return; // the page around this one shows them
    room().querySelector(".problems")?.remove();
    const key = JSON.stringify(problems);
    if (!problems.length || key === dismissed) return;
    dismissed = "";
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const close = element("button", { type: "button", className: "close", textContent: "Hide" });
    const list = element("ol", {}, ...problems.slice(0, 50).map(shownProblem));
    const panel = element(
      "section",
      { className: "problems", tabIndex: -1 },
      element("header", {}, element("h2", { textContent: `${count} in the archive` }), close),
      element("p", { className: "about", textContent: "The site shows its last good state. This goes away when the files are mended." }),
      list,
    );
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", "Problems in the archive");
    close.addEventListener("click", () => {
      dismissed = key;
      panel.remove();
    });
    if (problems.length > 50) list.after(element("p", { textContent: `… and ${problems.length - 50} more: see the terminal.` }));
    room().append(panel);
    announce(`${count}. ${problems[0].place}: ${problems[0].message}`);
  }

  // Wherever the reader is, but in a field, where Esc has a meaning of its own.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.target.matches?.("input, textarea, select")) return;
    notes?.querySelector(".problems .close")?.click();
  });

  function shownProblem({ place, line, column, message, hint, excerpt }) {
    const item = element("li", {}, element("p", { className: "place", textContent: place }), element("p", { className: "message", textContent: message }));
    if (hint) item.append(element("p", { className: "hint", textContent: hint }));
    if (excerpt.length) {
      const lines = excerpt.map(([number, text]) => {
        const shown = element("span", { className: number === line ? "line here" : "line" }, element("b", { textContent: String(number) }), " ");
        const at = number === line && column > 0 && column <= text.length ? column - 1 : -1;
        if (at < 0) shown.append(text);
        else shown.append(text.slice(0, at), element("mark", { textContent: text[at] }), text.slice(at + 1));
        return shown;
      });
      item.append(element("pre", { tabIndex: 0 }, ...lines));
    }
    return item;
  }

  function announce(text) {
    let voice = room().querySelector(".voice");
    if (!voice) {
      voice = element("p", { className: "voice" });
      voice.setAttribute("role", "status");
      room().append(voice);
    }
    // A status that is there before its text is read out; one that comes with its text often is not.
    requestAnimationFrame(() => (voice.textContent = text));
  }

  let wasBehind = false;

  function showSearch({ behind }) {
    const form = document.querySelector("[data-search]");
    if (!form) return;
    let note = document.querySelector("pressmark-search-note");
    if (behind && !note) {
      note = element("pressmark-search-note", { textContent: "The search index is catching up with the last change." });
      note.setAttribute("role", "status");
      form.prepend(note);
    } else if (!behind) {
      note?.remove();
      // The loaded index is an old one. The address holds the whole search, for a page that cannot take another index.
      if (wasBehind && document.dispatchEvent(new CustomEvent("pressmark:index", { cancelable: true }))) reload();
    }
    wasBehind = behind;
  }

  function showProgress({ stage, done, total }) {
    const place = document.querySelector("[data-progress]");
    if (place) place.textContent = total ? `${stage}: ${done} of ${total}` : stage;
  }

  const led = JSON.parse(sessionStorage.getItem(LED) ?? "null");
  sessionStorage.removeItem(LED);
  if (led?.to === own.page) {
    addEventListener("load", () => scrollTo({ top: led.place, behavior: "instant" }), { once: true });
    announce(`This page now stands at /${own.page}`);
  }
})();
