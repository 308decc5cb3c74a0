// What each key does at the desk. The help, and the buttons for mouse and touch, are made from this table:
// [key, how it is shown, what it does, the act, its button's words, whether it is for the coding gone to].

// The buttons that are always in sight on a wide screen; the others unfold. On a phone all lie in one row.
export const EVERYDAY = new Set(["Code", "Repeat", "In vivo", "New code", "Memo", "Undo", "Redo", "Next", "Next uncoded", "Keys"]);

export const KEYS = [
  ["Choose words", [
    ["ArrowRight", "→", "Next word", (desk) => desk.text.move("word", true, false)],
    ["ArrowLeft", "←", "Word before", (desk) => desk.text.move("word", false, false)],
    ["Shift+ArrowRight", "⇧→", "Extend by a word", (desk) => desk.text.move("word", true, true)],
    ["Shift+ArrowLeft", "⇧←", "Extend back by a word", (desk) => desk.text.move("word", false, true)],
    ["ArrowDown", "↓", "Next sentence", (desk) => desk.text.move("sentence", true, false)],
    ["ArrowUp", "↑", "Sentence before", (desk) => desk.text.move("sentence", false, false)],
    ["Shift+ArrowDown", "⇧↓", "Extend by a sentence", (desk) => desk.text.move("sentence", true, true)],
    ["Shift+ArrowUp", "⇧↑", "Extend back by a sentence", (desk) => desk.text.move("sentence", false, true)],
    ["PageDown", "PgDn", "Next paragraph", (desk) => desk.text.move("paragraph", true, false)],
    ["PageUp", "PgUp", "Paragraph before", (desk) => desk.text.move("paragraph", false, false)],
    ["Shift+PageDown", "⇧PgDn", "Extend by a paragraph", (desk) => desk.text.move("paragraph", true, true)],
    ["Shift+PageUp", "⇧PgUp", "Extend back by a paragraph", (desk) => desk.text.move("paragraph", false, true)],
    ["s", "s", "Whole sentence", (desk) => desk.text.widen("sentence"), "Sentence"],
    ["p", "p", "Whole paragraph", (desk) => desk.text.widen("paragraph"), "Paragraph"],
  ]],
  ["Code", [
    ["c", "c", "Code: type part of its name", (desk) => desk.pick(), "Code"],
    ["Enter", "Enter", "Code, as c", (desk) => desk.pick()],
    ["r", "r", "Repeat the last code", (desk) => desk.repeat(), "Repeat"],
    ["i", "i", "In-vivo code: the words are its name", (desk) => desk.inVivo(), "In vivo"],
    ["n", "n", "New code", (desk) => desk.makeCode(), "New code"],
    ["e", "e", "Another code for this coding", (desk) => desk.recode(), "Recode", true],
    ["Delete", "Del", "Remove this coding", (desk) => desk.remove(), "Remove", true],
    ["Backspace", "⌫", "Remove this coding", (desk) => desk.remove()],
    ["[", "[", "Begin a word earlier", (desk) => desk.stretch("start", false), "← Start", true],
    ["{", "{", "Begin a word later", (desk) => desk.stretch("start", true), "Start →", true],
    ["]", "]", "End a word later", (desk) => desk.stretch("end", true), "End →", true],
    ["}", "}", "End a word earlier", (desk) => desk.stretch("end", false), "← End", true],
    ["m", "m", "Memo on this entry", (desk) => desk.memo(), "Memo"],
    ["z", "z", "Undo", (desk) => desk.turn("undo"), "Undo"],
    ["Ctrl+z", "Ctrl z", "Undo", (desk) => desk.turn("undo")],
    ["y", "y", "Redo", (desk) => desk.turn("redo"), "Redo"],
    ["Ctrl+y", "Ctrl y", "Redo", (desk) => desk.turn("redo")],
    ["Ctrl+Shift+z", "Ctrl ⇧ z", "Redo", (desk) => desk.turn("redo")],
  ]],
  ["Codebook", [
    ["d", "d", "A code's page: what it is, edit, merge, split, move, retire", (desk) => desk.work.pick(), "Code's page"],
    ["w", "w", "The whole codebook: file out and in, versions, retired codes", (desk) => desk.work.book(), "Codebook"],
  ]],
  ["Suggestions", [
    ["a", "a", "Suggestions for this text, or none", (desk) => desk.suggested.toggle(), "Suggest"],
    [">", ">", "Next suggestion", (desk) => desk.suggested.step(1)],
    ["<", "<", "Suggestion before", (desk) => desk.suggested.step(-1)],
    ["+", "+", "Accept the suggestion: it becomes your coding", (desk) => desk.suggested.answer("accept")],
    ["-", "-", "Reject the suggestion", (desk) => desk.suggested.answer("reject")],
  ]],
  ["Coding apart", [
    ["R", "⇧r", "Rounds: open, follow, close, compare", (desk) => desk.rounds.list(), "Rounds"],
    ["x", "x", "Next entry of my round that is not done", (desk) => desk.nextOfRound(), "Next of round"],
    ["f", "f", "Done with this entry, or not after all", (desk) => desk.finish(), "Done"],
  ]],
  ["Go", [
    [".", ".", "Next coding", (desk) => desk.text.jump(true), "Next coding"],
    [",", ",", "Coding before", (desk) => desk.text.jump(false), "Coding before"],
    ["j", "j", "Next entry", (desk) => desk.step(1), "Next"],
    ["k", "k", "Entry before", (desk) => desk.step(-1), "Before"],
    ["u", "u", "Next entry that I have not coded", (desk) => desk.nextUncoded(), "Next uncoded"],
    ["b", "b", "The person's previous entry about the same, and back", (desk) => desk.peek(), "Previous"],
    ["o", "o", "Show or hide others' codings", (desk) => desk.toggleOthers(), "Others"],
    ["g", "g", "Grid: many short texts at once", (desk) => desk.toggleGrid(), "Grid"],
    ["/", "/", "Search in texts", (desk) => desk.list.search.focus()],
    ["?", "?", "Help", (desk) => desk.help(), "Keys"],
  ]],
];

const BY_KEY = new Map(KEYS.flatMap(([, keys]) => keys.map(([key, , , act]) => [key, act])));

// What a key press means; null for one that means nothing here.
export function actionOf(event) {
  if (event.altKey || event.metaKey) return null;
  const letter = event.key.length === 1;
  const ctrl = event.ctrlKey ? "Ctrl+" : "";
  const shift = event.shiftKey && (!letter || event.ctrlKey) ? "Shift+" : "";
  const key = `${ctrl}${shift}${letter && event.ctrlKey ? event.key.toLowerCase() : event.key}`;
  if (!event.ctrlKey && /^[0-9]$/.test(event.key)) return (desk) => desk.code(desk.recent[(Number(event.key) + 9) % 10]);
  return BY_KEY.get(key) ?? null;
}
