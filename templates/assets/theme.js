// Light, dark, or as the device: applied before the page is drawn, so that nothing flashes.
(() => {
  const root = document.documentElement;
  const order = ["system", "light", "dark"];
  const read = () => {
    try {
      const kept = localStorage.getItem("pressmark-theme");
      return order.includes(kept) ? kept : "system";
    } catch {
      return "system"; // storage may be forbidden; the device decides then
    }
  };
  const apply = (theme) => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  let theme = read();
  root.classList.add("scripted");
  apply(theme);
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    const name = button.querySelector("[data-theme-name]");
    const say = () => {
      name.textContent = button.dataset[theme];
      button.title = button.dataset[theme];
    };
    button.addEventListener("click", () => {
      theme = order[(order.indexOf(theme) + 1) % order.length];
      apply(theme);
      say();
      try {
        localStorage.setItem("pressmark-theme", theme);
      } catch {
        // not remembered, but applied
      }
    });
    say();
  });
})();
