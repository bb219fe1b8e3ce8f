import type { rng } from "@cognate/kernel";
import type { ndarray } from "@cognate/ndarray/core";
import { Tuple } from "@cognate/py";
import { f64, i64 } from "../base/arrays.js";
import { permutation } from "../base/random.js";

export type Sampler = rng.Sampler;

/** Samples and labels while they are made. */
export interface Made {
  x: Float64Array;
  y: Float64Array;
  readonly width: number;
}

export const uniforms = (s: Sampler, n: number): Float64Array =>
  Float64Array.from({ length: n }, () => s.random());
export const normals = (s: Sampler, n: number): Float64Array =>
  Float64Array.from({ length: n }, () => s.standardNormal());

/** The samples in random order. */
export function reordered(made: Made, s: rng.PolarSampler): void {
  const order = permutation(s, made.y.length);
  const { x, y, width } = made;
  made.y = Float64Array.from(order, (i) => y[i]!);
  made.x = new Float64Array(x.length);
  order.forEach((from, to) => {
    made.x.set(x.subarray(from * width, (from + 1) * width), to * width);
  });
}

/** The columns in another order. */
export function turned(x: Float64Array, width: number, order: Int32Array): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i += width) for (let c = 0; c < width; c++) out[i + c] = x[i + order[c]!]!;
  return out;
}

export const labelled = ({ x, y, width }: Made): Tuple<ndarray> =>
  Tuple.of_([f64(x, [y.length, width]), i64(y)]);

export const isCount = (x: unknown): x is number => typeof x === "number" || x instanceof Number;
