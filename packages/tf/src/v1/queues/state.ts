import { rng } from "@cognate/kernel";
import { Attrs } from "../../core/attrs.js";
import { constantDatum } from "../../core/convert.js";
import { int32 } from "../../core/dtypes.js";
import {
  CancelledError,
  DeadlineExceededError,
  InvalidArgumentError,
  OutOfRangeError,
} from "../../core/errors.js";
import { runRow } from "../../core/execute.js";
import { registered } from "../../core/registry.js";
import type { Datum, Dims, Handle } from "../../core/row.js";
import type { StringArray } from "../../core/strings.js";
import { RunProblem } from "../../graph/run-problem.js";
import { bracketText } from "../../graph/shape.js";
import type { DType, Value } from "../../shared.js";

/* What a queue is while a session runs. There is one thread: where TensorFlow waits, whoever fills the queue is run. */

/** One element: a datum for each component. */
export type Element = readonly Datum[];
export type Kind = "FIFOQueue" | "RandomShuffleQueue" | "PaddingFIFOQueue" | "PriorityQueue";

/** What fills a queue when it is asked to; `false` where it has nothing left. */
export type Feeder = () => boolean;

const call = (
  type: string,
  inputs: readonly Datum[],
  attrs: Readonly<Record<string, unknown>>,
): readonly Datum[] => {
  const { def, row } = registered(type)!;
  return runRow(row, inputs, new Attrs(def, attrs));
};
const shapeOf = (d: Datum): readonly number[] => (d as Value | StringArray).shape;
/** Rows of a datum. */
export const rowsOf = (d: Datum, dtype: DType): readonly Datum[] =>
  call("Unpack", [d], { num: shapeOf(d)[0]!, axis: 0, T: dtype });
const stacked = (list: readonly Datum[], dtype: DType): Datum =>
  call("Pack", list, { N: list.length, axis: 0, T: dtype })[0]!;

const ints = (list: readonly number[]): Datum => constantDatum([...list], int32);
const pairs = (list: readonly (readonly number[])[]): Datum =>
  constantDatum(
    list.map((p) => [...p]),
    int32,
  );
const zeroOf = (dtype: DType): Datum =>
  constantDatum(dtype.name === "string" ? "" : dtype.is_bool ? false : 0, dtype);

let made = 0;

export interface QueueParts {
  readonly kind: Kind;
  readonly name: string;
  readonly capacity: number;
  readonly dtypes: readonly DType[];
  readonly shapes: readonly Dims[];
  readonly least: number;
  readonly seeds: readonly [number, number];
}
export class Queue implements Handle {
  readonly handle = "queue";
  readonly feeders: Feeder[] = [];
  closed = false;
  private _elements: Element[] = [];
  private readonly _title: string;
  private readonly _words: rng.SingleWords | null;
  private _filling = false;

