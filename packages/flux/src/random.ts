import { castTo, float32, float64, rng, Strided } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import { type FluxArray, wrap } from "./array/array.js";

/*
 * Initial weights. Julia's own stream (Xoshiro256++) is not reproduced: `seed_` makes runs of this package repeat.
 */
const engine = new rng.MT19937(0);
/** `Random.seed!(n)`: starts the stream of this package over. */
export const seed_ = (n: number): void => engine.seed(n);

/** A function that makes an array of given lengths. */
export type Init = (...sizes: number[]) => FluxArray;
const filled = (sizes: readonly number[], draw: () => number): FluxArray =>
  wrap(new Value(castTo(rng.fillDraws(Strided.zeros(float64, sizes), draw, []), float32)));
const uniform = (low: number, high: number) => low + (high - low) * engine.nextDouble();
const normal = (): number =>
  Math.sqrt(-2 * Math.log(1 - engine.nextDouble())) * Math.cos(2 * Math.PI * engine.nextDouble());

/** Inputs and outputs of a weight: `[out, in]` of a matrix; kernels count all their places. */
function fans(sizes: readonly number[]): [number, number] {
  if (sizes.length === 1) return [1, sizes[0]!];
  if (sizes.length === 2) return [sizes[1]!, sizes[0]!];
  const places = sizes.slice(0, -2).reduce((a, b) => a * b, 1);
  return [places * sizes[sizes.length - 2]!, places * sizes[sizes.length - 1]!];
}
/** Uniform in ±√(6·gain²/(in + out)). */
export const glorot_uniform: Init = (...sizes) => {
  const [i, o] = fans(sizes);
  const x = Math.sqrt(24 / (i + o));
  return filled(sizes, () => (engine.nextDouble() - 0.5) * x);
};
export const glorot_normal: Init = (...sizes) => {
  const [i, o] = fans(sizes);
  return filled(sizes, () => normal() * Math.sqrt(2 / (i + o)));
};
export const kaiming_uniform: Init = (...sizes) => {
  const bound = Math.sqrt(6 / fans(sizes)[0]);
  return filled(sizes, () => uniform(-bound, bound));
};
export const kaiming_normal: Init = (...sizes) =>
  filled(sizes, () => normal() * Math.sqrt(2 / fans(sizes)[0]));
export const randn32: Init = (...sizes) => filled(sizes, normal);
export const rand32: Init = (...sizes) => filled(sizes, () => engine.nextDouble());
export const zeros32: Init = (...sizes) => filled(sizes, () => 0);
export const ones32: Init = (...sizes) => filled(sizes, () => 1);
/** Ones on the diagonal, scaled. */
export const identity_init: Init = (rows, columns = rows) => {
  let k = 0;
  return filled([rows!, columns!], () => {
    const at = k++;
    return Math.floor(at / columns!) === at % columns! ? 1 : 0;
  });
};
/** A draw in [0, 1) of the package's stream. */
export const draw = (): number => engine.nextDouble();
export { filled };
