import { nameClass } from "../core/names.js";
import { pyType } from "../core/py-type.js";
import { MemoryError, TypeError, ValueError } from "../exceptions.js";
import { toIndex } from "../protocol/convert.js";
import { NotImplemented, same } from "../protocol/equality.js";
import { asSlice, Slice } from "./slice.js";
import { indexIn, indexOf, position } from "./tuple.js";

const MOST = 2 ** 32 - 1;

/**
 * Python's range: a frozen array of the numbers, which prints as `range(0, 3)`; `map`, `filter` give plain arrays.
 *
 * @example
 * ```ts
 * import { print, range } from "@cognate/py";
 * const r = range(1, 10, 3);
 * print(r, r[1], r.at(-1), r.at("1:"), r.index(7)); // prints range(1, 10, 3) 4 7 range(4, 10, 3) 2
 * ```
 */
export class Range extends Array<number> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  declare readonly start: number;
  declare readonly stop: number;
  declare readonly step: number;

  constructor(start: number, stop: number, step: number) {
    if (step === 0) throw new ValueError("range() arg 3 must not be zero");
    const n = Math.max(Math.ceil((stop - start) / step), 0);
    if (n > MOST)
      throw new MemoryError(
        `range(${start}, ${stop}, ${step}) has ${n} numbers; JavaScript's arrays hold ${MOST}`,
      );
    super(n);
    for (let i = 0; i < n; i++) this[i] = start + i * step;
    for (const [key, value] of Object.entries({ start, stop, step }))
      Object.defineProperty(this, key, { value });
    Object.freeze(this);
  }

  /** `r[i]`, `r[-1]`; a slice or its text (`r.at("::2")`) gives a range. @throws IndexError beyond the ends */
  override at(index: number): number;
  override at(index: string | Slice): Range;
  override at(index: number | string | Slice): number | Range {
    if (typeof index === "string" || index instanceof Slice) {
      const [first, last, by] = asSlice(index).indices(this.length) as unknown as [number, number, number];
      const { start, step } = this;
      return new Range(start + first * step, start + last * step, step * by);
    }
    return this[position(indexOf(index, "range"), this.length, "range object")]!;
  }

  count(x: unknown): number {
    return this.some((i) => same(i, x)) ? 1 : 0;
  }
  /** Where `x` stands. @throws ValueError where it does not */
  index(x: number): number {
    const i = indexIn(this, x);
    if (i < 0) throw new ValueError(`${x} is not in range`);
    return i;
  }
  __eq__(other: unknown): unknown {
    if (!(other instanceof Range)) return NotImplemented;
    return this.length === other.length && this.every((x, i) => x === other[i]);
  }
  __repr__(): string {
    return `range(${this.start}, ${this.stop}${this.step === 1 ? "" : `, ${this.step}`})`;
  }
  override toString(): string {
    return this.__repr__();
  }
}
nameClass("builtins.range", Range);

interface RangeCall {
  (stop: number): Range;
  (start: number, stop: number, step?: number): Range;
}

function rangeCall(...args: readonly number[]): Range {
  const n = args.length;
  if (n === 0) throw new TypeError("range expected at least 1 argument, got 0");
  if (n > 3) throw new TypeError(`range expected at most 3 arguments, got ${n}`);
  const [a, b, c] = args.map((x) => toIndex(x));
  return n === 1 ? new Range(0, a!, 1) : new Range(a!, b!, c ?? 1);
}

/**
 * Python's `range`: the numbers from `start` (0) up to but without `stop`, as a frozen array.
 *
 * @example
 * ```ts
 * import { list, print, range } from "@cognate/py";
 * print(range(3), list(range(5, 0, -2)), range(3).map((i) => i * i)); // prints range(0, 3) [5, 3, 1] [0, 1, 4]
 * ```
 */
export const range = pyType<Range>()("range", rangeCall as RangeCall, (x) => x instanceof Range);
