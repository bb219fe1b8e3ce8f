import { pyClass, warn } from "@cognate/py";
import { CallbackImpl, type Logs } from "./callback.js";

class RemoteMonitorImpl extends CallbackImpl {
  readonly root: string;
  readonly path: string;
  readonly field: string;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly send_as_json: boolean;

  constructor(
    root = "http://localhost:9000",
    path = "/publish/epoch/end/",
    field = "data",
    headers: Readonly<Record<string, string>> | null = null,
    send_as_json = false,
  ) {
    super();
    this.root = root;
    this.path = path;
    this.field = field;
    this.headers = headers;
    this.send_as_json = send_as_json;
  }
  override on_epoch_end(epoch: number, logs: Logs | null = null): void {
    const values = Object.entries(logs ?? {}).map(([key, value]) => [key, Number(value)]);
    const text = JSON.stringify({ epoch, ...Object.fromEntries(values) });
    const body = this.send_as_json ? text : new URLSearchParams({ [this.field]: text });
    const type: Record<string, string> = this.send_as_json ? { "Content-Type": "application/json" } : {};
    const lost = (): void => warn(`Could not reach RemoteMonitor root server at ${this.root}`);
    // Training does not wait for the server.
    fetch(this.root + this.path, { method: "POST", headers: { ...type, ...this.headers }, body }).catch(lost);
  }
}
/** `keras.callbacks.RemoteMonitor`: sends the values of every epoch to a server. */
export const RemoteMonitor = pyClass(
  "keras.src.callbacks.remote_monitor.RemoteMonitor",
  "root path field headers:dict send_as_json",
  RemoteMonitorImpl,
);
export type RemoteMonitor = RemoteMonitorImpl;
