import type { Tensor } from "../tensor/tensor.js";

/** Loss, flat gradient and their slope along the direction, at one step size. */
interface Point {
  readonly t: number;
  readonly f: number;
  readonly g: Tensor;
  readonly slope: number;
}

/** Where the cubic through two points with slopes is least, kept within bounds. */
function cubicMinimum(a: Point, b: Point, bounds?: readonly [number, number]): number {
  const [low, high] = bounds ?? (a.t <= b.t ? [a.t, b.t] : [b.t, a.t]);
  const d1 = a.slope + b.slope - (3 * (a.f - b.f)) / (a.t - b.t);
  const square = d1 ** 2 - a.slope * b.slope;
  if (!(square >= 0)) return (low + high) / 2;
  const d2 = Math.sqrt(square);
  const at =
    a.t <= b.t
      ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
      : a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2));
  return Math.min(Math.max(at, low), high);
}

/**
 * A step size along a direction at which the loss has fallen enough and its slope is small enough (strong Wolfe
 * conditions): first a bracket, then zooming into it by cubic interpolation.
 *
 * @param evaluate - loss and flat gradient at a step size
 * @returns the point and how often `evaluate` was called
 */
export function strongWolfe(
  evaluate: (t: number) => { f: number; g: Tensor },
  direction: Tensor,
  start: { t: number; f: number; g: Tensor; slope: number },
  maxEvaluations: number,
  { c1 = 1e-4, c2 = 0.9, toleranceChange = 1e-9 } = {},
): { f: number; g: Tensor; t: number; evaluations: number } {
  const norm = Number(direction.abs().max().item());
  const origin: Point = { t: 0, f: start.f, g: start.g.clone(), slope: start.slope };
  const at = (t: number): Point => {
    const { f, g } = evaluate(t);
    return { t, f, g, slope: Number(g.dot(direction).item()) };
  };
  const fallsShort = (p: Point): boolean => p.f > start.f + c1 * p.t * start.slope;
  const isFlat = (p: Point): boolean => Math.abs(p.slope) <= -c2 * start.slope;

  let current = at(start.t);
  let evaluations = 1;
  let previous = origin;
  let bracket: Point[] | undefined;
  let done = false;
  let iteration = 0;
  while (iteration < maxEvaluations) {
    if (fallsShort(current) || (iteration > 1 && current.f >= previous.f)) {
      bracket = [previous, current];
      break;
    }
    if (isFlat(current)) {
      bracket = [current];
      done = true;
      break;
    }
    if (current.slope >= 0) {
      bracket = [previous, current];
      break;
    }
    const next = cubicMinimum(previous, current, [
      current.t + 0.01 * (current.t - previous.t),
      current.t * 10,
    ]);
    previous = current;
    current = at(next);
    evaluations++;
    iteration++;
  }
  bracket ??= [origin, current];

  let stalled = false;
  let [low, high] = bracket[0]!.f <= bracket[bracket.length - 1]!.f ? [0, 1] : [1, 0];
  while (!done && iteration < maxEvaluations) {
    const [a, b] = bracket as [Point, Point];
    if (Math.abs(b.t - a.t) * norm < toleranceChange) break;
    const [least, most] = [Math.min(a.t, b.t), Math.max(a.t, b.t)];
    let t = cubicMinimum(a, b);
    // A point too near to an end of the bracket hardly shrinks it: the second time it is moved inwards.
    const margin = 0.1 * (most - least);
    const near = Math.min(most - t, t - least) < margin;
    if (near && (stalled || t >= most || t <= least)) {
      t = Math.abs(t - most) < Math.abs(t - least) ? most - margin : least + margin;
      stalled = false;
    } else stalled = near;
    const p = at(t);
    evaluations++;
    iteration++;
    if (fallsShort(p) || p.f >= bracket[low]!.f) {
      bracket[high] = p;
      [low, high] = bracket[0]!.f <= bracket[1]!.f ? [0, 1] : [1, 0];
    } else {
      if (isFlat(p)) done = true;
      else if (p.slope * (bracket[high]!.t - bracket[low]!.t) >= 0) bracket[high] = bracket[low]!;
      bracket[low] = p;
    }
  }
  const { f, g, t } = bracket[low]!;
  return { f, g, t, evaluations };
}
