import {
  broadcastTwo,
  contiguous,
  type DType,
  rng as engines,
  float64,
  int64,
  type rng,
  Strided,
} from "@cognate/kernel";
import {
  type ArrayLike,
  type Item,
  indicesOf,
  itemOf,
  mismatchError,
  tupleText,
} from "@cognate/ndarray/core";
import { ValueError } from "@cognate/py";
import { cast, item, strided, wrap } from "../internal.js";

/** How many numbers: a shape, or `null` for one (or as many as the parameters have). */
export type Size = number | readonly number[] | null;

/** What draws: an object with a sampler, old (`RandomState`) or new (`Generator`). */
export abstract class Source {
  abstract readonly sampler: rng.Sampler;
  /** Whether this is NumPy's RandomState, whose words of errors differ in places. */
  abstract readonly legacy: boolean;
}

/** What a parameter must not be: the test, and NumPy's words. */
export interface Limit {
  readonly refuses: (x: number) => boolean;
  readonly words: (source: Source) => string;
}

const limit = (refuses: (x: number) => boolean, words: string | ((source: Source) => string)): Limit => ({
  refuses,
  words: typeof words === "string" ? () => words : words,
});

export const anything: Limit | null = null;
export const nonNegative = (name: string): Limit => limit((x) => x < 0, `${name} < 0`);
export const positive = (name: string): Limit => limit((x) => x <= 0, `${name} <= 0`);
export const probability = limit((p) => !(p >= 0 && p <= 1), "p < 0, p > 1 or p is NaN");
export const positiveProbability = limit((p) => !(p > 0 && p <= 1), "p <= 0, p > 1 or p contains NaNs");
export const belowOne = limit((p) => !(p >= 0 && p < 1), "p < 0, p >= 1 or p is NaN");
export const aboveOne = limit((a) => !(a > 1), "a <= 1 or a is NaN");
const MOST_POISSON = 2 ** 63 - 1 - Math.sqrt(2 ** 63 - 1) * 10;
export const poissonMean: Limit = {
  refuses: (x) => !(x >= 0 && x <= MOST_POISSON),
  words: () => "lam < 0 or lam is NaN",
};

/** The shape that a `size` argument names. @throws ValueError */
export function sizeShape(size: Exclude<Size, null>): number[] {
  const shape = indicesOf(size);
  for (const n of shape) if (n < 0) throw new ValueError("negative dimensions are not allowed");
  return shape;
}

type Parameter = number | Strided;

/** A parameter as a number or an array of float64. */
function parameterOf(x: ArrayLike): Parameter {
  if (typeof x === "number") return x;
  const a = cast(strided(x), float64);
  return a.rank === 0 ? (itemOf(a) as number) : contiguous(a);
}

function check(source: Source, p: Parameter, { refuses, words }: Limit): void {
  const values = typeof p === "number" ? [p] : (wrap(p).ravel().tolist() as number[]);
  const bad = values.find(refuses);
  if (bad === undefined && !values.some(refuses)) return;
  if (words === poissonMean.words && (bad as number) > 0) throw new ValueError("lam value too large");
  throw new ValueError(words(source));
}

/** The shape of a result: the one asked for, into which the parameters must stretch, or theirs. */
export function resultShape(parameters: readonly Parameter[], size: Size): number[] | null {
  let shape: number[] | null = null;
  const arrays = parameters.filter((p): p is Strided => typeof p !== "number");
  if (size !== null) {
    const wanted = sizeShape(size);
    for (const p of arrays) {
      const next = broadcastTwo(wanted, p.shape);
      if (!next) throw mismatchError([0, wanted], [1, p.shape]);
      if (next.some((n, i) => n !== wanted[i]) || next.length !== wanted.length)
        throw new ValueError(
          `Output size ${tupleText(wanted)} is not compatible with broadcast dimensions of inputs ${tupleText(next)}.`,
        );
    }
    return wanted;
  }
  for (const p of arrays) {
    const next: number[] | null = broadcastTwo(shape ?? [], p.shape);
    if (!next) throw mismatchError([0, shape ?? []], [1, p.shape]);
    shape = next;
  }
  return shape;
}

export type Draw = (sampler: rng.Sampler, a: number, b: number, c: number) => number;

/** What does the same as a {@link Draw} for many elements at once. */
export type Block = (sampler: rng.Sampler, out: Float64Array, a: number, b: number) => void;

/** Draws with checked parameters: one number, or an array of them. */
export function drawn(
  source: Source,
  draw: Draw,
  given: readonly ArrayLike[],
  limits: readonly (Limit | null)[],
  size: Size,
  type: DType = float64,
  across?: (a: readonly Parameter[]) => void,
  block?: Block,
): Item {
  const parameters = given.map(parameterOf);
  parameters.forEach((p, i) => {
    const l = limits[i];
    if (l) check(source, p, l);
  });
  across?.(parameters);
  const { sampler } = source;
  const shape = resultShape(parameters, size);
  if (shape === null) {
    const [a = 0, b = 0, c = 0] = parameters as readonly number[];
    const v = draw(sampler, a, b, c);
    return item(type === int64 && v >= 2 ** 63 ? -(2 ** 63) : v);
  }
  const out = Strided.zeros(type, shape);
  engines.fillDraws(
    out,
    (a, b, c) => draw(sampler, a, b, c),
    parameters,
    block && ((data, a, b) => block(sampler, data, a, b)),
  );
  return wrap(out) as Item;
}

/** The elements of a parameter. */
export const valuesOf = (p: Parameter): number[] =>
  typeof p === "number" ? [p] : (wrap(p).ravel().tolist() as number[]);
