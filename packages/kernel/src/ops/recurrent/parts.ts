import { bool } from "../../dtype/dtype.js";
import type { Shape } from "../../strided/strided.js";
import type { Value } from "../value.js";
import type { RecurrentParams, Steps } from "./sequence.js";

/** Rows of the first axis. */
export const rowsOf = (a: Value, start: number, length: number): Value =>
  a.slice({ dim: 0, start, step: 1, length });

/** How the states of some rows follow from x·wxᵀ + bx and the states before. */
export type Step = (gates: Value, states: readonly Value[]) => readonly Value[];

/**
 * A recurrence on values: outputs of all steps, the first state, and the final states.
 *
 * @param inputs - the rows of x at each step, in the order in which they are walked
 */
export function unroll(
  { offset, size, batch }: Steps,
  inputs: readonly Value[],
  initial: readonly Value[],
  wx: Value,
  bx: Value | null,
  mask: Value | null,
  p: RecurrentParams,
  shape: Shape,
  step: Step,
): readonly Value[] {
  let states = initial;
  let last = initial[0]!.mul(0);
  const outputs: [number, Value][] = [];
  inputs.forEach((x, k) => {
    const [row, n] = [offset[k]!, size[k]!];
    const now = states.map((s) => rowsOf(s, 0, n));
    const on = mask && rowsOf(mask, row, n).cast({ dtype: bool });
    const next = step(linear(x, wx, bx), now);
    const kept = on ? next.map((s, i) => s.where(on, now[i]!)) : next;
    const output = on ? kept[0]!.where(on, p.zeroOutput ? 0 : last) : kept[0]!;
    if (on) last = output;
    outputs.push([row, output]);
    states = states.map((s, i) =>
      n === batch ? kept[i]! : kept[i]!.cat([rowsOf(s, n, batch - n)], { dim: 0 }),
    );
  });
  outputs.sort(([a], [b]) => a - b);
  const [first, ...rest] = outputs.map(([, y]) => y);
  const y = first ? first.cat(rest, { dim: 0 }).reshape({ shape }) : wx.full(shape, 0);
  return [y, ...states];
}

/** x·wᵀ + b. */
export const linear = (x: Value, w: Value, b: Value | null): Value => {
  const y = x.matmul(w.permute({ axes: [1, 0] }));
  return b ? y.add(b) : y;
};

/** Block `i` of so many columns. */
export const block = (a: Value, i: number, width: number): Value =>
  a.slice({ dim: 1, start: i * width, step: 1, length: width });
