import { freezeInto, parseSlice, pyclass, type Slice, Tuple } from "@cognate/py";

/** What {@link Size} makes, for the code that makes one a call. */
export class SizeImpl extends Tuple<number> {
  constructor(shape: readonly number[] = []) {
    super();
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
