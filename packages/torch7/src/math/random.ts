import { castTo, float64, int64, rng, Strided } from "@cognate/kernel";
import { LuaError } from "../errors.js";
import { writeArray } from "../tensor/elements.js";
import { lengthsOf } from "../tensor/shapes.js";
import { TensorImpl } from "../tensor/tensor.js";
import { factory } from "./factories.js";
import { plain } from "./make.js";

/*
 * Torch7's streams: the Mersenne Twister of 2002, one 32-bit word a number. Normal numbers come in pairs by Box and
 * Muller, the second kept for the next call. Source: torch7 doc/random.md.
 */

/** A generator with a stream of its own, `torch.Generator()`. */
export class Generator {
  private engine = new rng.MT19937(5489);
  private first = 5489;
  private spare: readonly [angle: number, radius: number] | null = null;

  /** Starts over from a seed. */
  manualSeed(seed: number): void {
    this.engine = new rng.MT19937(seed >>> 0);
    this.first = seed;
    this.spare = null;
  }
  seed(): number {
    this.manualSeed(Number(rng.freshEntropy(32)));
    return this.first;
  }
  initialSeed(): number {
    return this.first;
  }
  /** A whole number in 0 … 2³² − 1. */
  word(): number {
    return this.engine.next32();
  }
  /** A number in [0, 1): one word over 2³². */
  unit(): number {
    return this.engine.next32() * 2 ** -32;
  }
  uniform(a = 0, b = 1): number {
    return this.unit() * (b - a) + a;
  }
  normal(mean = 0, stdv = 1): number {
    if (!(stdv > 0)) throw new LuaError("standard deviation must be strictly positive");
    if (this.spare) {
      const [angle, radius] = this.spare;
      this.spare = null;
      return radius * Math.sin(2 * Math.PI * angle) * stdv + mean;
    }
    const angle = this.unit();
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    this.spare = [angle, radius];
    return radius * Math.cos(2 * Math.PI * angle) * stdv + mean;
  }
  /** A whole number: any word, 1 … b, or a … b. */
  random(a?: number, b?: number): number {
    if (a === undefined) return this.word();
    const [low, high] = b === undefined ? [1, a] : [a, b];
    if (high < low) throw new LuaError("upper bound must be larger than lower bound");
    return (this.word() % (high - low + 1)) + low;
  }
  exponential(lambda = 1): number {
    return (-1 / lambda) * Math.log(1 - this.unit());
  }
  cauchy(median = 0, sigma = 1): number {
    return median + sigma * Math.tan(Math.PI * (this.unit() - 0.5));
  }
  logNormal(mean = 1, stdv = 2): number {
    return Math.exp(this.normal(mean, stdv));
  }
  geometric(p: number): number {
    if (!(p > 0 && p < 1)) throw new LuaError("must be > 0 and < 1");
    return Math.trunc(Math.log(1 - this.unit()) / Math.log(p)) + 1;
  }
  bernoulli(p = 0.5): number {
    if (!(p >= 0 && p <= 1)) throw new LuaError("must be >= 0 and <= 1");
    return this.unit() <= p ? 1 : 0;
  }
  /** The stream's state, to be given to {@link setState}. */
  getState(): GeneratorState {
    return { engine: this.engine.copy(), spare: this.spare, seed: this.first };
  }
  setState(state: GeneratorState): void {
    this.engine = state.engine.copy();
    this.spare = state.spare;
    this.first = state.seed;
  }
}
/** What {@link Generator.getState} gives. */
export interface GeneratorState {
  readonly engine: rng.MT19937;
  readonly spare: readonly [number, number] | null;
  readonly seed: number;
}

const standard = new Generator();
/** The generator that is used where none is given. */
export const defaultGenerator = (): Generator => standard;

const withGenerator = (args: readonly unknown[]): [Generator, number[]] =>
  args[0] instanceof Generator ? [args[0], args.slice(1).map(Number)] : [standard, args.map(Number)];

/** Draws for every element in row-major order. */
export function drawn(shape: readonly number[], draw: () => number): Strided {
  const y = Strided.zeros(float64, shape);
  return rng.fillDraws(y, draw, []);
}

const DISTRIBUTIONS = [
  "uniform",
  "normal",
  "random",
  "exponential",
  "cauchy",
  "logNormal",
  "geometric",
  "bernoulli",
] as const;
/** Functions that draw one number (`torch.uniform(a, b)`) and methods that fill a tensor (`x.uniform(a, b)`). */
for (const name of DISTRIBUTIONS)
  plain(name, (...all: readonly unknown[]): number | TensorImpl => {
    const x = all[0];
    const tensor = x instanceof TensorImpl;
    const [generator, args] = withGenerator(tensor ? all.slice(1) : all);
    const draw = generator[name] as (this: Generator, ...args: readonly number[]) => number;
    if (!tensor) return draw.apply(generator, args);
    const y = drawn(x._array.shape, () => draw.apply(generator, args));
    writeArray(x._array, y);
    return x;
  });

const shaped =
  (draw: (g: Generator) => number) =>
  (args: readonly unknown[]): Strided => {
    const generator = args[0] instanceof Generator ? args[0] : standard;
    const sizes = args[0] instanceof Generator ? args.slice(1) : args;
    return drawn(lengthsOf(sizes as readonly number[]), () => draw(generator));
  };
factory(
  "rand",
  shaped((g) => g.unit()),
);
factory(
  "randn",
  shaped((g) => g.normal()),
);
/** The numbers 1 … n in random order. */
factory("randperm", (args) => {
  const [generator, [n]] = withGenerator(args) as [Generator, [number]];
  const order = Array.from({ length: n }, (_, i) => i + 1);
  for (let i = 0; i < n - 1; i++) {
    const k = i + (generator.word() % (n - i));
    [order[i], order[k]] = [order[k]!, order[i]!];
  }
  let i = 0;
  return drawn([n], () => order[i++]!);
});

/** `multinomial(p, n [, replacement])`: positions (from 1) drawn by the weights of each row. */
export const multinomial = plain(
  "multinomial",
  (p: TensorImpl, n: number, replacement = false): TensorImpl => {
    const rows = p._array.rank === 1 ? [p] : ([...p] as TensorImpl[]);
    const picked = rows.flatMap((row) => drawRow(row.totable() as number[], n, replacement));
    let i = 0;
    const y = drawn(p._array.rank === 1 ? [n] : [rows.length, n], () => picked[i++]!);
    return new TensorImpl(castTo(y, int64));
  },
);
function drawRow(weights: readonly number[], n: number, replacement: boolean): number[] {
  const left = [...weights];
  return Array.from({ length: n }, () => {
    const total = left.reduce((s, w) => s + w, 0);
    if (!(total > 0)) throw new LuaError("invalid multinomial distribution (sum of probabilities <= 0)");
    const u = standard.unit() * total;
    let sum = 0;
    let k = left.findIndex((w) => (sum += w) > u && w > 0);
    if (k < 0) k = left.length - 1;
    if (!replacement) left[k] = 0;
    return k + 1;
  });
}