  constructor(readonly parts: QueueParts) {
    this._title = `${parts.kind} '_${made++}_${parts.name}'`;
    const [a, b] = parts.seeds;
    const seeds =
      a === 0 && b === 0
        ? [Math.floor(Math.random() * 2 ** 31), Math.floor(Math.random() * 2 ** 31)]
        : [a, b];
    this._words =
      parts.kind === "RandomShuffleQueue"
        ? new rng.SingleWords(rng.Philox4x32.fromSeeds(BigInt(seeds[0]!), BigInt(seeds[1]!)))
        : null;
  }
  get size(): number {
    return this._elements.length;
  }
  /** @throws CancelledError for a closed queue, InvalidArgumentError for a shape that it does not take */
  enqueue(element: Element): void {
    if (this.closed) throw new RunProblem(`${this._title} is closed.`, CancelledError);
    element.forEach((d, i) => {
      const want = this.parts.shapes[i];
      const got = shapeOf(d);
      if (want && (want.length !== got.length || want.some((n, k) => n !== null && n !== got[k])))
        throw new RunProblem(
          `Shape mismatch in tuple component ${i}. Expected ${bracketText(want)}, got ${bracketText(got)}`,
          InvalidArgumentError,
        );
    });
    if (!this._filling && this.size >= this.parts.capacity)
      throw new RunProblem(
        `${this._title} is full (capacity ${this.parts.capacity}), and nothing takes elements out of it while this operation waits`,
        DeadlineExceededError,
      );
    if (this.parts.kind !== "PriorityQueue") {
      this._elements.push(element);
      return;
    }
    const priority = (e: Element): number =>
      Number((e[0] as Value).array.flat()[Symbol.iterator]().next().value);
    const own = priority(element);
    const at = this._elements.findIndex((e) => priority(e) > own);
    this._elements.splice(at < 0 ? this.size : at, 0, element);
  }
  /** Runs what fills the queue until so many elements are there, or it is closed. */
  private _wait(n: number): void {
    // Threads of TensorFlow fill a queue that shuffles before much is taken out; what is drawn depends on it.
    const full = this._words && Number.isFinite(this.parts.capacity) && this.feeders.length > 0;
    const least = full ? this.parts.capacity : n + this.parts.least;
    while (!this.closed && this.size < least) {
      const before = this._filling;
      this._filling = true;
      let some = false;
      try {
        for (const f of [...this.feeders]) {
          if (this.closed || this.size >= least) break;
          some = f() || some;
        }
      } finally {
        this._filling = before;
      }
      if (!some && !this.closed) break;
    }
  }
  private _short(n: number): RunProblem {
    return this.closed
      ? new RunProblem(
          `${this._title} is closed and has insufficient elements (requested ${n}, current size ${this.size})`,
          OutOfRangeError,
        )
      : new RunProblem(
          `${this._title} has insufficient elements (requested ${n}, current size ${this.size}), and nothing fills it: start its queue runners`,
          DeadlineExceededError,
        );
  }
  private _next(): Element {
    if (!this._words) return this._elements.shift()!;
    const at = this._words.next() % this.size;
    const out = this._elements[at]!;
    const last = this._elements.pop()!;
    if (at < this.size) this._elements[at] = last;
    return out;
  }
  dequeue(): Element {
    this._wait(1);
    if (this.size === 0 || (!this.closed && this.size < 1 + this.parts.least)) throw this._short(1);
    return this._next();
  }
  /** Several elements as one, rows of each component; with `fewer`, as many as there are once the queue is closed. */
  dequeueMany(n: number, fewer: boolean): Datum[] {
    if (this.parts.shapes.some((s) => s === null))
      throw new RunProblem(
        `${this.parts.kind}'s DequeueMany and DequeueUpTo require the components to have specified shapes.`,
        InvalidArgumentError,
      );
    if (n < 0) throw new RunProblem(`DequeueManyOp requested ${n} < 0 elements`, InvalidArgumentError);
    this._wait(n);
    const enough = this.size >= n + (this.closed ? 0 : this.parts.least);
    if (!enough && !(fewer && this.closed && this.size > 0)) throw this._short(n);
    const list = Array.from({ length: Math.min(n, this.size) }, () => this._next());
    return this.parts.dtypes.map((dtype, i) =>
      this._batch(
        list.map((e) => e[i]!),
        dtype,
        i,
      ),
    );
  }
  private _batch(list: readonly Datum[], dtype: DType, i: number): Datum {
    if (list.length === 0) {
      const zero = call(
        "Fill",
        [ints([0, ...(this.parts.shapes[i] ?? []).map((d) => d ?? 0)]), zeroOf(dtype)],
        {
          T: dtype,
        },
      );
      return zero[0]!;
    }
    if (this.parts.kind !== "PaddingFIFOQueue") return stacked(list, dtype);
    const shapes = list.map(shapeOf);
    const widest = shapes[0]!.map((_, axis) => Math.max(...shapes.map((s) => s[axis]!)));
    const padded = list.map((d, k) => {
      if (widest.every((n, axis) => n === shapes[k]![axis])) return d;
      const paddings = widest.map((n, axis) => [0, n - shapes[k]![axis]!]);
      return call("PadV2", [d, pairs(paddings), zeroOf(dtype)], { T: dtype })[0]!;
    });
    return stacked(padded, dtype);
  }
  close(): void {
    this.closed = true;
  }
}
