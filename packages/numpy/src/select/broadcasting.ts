import type { ArrayLike, Item, ndarray } from "@cognate/ndarray/core";
import { nameClass, pyClass, Tuple } from "@cognate/py";
import { broadcast_arrays } from "../manipulation/arranging.js";

class BroadcastImpl {
  readonly shape: Tuple<number>;
  /** How many tuples were taken. */
  index = 0;
  private readonly arrays: readonly ndarray[];

  constructor(args: readonly ArrayLike[] = []) {
    this.arrays = [...broadcast_arrays(...args)];
    this.shape = this.arrays[0]?.shape ?? Tuple.of_([] as number[]);
  }
  get ndim(): number {
    return this.shape.length;
  }
  get nd(): number {
    return this.shape.length;
  }
  get size(): number {
    return this.shape.reduce((n, m) => n * m, 1);
  }
  get numiter(): number {
    return this.arrays.length;
  }
  /** The arrays' elements one by one. */
  get iters(): Tuple<Iterable<Item>> {
    return Tuple.of_(this.arrays.map((a) => a.flat));
  }
  reset(): void {
    this.index = 0;
  }
  *[Symbol.iterator](): Generator<Tuple<Item>> {
    const lines = this.arrays.map((a) => a.ravel());
    for (; this.index < this.size; this.index++) yield Tuple.of_(lines.map((l) => l.at(this.index)));
  }
}

/** Arrays stretched to a common shape: that shape, and their elements side by side. @throws ValueError */
export const broadcast = pyClass("broadcast", "...args", BroadcastImpl);
export type broadcast = BroadcastImpl;
nameClass("numpy.broadcast", broadcast);
