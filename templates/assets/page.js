// Small conveniences of every page: "/" leads to the search box, citations are copied, searched words are marked.

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("[data-slash]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

for (const button of document.querySelectorAll("[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const name = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      button.textContent = button.dataset.copied;
    } catch {
      getSelection().selectAllChildren(text); // no clipboard outside HTTPS: the reader copies what is selected
      button.textContent = button.dataset.refused;
    }
    setTimeout(() => (button.textContent = name), 4000);
  });
}

markSearchedWords();

function markSearchedWords() {
  const address = new URL(location.href);
  const words = address.searchParams.getAll("highlight").filter((word) => word && word.length <= 60).slice(0, 20);
  if (!words.length) return;
  address.searchParams.delete("highlight"); // an address copied from here is the permalink
  history.replaceState(history.state, "", address);
  const article = document.querySelector("[data-pagefind-body]");
  if (!article || !globalThis.Highlight || !CSS.highlights) return;
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  const pattern = new RegExp(escaped.join("|"), "giu");
  const ranges = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && ranges.length < 2000) {
    const node = walker.currentNode;
    if (node.parentElement.closest("[data-pagefind-ignore]")) continue;
    for (const found of node.data.matchAll(pattern)) {
      const range = new Range();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      ranges.push(range);
    }
  }
  CSS.highlights.set("searched", new Highlight(...ranges));
}
