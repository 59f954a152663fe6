// The review pages: moves among blocks by keyboard, and sends what a person decides. The server answers only to the
// token that this page carries.

(() => {
  const token = document.querySelector("meta[name=pressmark-token]").content;
  const file = new URLSearchParams(location.search).get("file") ?? "";
  const status = document.querySelector("[data-status]");
  const blocks = [...document.querySelectorAll("[data-block]")];
  const PLACE = `review ${file}`;
  let isWaiting = false;

  // A decision is shown once the article has been made anew; the list renews itself while captures are assessed.
  document.addEventListener("pressmark-review", (event) => {
    if (!(file ? isWaiting : event.detail.built)) return;
    keepPlace();
    event.detail.reload();
  });

  async function send(path, values) {
    say("Writing …");
    let answer;
    let told;
    try {
      answer = await fetch(`/_review/${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Pressmark-Token": token },
        body: JSON.stringify({ file, ...values }),
      });
      told = await answer.json();
    } catch {
      say("The preview does not answer. Is `pressmark watch` still running?");
      return false;
    }
    isWaiting = answer.ok && told.changed;
    say(isWaiting ? "Written. The article is being rebuilt …" : told.message, !answer.ok);
    return answer.ok;
  }

  function say(text, isWrong = false) {
    status.textContent = text;
    status.classList.toggle("wrong", isWrong);
  }

  // ── Labels ───────────────────────────────────────────────────────────────────────────────────────────────────────

  for (const block of blocks) {
    const select = block.querySelector("[data-label]");
    if (!select) continue;
    const before = select.value;
    select.addEventListener("change", async () => {
      if (!(await send("label", { key: block.dataset.block, value: select.value }))) select.value = before;
    });
  }

  const shownBlocks = () => blocks.filter((block) => !block.hidden);
  const current = () => document.activeElement.closest?.("[data-block]");

  function focusOn(block) {
    if (!block) return;
    for (const other of blocks) other.tabIndex = other === block ? 0 : -1;
    block.focus({ preventScroll: true });
    block.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const shown = shownBlocks();
    const at = shown.indexOf(current());
    focusOn(shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + step))]);
  }

  function label(block, value) {
    const select = block?.querySelector("[data-label]");
    if (!select || ![...select.options].some((option) => option.value === value)) return;
    select.value = value;
    select.dispatchEvent(new Event("change"));
  }

  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    l: () => current()?.querySelector("[data-label]")?.focus(),
    x: () => label(current(), "interface-text"),
    t: () => label(current(), "paragraph"),
    h: () => label(current(), "heading"),
    u: () => label(current(), ""),
    v: () => document.querySelector(".values summary")?.focus(),
    n: () => document.querySelector('[data-key="n"]')?.click(),
    p: () => document.querySelector('[data-key="p"]')?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isInBlock = event.target.matches("[data-block]");
    if (event.key === "Escape" && event.target.matches("[data-label]")) return focusOn(event.target.closest("[data-block]"));
    if (event.target.matches("input, textarea, select")) return;
    if (isInBlock && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      return move(event.key === "ArrowDown" ? 1 : -1);
    }
    if (isInBlock && event.key === "Enter") return KEYS.l();
    if (Object.hasOwn(KEYS, event.key)) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });

  for (const block of blocks) block.addEventListener("focus", () => blocks.forEach((other) => (other.tabIndex = other === block ? 0 : -1)));

  // What scrolls can be scrolled by keyboard.
  for (const text of document.querySelectorAll(".block .text")) if (text.scrollHeight > text.clientHeight) text.tabIndex = 0;

  // ── Filters, values, what waits ──────────────────────────────────────────────────────────────────────────────────

  const filters = [...document.querySelectorAll("[data-filter]")];
  for (const button of filters) {
    button.addEventListener("click", () => {
      for (const other of filters) other.setAttribute("aria-pressed", String(other === button));
      let count = 0;
      for (const block of blocks) {
        block.hidden = !block.dataset.kinds.split(" ").includes(button.dataset.filter);
        count += !block.hidden;
      }
      say(count === 1 ? "1 block" : `${count} blocks`);
    });
  }

  for (const form of document.querySelectorAll("[data-value]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send("value", { key: form.dataset.value, value: form.elements.value.value });
    });
  }

  for (const button of document.querySelectorAll("[data-post]")) {
    button.addEventListener("click", () => send(button.dataset.post, {}));
  }

  // ── The place is kept when the page is loaded again ──────────────────────────────────────────────────────────────

  function keepPlace() {
    const pressed = filters.find((button) => button.getAttribute("aria-pressed") === "true")?.dataset.filter;
    const values = document.querySelector(".values")?.open;
    sessionStorage.setItem(PLACE, JSON.stringify({ block: current()?.dataset.block, pressed, values, said: isWaiting }));
  }

  const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  sessionStorage.removeItem(PLACE);
  if (kept) {
    if (kept.values) document.querySelector(".values").open = true;
    if (kept.pressed && kept.pressed !== "all") filters.find((button) => button.dataset.filter === kept.pressed)?.click();
    if (kept.block) focusOn(document.getElementById(`block-${kept.block}`));
    if (kept.said) say("Done: the article is rebuilt.");
  }
})();
