// Whether the kernel behind the desk is there: the page around it tells in JupyterLab and Voilà, elsewhere its silence.

const ENDED = new Set(["restarting", "autorestarting", "terminating", "dead"]);

export class Kernel {
  // `told` is called when what `state` says may be otherwise.
  constructor(model, told) {
    this.told = told;
    this.ended = false;
    this.kernel = model.widget_manager?.kernel ?? null;
    this.status = (_, status) => ENDED.has(status) && this.#end();
    this.line = () => told();
    this.gone = () => this.#end();
    this.kernel?.statusChanged?.connect(this.status);
    this.kernel?.connectionStatusChanged?.connect(this.line);
    this.kernel?.disposed?.connect(this.gone);
  }

  close() {
    this.kernel?.statusChanged?.disconnect(this.status);
    this.kernel?.connectionStatusChanged?.disconnect(this.line);
    this.kernel?.disposed?.disconnect(this.gone);
  }

  // The desk's own end is in the kernel that ended: another that is started in its place knows nothing of it.
  #end() {
    this.ended = true;
    this.told();
  }

  // ended, cut off, busy, or "" for all that is well or not known.
  get state() {
    if (this.ended) return "ended";
    if (["connecting", "disconnected"].includes(this.kernel?.connectionStatus)) return "cut off";
    return this.kernel?.status === "busy" ? "busy" : "";
  }
}

// What to say of a state, and to do; `notebook` tells whether the desk stands in one.
export function wordsOf(state, { notebook, saved }) {
  const kept = saved ? ` What was saved until ${saved} is in the study.` : "";
  const faint = " What is drawn faintly is not saved.";
  if (state === "busy") return "The kernel is busy with something else: what is drawn faintly is saved when it is done.";
  if (state === "cut off") return `The line to the kernel is broken, and is tried again.${kept}${faint}`;
  const cure = notebook ? " Run the cell again." : " Load the page anew.";
  return state === "ended" ? `The kernel has ended.${cure}${kept}${faint}` : `The kernel does not answer.${kept}${faint} If it stays so:${cure.toLowerCase()}`;
}
