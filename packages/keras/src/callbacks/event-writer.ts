import { eventRecord, type SummaryContent, summaryValue } from "@cognate/formats";
import { appendBytes, files } from "../utils/files.js";

interface Runtime {
  process?: { readonly pid: number; getBuiltinModule?(name: string): unknown };
}
const runtime = globalThis as Runtime;
let count = 0;

/** Writes a file of events that TensorBoard reads; its name is that of TensorFlow's. */
export class EventWriter {
  private _path: string | null = null;
  private _pending: Uint8Array[] = [];

  constructor(private readonly _folder: string) {}

  /** One value under a tag. */
  write(tag: string, step: number, content: SummaryContent): void {
    const value = [summaryValue(tag, content)] as never;
    this._pending.push(eventRecord({ wall_time: Date.now() / 1000, step, summary: { value } }));
    if (this._pending.length >= 64) this.flush();
  }
  flush(): void {
    if (this._path === null) {
      files().mkdirSync(this._folder, { recursive: true });
      const os = runtime.process?.getBuiltinModule?.("node:os") as { hostname(): string } | undefined;
      const seconds = Math.floor(Date.now() / 1000);
      this._path = `${this._folder}/events.out.tfevents.${seconds}.${os?.hostname() ?? "localhost"}.${runtime.process?.pid ?? 0}.${count++}.v2`;
      this._pending.unshift(eventRecord({ wall_time: Date.now() / 1000, file_version: "brain.Event:2" }));
    }
    appendBytes(this._path, this._pending);
    this._pending = [];
  }
}
