import { className, pyClass, ValueError, warn } from "@cognate/py";
import { CallbackImpl } from "./callback.js";

interface Directed {
  readonly name?: string;
  readonly _direction?: "up" | "down";
  readonly metrics?: readonly Directed[];
}

/** Callbacks that watch a value. */
export class MonitorCallbackImpl extends CallbackImpl {
  monitor: string;
  mode: string;
  best: number | null;
  min_delta: number;
  monitor_op: ((a: number, b: number) => boolean) | null = null;

  constructor(monitor = "val_loss", mode = "auto", baseline: number | null = null, min_delta = 0) {
    super();
    let own = mode;
    if (!["auto", "min", "max"].includes(mode)) {
      warn(`${className(this.constructor)} mode '${mode}' is unknown, fallback to auto mode.`);
      own = "auto";
    }
    this.monitor = monitor;
    this.mode = own;
    this.best = baseline;
    this.min_delta = Math.abs(min_delta);
  }

  /** Finds out whether more or less is better. @throws ValueError where that is not known */
  _set_monitor_op(): void {
    const direction = this._directionOf();
    if (direction === null)
      throw new ValueError(
        `${className(this.constructor)} callback received monitor=${this.monitor}, but Keras isn't able to automatically determine whether that metric should be maximized or minimized. Pass \`mode='max'\` in order to monitor based on the highest metric value, or pass \`mode='min'\` in order to use the lowest value.`,
      );
    this.monitor_op = direction === "up" ? (a, b) => a > b : (a, b) => a < b;
    if (direction === "down") this.min_delta *= -1;
  }
  private _directionOf(): "up" | "down" | null {
    if (this.mode !== "auto") return this.mode === "max" ? "up" : "down";
    const name = this.monitor.replace(/^val_/, "");
    let found: "up" | "down" | null = name === "loss" ? "down" : null;
    for (const m of (this.model.metrics as readonly Directed[]).flatMap((m) => m.metrics ?? []))
      if (m.name === name && m._direction) found = m._direction;
    return found;
  }
  _is_improvement(value: number, reference: number | null): boolean {
    return reference === null || this.monitor_op!(Number(value) - this.min_delta, Number(reference));
  }
}
/** The base of callbacks that watch a value. */
export const MonitorCallback = pyClass(
  "keras.src.callbacks.monitor_callback.MonitorCallback",
  "monitor mode baseline min_delta",
  MonitorCallbackImpl,
);
export type MonitorCallback = MonitorCallbackImpl;
