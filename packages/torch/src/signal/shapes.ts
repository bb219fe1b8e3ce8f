import { arange, type DType, float64, ops } from "@cognate/kernel";
import { call, Value } from "@cognate/tensor";

/** Positions 0 … n − 1 in float64. */
export const positions = (n: number): Value => new Value(arange(float64, n));

const times = (x: Value, s: number): Value => call(ops.mul, [x, s], undefined);
const plus = (x: Value, s: number): Value => call(ops.add, [x, s], undefined);

/** Σ (−1)ⁱ·aᵢ·cos(2πi·k/length): the sum of cosines that many windows are. */
export function cosines(n: number, length: number, a: readonly number[]): Value {
  const turn = times(positions(n), (2 * Math.PI) / length);
  return a
    .map((c, i) => times(call(ops.cos, [times(turn, i)], undefined), i % 2 === 0 ? c : -c))
    .reduce((p, q) => p.add(q) as Value);
}

/** 1 − |2k/length − 1|: a triangle. */
export const triangle = (n: number, length: number): Value =>
  plus(times(plus(times(positions(n), 2 / length), -1).abs() as Value, -1), 1);

/** sin(π·(k + ½)/length): half a wave. */
export const halfWave = (n: number, length: number): Value =>
  call(ops.sin, [times(plus(positions(n), 0.5), Math.PI / length)], undefined);

/** e^(−|k − center|/tau). */
export const decay = (n: number, center: number, tau: number): Value =>
  call(ops.exp, [times(plus(positions(n), -center).abs() as Value, -1 / tau)], undefined);

/** e^(−½·((k − center)/std)²). */
export const bell = (n: number, center: number, std: number): Value =>
  call(ops.exp, [times(plus(positions(n), -center).square() as Value, -0.5 / std ** 2)], undefined);

/** I₀(β·√(1 − (2k/length − 1)²))/I₀(β). */
export function kaiserShape(n: number, length: number, beta: number): Value {
  const k = plus(times(positions(n), 2 / length), -1);
  const inside = call(ops.clampMin, [plus(times(k.square() as Value, -1), 1), 0], undefined);
  const numerator = call(ops.i0, [times(call(ops.sqrt, [inside], undefined), beta)], undefined);
  const denominator = call(ops.i0, [numerator.full([], beta) as Value], undefined);
  return numerator.div(denominator) as Value;
}

/** A window's numbers in their type. */
export const inType = (x: Value, type: DType): Value =>
  x.dtype === type ? x : call(ops.cast, [x], { dtype: type });
