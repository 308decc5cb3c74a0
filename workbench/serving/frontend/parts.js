// What the reader sees of loading, being connected and being cut off. Words come from the page itself.
const loading = document.getElementById("wb-loading");
const trouble = document.getElementById("wb-trouble");

export const parts = {
  root: document.getElementById("wb-cells"),

  cells() {
    return [...(this.root?.querySelectorAll(".cell") ?? [])];
  },

  // All but the last: that one may still be on its way.
  complete() {
    return this.cells().slice(0, -1);
  },

  showProgress() {
    const bar = loading?.querySelector("progress");
    if (bar) bar.value = this.cells().length;
  },

  showEnd() {
    loading?.remove();
  },

  // reason: "failed", "connecting" or "ended"; each has its words in the page.
  showTrouble(reason) {
    if (!trouble) return;
    if (reason) this.showEnd();
    for (const text of trouble.querySelectorAll("[data-reason]")) text.hidden = text.dataset.reason !== reason;
    trouble.hidden = reason === "";
  },
};

trouble?.querySelector("button")?.addEventListener("click", () => location.reload());
