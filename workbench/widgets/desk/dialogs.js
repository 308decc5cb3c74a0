// Dialogs with a field or two, and the help.
import { element } from "./looks.js";
import { KEYS } from "./keys.js";

export const MEMOS = ["theory", "method", "reflexive", "ethics"];

// Ask for some fields; `done` is called with them. A field is [name, label, kind, value, options].
export function askFor(desk, heading, fields, done) {
  const inputs = Object.fromEntries(fields.map(([name, label, kind, value, options]) => [name, inputOf(label, kind, value, options)]));
  const close = () => dialog.close();
  const send = (event) => {
    event.preventDefault();
    const given = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value]));
    close();
    done(given);
  };
  const rows = fields.map(([name, label]) => element("label", {}, label, inputs[name]));
  const buttons = element("p", { class: "wd-buttons" }, element("button", { type: "submit", text: "Save" }), element("button", { type: "button", text: "Cancel", onclick: close }));
  const id = `wd-ask-${heading.replace(/\W/g, "")}`;
  const form = element("form", { method: "dialog", onsubmit: send, onkeydown: (event) => event.ctrlKey && event.key === "Enter" && form.requestSubmit() }, element("h2", { id, text: heading }), ...rows, buttons);
  const dialog = element("dialog", { class: "wd-dialog", "aria-labelledby": id, onclose: () => { dialog.remove(); desk.focus(); } }, form);
  desk.root.append(dialog);
  dialog.showModal();
  Object.values(inputs)[0].focus();
}

function inputOf(label, kind, value, options) {
  if (kind === "select") {
    const input = element("select", {}, ...options.map(([key, text]) => element("option", { value: key, text })));
    input.value = value ?? "";
    return input;
  }
  const input = element(kind === "long" ? "textarea" : "input", { rows: kind === "long" ? 5 : null, required: true });
  input.value = value ?? "";
  return input;
}

// Every key with what it does.
export function showHelp(desk) {
  const tables = KEYS.map(([title, keys]) => {
    const rows = keys.map(([, shown, does]) => element("tr", {}, element("th", { scope: "row" }, element("kbd", { text: shown })), element("td", { text: does })));
    return element("table", {}, element("caption", { text: title }), ...rows);
  });
  const digits = element("p", { text: "1 to 9 and 0: the ten codes used last. In the grid: ↑ ↓ move, space marks rows, and a code is given to all that are marked. Where two have read apart: 1 takes the one, 2 the other, 3 lets both stand, 4 other words or code, 5 the codebook is to change, 6 leaves it open; w for words." });
  const close = element("button", { type: "button", text: "Close", onclick: () => dialog.close() });
  const dialog = element("dialog", { class: "wd-dialog wd-help", "aria-labelledby": "wd-help", onclose: () => { dialog.remove(); desk.focus(); } }, element("h2", { id: "wd-help", text: "Keys" }), close, digits, ...tables);
  desk.root.append(dialog);
  dialog.showModal();
  close.focus();
}
