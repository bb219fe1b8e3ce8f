import { format, pyClass, ValueError } from "@cognate/py";
import { printMessage } from "./io.js";

/** A value as a bar shows it: a number, or an array whose mean it shows. */
type Shown = number | Number | string | { mean?: unknown };

const now = (): number => performance.now() / 1000;

const mean = (v: unknown): number => Number(v);

/** One decimal number as Keras's bars show it. */
const decimal = (x: number, size: number): string => (size > 0.001 ? format(x, ".4f") : format(x, ".4e"));

/** Control texts, which take no room. */
const BOLD = "\u001b[1m";
const GREEN = "\u001b[32m";
const WHITE = "\u001b[37m";
const PLAIN = "\u001b[0m";

class ProgbarImpl {
  target: number | null;
  readonly width: number;
  readonly verbose: number;
  readonly interval: number;
  readonly unit_name: string;
  private readonly _stateful: ReadonlySet<string> | null;
  private readonly _stateless: ReadonlySet<string> | null;
  private readonly _values = new Map<string, [sum: number, count: number]>();
  private _seen = 0;
  private readonly _start = now();
  private _lastUpdate = Number.NEGATIVE_INFINITY;
  private _afterFirst: number | null = null;
  private _previousWidth = 0;

  constructor(
    target: number | null,
    width = 20,
    verbose = 1,
    interval = 0.05,
    stateful_metrics: Iterable<string> | null = null,
    stateless_metrics: Iterable<string> | null = null,
    unit_name = "step",
  ) {
    if (stateful_metrics !== null && stateless_metrics !== null)
      throw new ValueError(
        "Only one of `stateful_metrics` or `stateless_metrics` can be provided. `stateful_metrics` is used to make metrics stateless by default (with an exclusion list), while `stateless_metrics` is used to make metrics stateful by default (with an exclusion list).",
      );
    this.target = target;
    this.width = width;
    this.verbose = verbose;
    this.interval = interval;
    this.unit_name = unit_name;
    this._stateful = stateless_metrics === null ? new Set(stateful_metrics ?? []) : null;
    this._stateless = stateless_metrics === null ? null : new Set(stateless_metrics);
  }

  /** Whether an update now would be shown. */
  isDue(): boolean {
    return this.verbose === 1 && now() - this._lastUpdate >= this.interval;
  }

  /** Shows that `current` steps are done, with values beside. */
  update(
    current: number,
    values: Iterable<readonly [string, Shown]> | null = null,
    finalize: boolean | null = null,
  ): void {
    const last = finalize ?? (this.target !== null && current >= this.target);
    for (const [key, v] of values ?? []) this._note(key, mean(v), current, last);
    this._seen = current;
    const at = now();
    const perUnit = this._stepDuration(current, at);
    if (this.verbose === 1) {
      if (at - this._lastUpdate < this.interval && !last) return;
      this._show(current, at, perUnit, last);
    } else if (this.verbose === 2 && last && this.target) this._line(current, at, perUnit);
    this._lastUpdate = at;
  }
  add(n: number, values: Iterable<readonly [string, Shown]> | null = null): void {
    this.update(this._seen + n, values);
  }

  private _note(key: string, v: number, current: number, last: boolean): void {
    const averaged = this._stateful ? !this._stateful.has(key) : this._stateless!.has(key);
    const known = this._values.get(key);
    if (!averaged || last) {
      this._values.set(key, [v, 1]);
      return;
    }
    const steps = Math.max(current - this._seen, 1);
    this._values.set(key, [(known?.[0] ?? 0) + v * steps, (known?.[1] ?? 0) + steps]);
  }

  private _show(current: number, at: number, perUnit: number, last: boolean): void {
    const { target } = this;
    let bar: string;
    let unseen = 0;
    if (target !== null && target > 0) {
      const digits = String(target).length;
      const done = Math.floor(this.width * (current / target));
      bar = `${BOLD}${String(current).padStart(digits)}/${target}${PLAIN} `;
      if (done > 0) bar += `${GREEN}${"━".repeat(done)}${PLAIN}`;
      bar += `${WHITE}${"━".repeat(Math.max(this.width - done, 0))}${PLAIN}`;
      unseen += 8 + (done > 0 ? 9 : 0) + 9;
    } else bar = `${String(current).padStart(7)}/Unknown`;
    const left = target !== null && target > 0 && !last;
    const time = left ? duration(perUnit * (target - current)) : `${format(at - this._start, ".0f")}s`;
    unseen += 8;
    let info = ` ${BOLD}${time}${PLAIN}${this._unitTime(perUnit)}`;
    for (const [key, [sum, count]] of this._values) {
      const average = sum / Math.max(1, count);
      info += ` - ${key}: ${decimal(average, Math.abs(average))}`;
    }
    const width = bar.length + info.length - unseen;
    const clear = this._previousWidth > width ? " ".repeat(this._previousWidth - width) : "";
    printMessage(`${"\b".repeat(this._previousWidth)}\r${bar}${info}${clear}${last ? "\n" : ""}`, false);
    this._previousWidth = width;
  }

  private _line(current: number, at: number, perUnit: number): void {
    const digits = String(this.target).length;
    let info = `${String(current).padStart(digits)}/${this.target} - ${format(at - this._start, ".0f")}s`;
    info += ` -${this._unitTime(perUnit)}`;
    for (const [key, [sum, count]] of this._values) {
      const average = sum / Math.max(1, count);
      info += ` - ${key}: ${decimal(average, average)}`;
    }
    printMessage(`${info}\n`, false);
  }

  private _unitTime(seconds: number): string {
    const { unit_name: unit } = this;
    if (seconds >= 1 || seconds === 0) return ` ${format(seconds, ".0f")}s/${unit}`;
    if (seconds >= 0.001) return ` ${format(seconds * 1e3, ".0f")}ms/${unit}`;
    return ` ${format(seconds * 1e6, ".0f")}us/${unit}`;
  }
  /** The first step is left out: it may be a slow one. */
  private _stepDuration(current: number, at: number): number {
    if (!current) return 0;
    const seconds =
      this._afterFirst !== null && current > 1
        ? (at - this._afterFirst) / (current - 1)
        : (at - this._start) / current;
    if (current === 1) this._afterFirst = at;
    return seconds;
  }
}

/** Seconds as `h:mm:ss`, `m:ss` or `s`. */
function duration(seconds: number): string {
  const s = Math.floor(seconds);
  const two = (n: number): string => String(n).padStart(2, "0");
  if (seconds > 3600) return `${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`;
  return seconds > 60 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${s}s`;
}

/**
 * `keras.utils.Progbar`: a bar of progress with the time left and values beside it, rewritten in place.
 *
 * @param target - how many steps there are, `null` if unknown
 * @param verbose - 0 shows nothing, 1 a bar, 2 one line at the end
 * @param interval - the least number of seconds between updates
 */
export const Progbar = pyClass(
  "keras.src.utils.progbar.Progbar",
  "target width verbose interval stateful_metrics stateless_metrics unit_name",
  ProgbarImpl,
);
export type Progbar = ProgbarImpl;
