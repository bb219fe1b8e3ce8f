import { freezeInto, parseSlice, pyclass, type Slice, Tuple, TypeError, type_name } from "@cognate/py";

function requireInt(x: unknown, i: number): void {
  if (typeof x === "string" || !Number.isInteger(Number(x)))
    throw new TypeError(`torch.Size() takes an iterable of 'int' (item ${i} is '${type_name(x)}')`);
}

/** What {@link Size} makes, for the code that makes one a call. */
export class SizeImpl extends Tuple<number> {
  constructor(shape: readonly number[] = []) {
    super();
    for (let i = 0; i < shape.length; i++) if (!Number.isInteger(shape[i])) requireInt(shape[i], i);
    freezeInto(this, shape);
  }

  /** Number of elements. */
  numel(): number {
    return this.reduce((n, len) => n * len, 1);
  }
  /** `size[i]`, `size[-1]`; a slice gives a Size. */
  override at(index: number | string | Slice): never {
    if (typeof index === "number") return super.at(index) as never;
    const picks = (typeof index === "string" ? parseSlice(index) : index).positions(this.length);
    return new SizeImpl(picks.map((i) => this[i]!)) as never;
  }
  /** `size + (2, 3)`. */
  __add__(other: unknown): SizeImpl {
    if (!(other instanceof Tuple))
      throw new TypeError(`can only concatenate tuple (not ${type_name(other)}) to torch.Size`);
    return new SizeImpl([...this, ...(other as Tuple<number>)]);
  }
  /** `(2, 3) + size`. */
  __radd__(other: Tuple<number>): SizeImpl {
    return new SizeImpl([...other, ...this]);
  }
  /** `size * 2`. */
  __mul__(times: number): SizeImpl {
    return new SizeImpl(Array.from({ length: Math.max(times, 0) }, () => [...this]).flat());
  }
  override __repr__(): string {
    return `torch.Size([${this.join(", ")}])`;
  }
  override toString(): string {
    return this.__repr__();
  }
}

/**
 * `torch.Size`: a shape, a tuple of integers.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.Size([2, 3]), torch.Size([2, 3]).numel()); // prints torch.Size([2, 3]) 6
 * ```
 */
export const Size = pyclass(SizeImpl);
export type Size = SizeImpl;
