// The connection to this page's kernel.
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";

export function openKernel({ baseUrl, kernelId, xsrf }, parts) {
  const address = location.origin + baseUrl;
  let leaving = false;
  // A page that is being left knocks on no door again: its kernel has ended, and the answer would be a refusal.
  function Socket(url, protocols) {
    return leaving ? { send() {}, close() {} } : new WebSocket(url, protocols);
  }
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: address,
    wsUrl: address.replace(/^http/, "ws"),
    appendToken: false,
    token: "",
    WebSocket: Socket,
  });
  const kernel = new KernelConnection({ model: { id: kernelId, name: "" }, serverSettings });
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
  document.querySelector("form[action$='/logout']")?.addEventListener("submit", () => {
    leaving = true;
  });
  addEventListener("pagehide", () => {
    leaving = true;
    navigator.sendBeacon(`${address}voila/api/shutdown/${kernelId}?_xsrf=${encodeURIComponent(xsrf)}`);
  });
  // A page fetched back from the browser's memory has no kernel any more.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  return kernel;
}
