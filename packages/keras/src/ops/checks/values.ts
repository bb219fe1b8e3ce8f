import { repr, TypeError, ValueError } from "@cognate/py";
import { unnamed, wrapped } from "../../backend/eager-errors.js";
import { kernelError } from "../../backend/errors.js";
import { type Check, kindOf, notWhole, type Shaped, shapeOf, text, tupleText } from "./facts.js";

export const products =
  (
    flat: (
      a: readonly number[],
      b: readonly number[],
    ) => readonly [readonly number[], readonly number[]] | null,
  ): Check =>
  (x1: unknown, x2: unknown) => {
    const [a, b] = [shapeOf(x1), shapeOf(x2)];
    const pair = a && b && flat(a, b);
    if (!pair || pair[0].at(-1) === pair[1][0]) return null;
    return wrapped(
      "__MklMatMul",
      "MatMul",
      `Matrix size-incompatible: In[0]: ${text(pair[0])}, In[1]: ${text(pair[1])}`,
    );
  };
export const size = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);

export const segments =
  (kernel: string): Check =>
  (data: unknown, ids: unknown, num: unknown = null) => {
    const [a, b] = [shapeOf(data), shapeOf(ids)];
    if (!a || !b) return null;
    if (typeof num === "number" && num < 0)
      return kernelError(kernel, `Input num_segments == ${num} must not be negative.`);
    if (num !== null && notWhole(num)) return notWhole(num);
    if (b.length !== 1)
      return new ValueError(
        `Argument \`segment_ids\` should be an 1-D vector, got shape: ${b.length}. Consider either flatten input with segment_ids.reshape((-1)) and data.reshape((-1, ) + data.shape[len(segment_ids.shape):]) or vectorize with vmap.`,
      );
    return (
      a.length > 0 &&
      a[0] !== b[0] &&
      new ValueError(
        `Argument \`segment_ids\` and \`data\` should have same leading dimension. Got ${tupleText(b)} v.s. ${tupleText(a)}.`,
      )
    );
  };

export const scatters =
  (kernel: string): Check =>
  (indices: unknown, updates: unknown, target: unknown) => {
    const [i, u] = [shapeOf(indices), shapeOf(updates)];
    if (!i || !u) return null;
    const own = kernel === "ScatterNd";
    const fail = own ? unnamed : kernelError;
    if (i.length === 0) return fail(kernel, "Indices shape must have rank at least one. Found:[]");
    if (u.length === 0) return fail(kernel, "Updates shape must have rank at least one. Found:[]");
    const out = own ? (Array.isArray(target) ? (target as number[]) : null) : shapeOf(target);
    if (!out) return null;
    const outer = i.length - 1;
    const differs = i.slice(0, outer).some((n, k) => n !== u[k]);
    if (differs)
      return fail(
        kernel,
        own
          ? `Dimensions [0,${outer}) of indices[shape=${text(i)}] must match dimensions [0,${outer}) of updates[shape=${text(u)}]`
          : `Outer dimensions of indices and update must match. Indices shape: ${text(i)}, updates shape:${text(u)}`,
      );
    const depth = i.at(-1)!;
    const [rest, got] = [out.slice(depth), u.slice(outer)];
    if (rest.length === got.length && depth <= out.length && rest.every((n, k) => n === got[k])) return false;
    return fail(
      kernel,
      own
        ? `Dimensions [${depth},${out.length}) of input[shape=${text(out)}] must match dimensions [${outer},${u.length}) of updates[shape=${text(u)}]`
        : `Inner dimensions of output shape must match inner dimensions of updates shape. Output: ${text(out)} updates: ${text(u)}`,
    );
  };

export const sliced: Check = (x: unknown, start: unknown, shape: unknown) => {
  const own = shapeOf(x);
  const [b, s] = [start, shape].map((list) =>
    Array.isArray(list) && list.every((n) => typeof n === "number") ? (list as number[]) : null,
  );
  if (!own || !b || !s) return null;
  if (b.length !== own.length || s.length !== own.length)
    return unnamed(
      "Slice",
      `Expected begin and size arguments to be 1-D tensors of size ${own.length}, but got shapes [${b.length}] and [${s.length}] instead.`,
    );
  for (const [i, n] of own.entries()) {
    if (n === 0) {
      if (b[i] !== 0 || s[i] !== 0)
        return unnamed(
          "Slice",
          `Expected begin[${i}] == 0 (got ${b[i]}) and size[${i}] == 0 (got ${s[i]}) when input.dim_size(${i}) == 0`,
        );
    } else if (b[i]! < 0 || b[i]! > n)
      return unnamed("Slice", `Expected begin[${i}] in [0, ${n}], but got ${b[i]}`);
    else if (s[i]! !== -1 && (s[i]! < 0 || b[i]! + s[i]! > n))
      return unnamed("Slice", `Expected size[${i}] in [0, ${n - b[i]!}], but got ${s[i]}`);
  }
  return false;
};

export const pooled: Check = (inputs: unknown, pool_size: unknown) => {
  const rank = shapeOf(inputs)?.length;
  if (rank === undefined) return null;
  if (rank < 3 || rank > 5)
    return new ValueError(`Input rank not supported: ${rank}. Expected values are [3, 4, 5]`);
  return (
    typeof pool_size === "string" &&
    new TypeError(`Expected int for argument 'ksize' not ${repr(pool_size)}.`)
  );
};

export const square = (x: unknown): Error | false | null => {
  const shape = shapeOf(x);
  if (!shape) return null;
  return (
    shape.length < 2 &&
    new ValueError(`Expected input to have rank >= 2. Received input with shape ${tupleText(shape)}.`)
  );
};

/** The index of the first position outside of an axis, and its place. */
export function outsideIndex(
  indices: unknown,
  n: number,
): readonly [place: readonly number[], value: number] | null {
  const shape = shapeOf(indices);
  if (!shape || kindOf(indices) === "float") return null;
  const flat = ((indices as { tolist?: () => unknown }).tolist?.() ?? indices) as unknown;
  const all = (Array.isArray(flat) ? flat.flat(Number.POSITIVE_INFINITY) : [flat]) as (number | bigint)[];
  const at = all.findIndex((v) => Number(v) < -n || Number(v) >= n);
  if (at < 0) return null;
  const place: number[] = [];
  for (let i = shape.length - 1, rest = at; i >= 0; i--) {
    place.unshift(rest % shape[i]!);
    rest = Math.floor(rest / shape[i]!);
  }
  const value = Number(all[at]);
  return [place, value < 0 ? value + n : value];
}

export const wholeNumbers: Check = (n: unknown) =>
  typeof n === "number" && n < 0 && kernelError("Fill", `Dimension ${n} must be >= 0`);
export const length1d =
  (name: string): Check =>
  (x: unknown) => {
    const shape = shapeOf(x);
    return (
      shape &&
      shape.length !== 1 &&
      new ValueError(`Input tensor must be 1-dimensional. Received: ${name}=${tupleText(shape)}`)
    );
  };

export const scaled =
  (n: number): Check =>
  (x: unknown) =>
    kindOf(x) === "int" &&
    new TypeError(`Cannot convert ${n.toFixed(1)} to EagerTensor of dtype ${dtypeOf(x)}`);
export const dtypeOf = (x: unknown): string => (x as Shaped)._value!.dtype.name;
