// Saves a form as it is typed: on the server every second, in this browser while the server cannot be reached.
// Without scripts the form's own button keeps a draft.
const SECOND = 1000;
const PREFIX = "workbench-draft:";
const keyOf = (who, id, place) => `${PREFIX}${who}:${id}:${place}`; // of one window: each has typed its own
const keysOf = (who, id = "") => {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${who}:${id}`)); } catch { return []; }
};
const read = (key) => {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
};
const put = (key, copy) => {
  try { localStorage.setItem(key, JSON.stringify(copy)); } catch { /* full, or not allowed: the server has it, or will */ }
};
const drop = (key) => {
  try { localStorage.removeItem(key); } catch { /* not allowed: then nothing was put there */ }
};

const newId = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const thisWindow = () => {
  try {
    if (!sessionStorage.getItem("workbench-window")) sessionStorage.setItem("workbench-window", newId());
    return sessionStorage.getItem("workbench-window");
  } catch { return newId(); }
};

const form = document.querySelector("form[data-draft]");
if (form) keepDraft(form);
const list = document.getElementById("handin");
if (list) tellOfUnsent(list);

function keepDraft(form) {
  const { kind, who, save } = form.dataset;
  let id = form.dataset.draft;
  let seen = Number(form.dataset.seen);
  let changed = false; // since the last saving began
  let sending = false;
  let halted = false; // another window has it
  let timer = 0;
  const state = document.getElementById("state");
  const elsewhere = document.getElementById("elsewhere");
  const place = thisWindow();
  const key = () => keyOf(who, id, place);
  const news = "BroadcastChannel" in window ? new BroadcastChannel("workbench-drafts") : null;

  const words = () => [...new FormData(form)].filter(([name]) => name !== "_xsrf" && name !== "draft");
  const say = (text, clock = "") => {
    const told = text.replace("{clock}", clock);
    if (state.textContent !== told) state.textContent = told;
  };
  const named = () => {
    const address = new URL(location.href);
    if (address.searchParams.get("draft") === id && !address.pathname.endsWith("/drafts")) return;
    address.searchParams.set("draft", id);
    history.replaceState(null, "", address);
  };
  const fill = (copy) => {
    for (const element of form.elements) {
      if (!element.name || element.name === "_xsrf" || element.name === "draft" || element.tagName === "BUTTON") continue;
      const values = copy.filter(([name]) => name === element.name).map(([, value]) => value);
      if (element.type === "radio" || element.type === "checkbox") element.checked = values.includes(element.value);
      else if (element.type !== "hidden") element.value = values[0] ?? "";
    }
  };
  const halt = () => {
    halted = true;
    elsewhere.hidden = false;
    elsewhere.scrollIntoView({ block: "nearest" });
    say("");
  };
  const isTooLong = () => {
    const bytes = new TextEncoder().encode(words().map(([, value]) => value).join("")).length;
    if (bytes > Number(form.dataset.room)) say(form.dataset.long);
    return bytes > Number(form.dataset.room);
  };
  const sheet = () => {
    const body = new FormData(form);
    body.set("form", kind);
    body.set("seen", String(seen));
    return body;
  };

  async function send({ leaving = false } = {}) {
    clearTimeout(timer);
    timer = 0;
    if (halted || sending || !changed || isTooLong()) return;
    sending = true;
    changed = false;
    if (!leaving) say(form.dataset.saving);
    try {
      const answer = await fetch(save + id, { method: "POST", body: sheet(), keepalive: leaving, redirect: "manual" });
      if (answer.ok) await saved(await answer.json());
      else if (answer.status === 409) halt();
      else failed(answer.type === "opaqueredirect" || answer.status === 403 ? "out" : "unsaved");
    } catch {
      failed("offline");
    }
    sending = false;
    if (changed && !timer && !halted) later(5 * SECOND);
  }
  async function saved({ version, clock }) {
    seen = version;
    news?.postMessage({ id, version });
    if (changed) later(SECOND);
    else drop(key());
    say(form.dataset.saved, clock);
  }
  function failed(why) {
    changed = true;
    say(form.dataset[why]);
    later(5 * SECOND);
  }
  function later(milliseconds) {
    if (!timer) timer = setTimeout(send, milliseconds);
  }
  function typed() {
    changed = true;
    put(key(), { kind, seen, words: words(), at: Date.now() });
    if (!halted) later(SECOND);
  }
  async function look() {
    if (changed || sending || halted) return;
    try {
      const answer = await fetch(save + id, { redirect: "manual" });
      if (answer.ok && (await answer.json()).version !== seen && !changed) halt();
    } catch { /* no connection: looked for again when the page is */ }
  }

  document.getElementById("take-theirs").addEventListener("click", () => {
    drop(key());
    named();
    location.reload();
  });
  document.getElementById("keep-mine").addEventListener("click", async () => {
    let version = seen;
    try { version = (await (await fetch(save + id)).json()).version; } catch { return; }
    if (!version) { // handed in, or thrown away, there: this one is another
      drop(key());
      id = newId();
      form.elements.draft.value = id;
      named();
    }
    seen = version;
    halted = false;
    elsewhere.hidden = true;
    changed = true;
    send();
  });

  form.addEventListener("input", typed);
  for (const area of form.querySelectorAll("textarea[data-most]")) countIn(area);
  form.addEventListener("change", typed);
  form.addEventListener("submit", (event) => {
    if (isTooLong()) { // the server would hang up on it
      event.preventDefault();
      return;
    }
    if (changed) put(key(), { kind, seen, words: words(), at: Date.now() });
    clearTimeout(timer);
    halted = true; // what is sent now is the whole form
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? send({ leaving: true }) : look()));
  addEventListener("pagehide", () => send({ leaving: true }));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("online", () => send());
  news?.addEventListener("message", ({ data }) => { if (data.id === id && data.version > seen) halt(); });

  if (seen) named();
  restore();
  form.addEventListener("input", named, { once: true }); // a reload finds the draft again

  /** Take up what was typed and never reached the server: here, or in a window that is gone, unless there is newer. */
  function restore() {
    const own = read(key());
    const others = keysOf(who, id).filter((other) => other !== key()).sort((a, b) => read(a).at - read(b).at);
    const source = own ? key() : others.filter((other) => read(other).seen === seen).pop();
    const copy = source && read(source);
    if (!copy) return;
    drop(source);
    if (JSON.stringify(copy.words) === JSON.stringify(words())) return;
    fill(copy.words);
    put(key(), copy);
    if (copy.seen === seen) { changed = true; send(); } else halt();
  }
  form.dataset.ready = "yes";
}

/** Say how many characters fit when there is little room left, or none: nothing that is typed or pasted is cut off. */
function countIn(area) {
  const told = document.querySelector(`[data-count="${area.name}"]`);
  const sentence = told.textContent;
  const most = Number(area.dataset.most);
  const count = () => {
    const length = [...area.value].length;
    told.hidden = length < 0.9 * most;
    told.classList.toggle("fault", length > most);
    told.textContent = sentence.replace("{most}", most).replace("{count}", length);
  };
  area.addEventListener("input", count);
  count();
}

function tellOfUnsent(list) {
  const { who, sent, form, agreed, kept, go } = list.dataset;
  if (sent) keysOf(who, sent).forEach(drop);
  const section = document.getElementById("drafts");
  for (const key of keysOf(who)) {
    const id = key.split(":").at(-2);
    const copy = read(key);
    const sound = copy && /^[a-z]+$/.test(copy.kind) && /^[0-9a-f]{16}$/.test(id);
    if (!sound || section.querySelector(`[data-draft="${id}"]`)) continue;
    const about = copy.words.filter(([name]) => ["component", "experiment", "entry", "occasion", "way"].includes(name));
    const link = document.createElement("a");
    link.href = `${copy.kind === "consensus" ? agreed : form + copy.kind}?${new URLSearchParams([["draft", id], ...about])}`;
    link.textContent = `${go}: ${kept}`;
    const row = document.createElement("li");
    row.dataset.draft = id;
    row.append(link);
    section.querySelector("ul").append(row);
    section.hidden = false;
  }
}
