import { freezeInto, parseSlice, type Slice, Tuple } from "@cognate/py";

/**
 * `torch.Size`: a shape, a tuple of integers that prints as `torch.Size([2, 3])`.
 */
export class Size extends Tuple<number> {
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
    return new Size(picks.map((i) => this[i]!)) as never;
  }
  override __repr__(): string {
    return `torch.Size([${this.join(", ")}])`;
  }
  override toString(): string {
    return this.__repr__();
  }
}
