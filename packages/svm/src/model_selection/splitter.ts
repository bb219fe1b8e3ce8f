import type { ndarray } from "@cognate/ndarray/core";
import { className, repr, Tuple } from "@cognate/py";
import { i64, type TargetLike } from "../base/arrays.js";
import { checkLengths } from "../base/validation.js";

/** Indices of the training and the test samples. */
export type Split = readonly [train: Int32Array, test: Int32Array];

/** What splits samples again and again. */
export abstract class Splitter {
  abstract readonly n_splits: number;
  /** Splits as plain index lists. */
  abstract _splits(X: unknown, y: TargetLike | null): Iterable<Split>;
  /** The parameters in order, for the text. */
  protected abstract get _shown(): Readonly<Record<string, unknown>>;

  /** Pairs of training and test indices, int64. */
  *split(X: unknown, y: TargetLike | null = null, _groups: unknown = null): Generator<Tuple<ndarray>> {
    checkLengths(X, y);
    for (const [train, test] of this._splits(X, y)) yield Tuple.of_([i64(train), i64(test)]);
  }
  get_n_splits(_X: unknown = null, _y: unknown = null, _groups: unknown = null): number {
    return this.n_splits;
  }
  __repr__(): string {
    const parts = Object.entries(this._shown)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${k}=${typeof v === "string" ? v : repr(v)}`);
    return `${className(this.constructor)}(${parts.join(", ")})`;
  }
  toString(): string {
    return this.__repr__();
  }
}

/** 0 … n − 1. */
export const upTo = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);
