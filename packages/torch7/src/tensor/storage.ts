import { ARRAY, type HasArray, Strided } from "@cognate/kernel";
import { badArgument } from "../errors.js";
import { readElement, writeElement, writeNumber } from "./elements.js";
import { elementName } from "./types.js";

/**
 * A list of sizes, `torch.LongStorage`: what `size()` and `stride()` give. As a JavaScript array it counts from 0;
 * {@link LongStorage.at} counts from 1, as Lua does.
 *
 * @example
 * ```ts
 * import { torch } from "@cognate/torch7";
 * import { print } from "@cognate/py";
 * const size = torch.Tensor(2, 3).size();
 * print(size.at(1), size[0], size.size()); // prints 2 2 2
 * ```
 */
export class LongStorage extends Array<number> {
  static from_(items: readonly number[]): LongStorage {
    const s = new LongStorage();
    s.push(...items);
    return s;
  }
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  /** The entry at `i`, from 1. */
  override at(i: number): number {
    if (i < 1 || i > this.length) throw badArgument(2, "?", `index out of bounds`);
    return this[i - 1]!;
  }
  set(i: number, value: number): this {
    if (i < 1 || i > this.length) throw badArgument(2, "?", `index out of bounds`);
    this[i - 1] = value;
    return this;
  }
  size(): number {
    return this.length;
  }
  totable(): number[] {
    return [...this];
  }
  override toString(): string {
    return `${[...this].map((n) => ` ${n}\n`).join("")}[torch.LongStorage of size ${this.length}]\n`;
  }
  __str__(): string {
    return this.toString();
  }
}

/** The memory behind tensors, `torch.DoubleStorage` and its like: entries at 1, 2, …. */
export class Storage implements HasArray {
  /** All of the memory as one axis. */
  readonly array: Strided;

  constructor(of: Strided) {
    const n = of.data.length / of.dtype.lanes;
    this.array = new Strided(of.storage, of.dtype, [n], [1], 0);
  }
  [ARRAY](): Strided {
    return this.array;
  }
  size(): number {
    return this.array.size;
  }
  private place(i: number): number {
    if (i < 1 || i > this.array.size) throw badArgument(2, "?", "index out of bounds");
    return i - 1;
  }
  /** The entry at `i`, from 1. */
  at(i: number): number {
    return readElement(this.array, this.place(i));
  }
  set(i: number, value: number): this {
    writeElement(this.array, this.place(i), value);
    return this;
  }
  fill(value: number): this {
    writeNumber(this.array, value);
    return this;
  }
  get __typename(): string {
    return `torch.${elementName(this.array.dtype)}Storage`;
  }
}
