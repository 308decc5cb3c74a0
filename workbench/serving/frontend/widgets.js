// ipywidgets and anywidget without the JupyterLab application.
import { ManagerBase } from "@jupyter-widgets/base-manager";
import * as base from "@jupyter-widgets/base";
import { shims } from "@jupyter-widgets/base/lib/services-shim.js";
import * as controls from "@jupyter-widgets/controls";
import { Widget } from "@lumino/widgets";
import anywidget from "anywidget"; // its AMD ending is turned into an export by build.mjs

const VIEW = 'script[type="application/vnd.jupyter.widget-view+json"]';
const LONGEST_WAIT = 5000; // milliseconds
const MODULES = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": controls,
  anywidget: anywidget({ DOMWidgetModel: base.DOMWidgetModel, DOMWidgetView: base.DOMWidgetView }),
};

class Manager extends ManagerBase {
  constructor(kernel) {
    super();
    this.kernel = kernel;
    kernel.registerCommTarget(this.comm_target_name, async (comm, message) => {
      await this.handle_comm_open(new shims.services.Comm(comm), message);
    });
  }

  async loadClass(name, module) {
    const found = MODULES[module]?.[name];
    if (!found) throw new Error(`The widget ${module}.${name} is not in this page.`);
    return found;
  }

  async _create_comm(target, id, data, metadata, buffers) {
    const comm = this.kernel.createComm(target, id);
    if (data || metadata) comm.open(data, metadata, buffers);
    return new shims.services.Comm(comm);
  }

  async _get_comm_info() {
    const reply = await this.kernel.requestCommInfo({ target_name: this.comm_target_name });
    return reply.content.comms ?? {};
  }

  load() {
    return this._loadFromKernel();
  }
}

// A widget's own module is fetched after its view is made, so figures get their places a little later.
function whenThere(figures) {
  const missing = () => document.querySelectorAll("#wb-cells .workbench-view:not(.plot *)").length < figures;
  return new Promise((done) => {
    const end = () => {
      watcher.disconnect();
      clearTimeout(late);
      done();
    };
    const watcher = new MutationObserver(() => missing() || end());
    const late = setTimeout(end, LONGEST_WAIT);
    watcher.observe(document.getElementById("wb-cells"), { childList: true, subtree: true });
    if (!missing()) end();
  });
}

// Gives how many there were.
export async function placeWidgets(kernel) {
  const manager = new Manager(kernel);
  await manager.load();
  const sources = document.querySelectorAll(VIEW);
  for (const source of sources) {
    const { model_id: id } = JSON.parse(source.textContent);
    const view = await manager.create_view(await manager.get_model(id));
    const place = document.createElement("div");
    source.replaceWith(place);
    Widget.attach(view.luminoWidget ?? view.pWidget, place);
  }
  const models = await Promise.all(Object.values(manager._models));
  await whenThere(models.filter((model) => model.get("figure") && "alt" in model.attributes).length);
  return sources.length;
}
