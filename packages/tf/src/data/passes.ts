import { rng } from "@cognate/kernel";
import { toTensor } from "../core/convert.js";
import { int32 } from "../core/dtypes.js";
import { InvalidArgumentError, OpError } from "../core/errors.js";
import { one, op } from "../core/execute.js";
import { stack } from "../ops/array.js";
import type { Data } from "../ops/make.js";
import type { Tensor } from "../shared.js";
import { type Element, leaves, mapStructure, type Spec } from "./structure.js";

/** One kind of data set: what it gives, and how each pass starts. */
/** Tensors of a graph that a data set is made of: their values are known when its iteration begins. */
export interface Deferred {
  readonly tensors: readonly Tensor[];
  values: readonly Tensor[] | null;
}

export interface Parts {
  readonly deferred?: readonly Deferred[];
  readonly kind: string;
  readonly spec: Spec;
  /** Starts over: each call is one pass. */
  readonly make: () => Iterator<Element>;
  readonly cardinality: number;
}

/** What {@link stepping} does not give on. */
export const LEFT_OUT = Symbol("left out");
/** What `f` makes of each element. Unlike a generator, it goes on behind an element whose `f` raised. */
export function stepping(source: Iterator<Element>, f: (x: Element) => unknown): Iterator<Element> {
  return {
    next() {
      for (;;) {
        const r = source.next();
        if (r.done) return { done: true, value: undefined };
        const value = f(r.value);
        if (value !== LEFT_OUT) return { done: false, value };
      }
    },
  };
}
/** Elements that raise no errors of TensorFlow; a pass that an error has ended does not go on. */
export function ignoring(source: Iterator<Element>, warns: boolean): Iterator<Element> {
  return {
    next() {
      for (;;) {
        try {
          return source.next();
        } catch (e) {
          if (!(e instanceof OpError)) throw e;
          if (warns) console.warn(`Error raised with error message ${e.message}`);
        }
      }
    },
  };
}

/** The rows of all leaves. */
export function* slices(x: Element): Generator<Element> {
  const parts = leaves(x).map((t) => {
    const v = t as Tensor;
    return op("Unpack", [v], { num: v.shape[0]!, axis: 0 });
  });
  const n = parts[0]!.length;
  for (let i = 0; i < n; i++) {
    let k = 0;
    yield mapStructure(() => parts[k++]![i]!, x);
  }
}

/** The order in which a buffer of that size gives elements out, drawn anew at each pass. */
export class Shuffler {
  private readonly _words: rng.SingleWords;
  private readonly _fixed: readonly [number, number] | null;
  constructor(seed: number | bigint, seed2: number | bigint, again: boolean) {
    const seeds =
      Number(seed) === 0 && Number(seed2) === 0
        ? [Math.floor(Math.random() * 2 ** 31), Math.floor(Math.random() * 2 ** 31)]
        : [Number(seed), Number(seed2)];
    this._words = new rng.SingleWords(rng.Philox4x32.fromSeeds(BigInt(seeds[0]!), BigInt(seeds[1]!)));
    this._fixed = again ? null : [seeds[0]!, seeds[1]!];
  }
  /** The words of one pass. */
  pass(): rng.SingleWords {
    const [a, b] = this._fixed ?? [this._words.next(), this._words.next()];
    return new rng.SingleWords(rng.Philox4x32.fromSeeds(BigInt(a), BigInt(b)));
  }
}
export function* shuffled(
  source: Iterator<Element>,
  size: number,
  words: rng.SingleWords,
): Generator<Element> {
  const buffer: Element[] = [];
  let [start, end] = [0, 0];
  let more = true;
  for (;;) {
    while (more && end - start < size) {
      const r = source.next();
      if (r.done) more = false;
      else buffer[end++ % size] = r.value;
    }
    if (start === end) return;
    const at = (start + (words.next() % (end - start))) % size;
    const first = start % size;
    const out = buffer[at];
    buffer[at] = buffer[first];
    buffer[first] = undefined;
    start++;
    yield out;
  }
}

export function padded(
  column: readonly Tensor[],
  wanted: readonly (number | null)[],
  value: unknown,
): Tensor {
  const rank = column[0]!.shape.length;
  const lengths = Array.from({ length: rank }, (_, i) => {
    const most = Math.max(...column.map((t) => t.shape[i]!));
    const w = wanted[i];
    if (w !== null && w !== undefined && w !== -1) {
      if (most > w)
        throw new InvalidArgumentError(
          `{{function_node __wrapped__IteratorGetNext_output_types_1_device_/job:localhost/replica:0/task:0/device:CPU:0}} Attempted to pad to a smaller size than the input element. [Op:IteratorGetNext] name: `,
        );
      return w;
    }
    return most;
  });
  const fill =
    value === null || value === undefined
      ? column[0]!.dtype.name === "string"
        ? toTensor("")
        : toTensor(0, { dtype: column[0]!.dtype })
      : toTensor(value, { dtype: column[0]!.dtype });
  return stack(
    column.map((t) =>
      rank === 0
        ? t
        : one("PadV2", [
            t,
            toTensor(
              lengths.map((n, i) => [0, n - t.shape[i]!]),
              { dtype: int32 },
            ),
            fill,
          ]),
    ) as Data[],
  );
}
export function* interleaved(
  source: Iterator<Element>,
  call: (x: Element) => { readonly _parts: Parts },
  cycle: number,
  block: number,
): Generator<Element> {
  const open: (Iterator<Element> | null)[] = new Array<Iterator<Element> | null>(cycle).fill(null);
  let ended = false;
  let at = 0;
  let count = 0;
  for (;;) {
    const current = open[at];
    if (current) {
      const r = current.next();
      if (!r.done) {
        yield r.value;
        if (++count === block) {
          count = 0;
          at = (at + 1) % cycle;
        }
        continue;
      }
      open[at] = null;
      count = 0;
      at = (at + 1) % cycle;
      if (ended && open.every((o) => o === null)) return;
      continue;
    }
    if (!ended) {
      const r = source.next();
      if (r.done) ended = true;
      else {
        open[at] = call(r.value)._parts.make();
        continue;
      }
    }
    if (open.every((o) => o === null)) return;
    count = 0;
    at = (at + 1) % cycle;
  }
}
