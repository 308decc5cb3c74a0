// The connection to this page's kernel.
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";

export function openKernel({ baseUrl, kernelId, xsrf }, parts) {
  const address = location.origin + baseUrl;
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: address,
    wsUrl: address.replace(/^http/, "ws"),
    appendToken: false,
    token: "",
  });
  const kernel = new KernelConnection({ model: { id: kernelId, name: "" }, serverSettings });
  let leaving = false;
  let wasConnected = false;
  kernel.connectionStatusChanged.connect((_, status) => {
    if (leaving) return;
    if (status === "connected") wasConnected = true;
    if (status === "connected") parts.showTrouble("");
    else if (status === "disconnected") parts.showTrouble("ended");
    else if (wasConnected) parts.showTrouble("connecting");
  });
  kernel.statusChanged.connect((_, status) => {
    if (!leaving && ["dead", "restarting", "autorestarting"].includes(status)) parts.showTrouble("ended");
  });
  // Logging out ends the kernel before the next page comes: no reason to knock on its door again.
  document.querySelector("form[action$='/logout']")?.addEventListener("submit", () => {
    leaving = true;
    kernel.dispose();
  });
  addEventListener("pagehide", () => {
    leaving = true;
    navigator.sendBeacon(`${address}voila/api/shutdown/${kernelId}?_xsrf=${encodeURIComponent(xsrf)}`);
  });
  // A page fetched back from the browser's memory has no kernel any more.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  return kernel;
}
