import {
  bool,
  broadcastTo,
  broadcastTwo,
  cloneContiguous,
  int32,
  int64,
  integersOf,
  Strided,
} from "@cognate/kernel";
import { broadcastError } from "../errors/classes.js";
import { itemOf } from "./scalars.js";
import { TextArray, textArray } from "./text.js";
import type { Item } from "./types.js";

type Value<I> = I extends TextArray ? string : number;

/** A function of texts and integers over arrays that stretch to one shape, in row-major order. */
export function mapTexts<const I extends readonly (TextArray | Strided)[], R>(
  inputs: I,
  f: (...values: { [K in keyof I]: Value<I[K]> }) => R,
): { values: R[]; shape: readonly number[] } {
  const arrays = inputs.map((x) => (x instanceof TextArray ? x._a : x));
  let shape: readonly number[] = [];
  for (const a of arrays) {
    const next = broadcastTwo(shape, a.shape);
    if (!next) throw broadcastError(arrays.map((b) => b.shape));
    shape = next;
  }
  const columns = arrays.map((a, i) => {
    const numbers = [...integersOf(cloneContiguous(broadcastTo(a, shape)))];
    const given = inputs[i]!;
    return given instanceof TextArray ? numbers.map((c) => given._words[c]!) : numbers;
  });
  const size = shape.reduce((n, d) => n * d, 1);
  const values = Array.from({ length: size }, (_, k) => f(...(columns.map((c) => c[k]!) as never)));
  return { values, shape };
}

interface Mapped<R> {
  readonly values: R[];
  readonly shape: readonly number[];
}

/** An array of the texts that a function gave. */
export function textsOf({ values, shape }: Mapped<string>): TextArray {
  const flat = textArray(values);
  return new TextArray(
    Strided.over(cloneContiguous(flat._a).flat() as Int32Array, int32, shape),
    flat._words,
  );
}

/** An array of the answers that a function gave, or one answer. */
export const flagsOf = ({ values, shape }: Mapped<boolean>): Item =>
  itemOf(Strided.over(Uint8Array.from(values, Number), bool, shape));

/** An array of the whole numbers that a function gave, or one of them. */
export const countsOf = ({ values, shape }: Mapped<number>): Item =>
  itemOf(Strided.over(BigInt64Array.from(values, BigInt), int64, shape));
