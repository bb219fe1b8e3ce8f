import { bool } from "../../dtype/dtype.js";
import type { Value } from "../value.js";
import { type RecurrentParams, type Steps, stepsOf } from "./sequence.js";

/** The optional inputs that are there, as a list that a tape can take, found again by name. */
export function optionalInputs<N extends string>(
  saved: Readonly<Record<N, Value>>,
  context: { given(input: number): boolean },
  names: readonly (readonly [input: number, name: N])[],
): { readonly values: readonly Value[]; of<T>(list: readonly T[], name: N): T | null } {
  const there = names.filter(([i]) => context.given(i)).map(([, name]) => name);
  return {
    values: there.map((name) => saved[name]),
    of: (list, name) => {
      const i = there.indexOf(name);
      return i < 0 ? null : list[i]!;
    },
  };
}

const rowsOf = (a: Value, start: number, length: number): Value =>
  a.slice({ dim: 0, start, step: 1, length });

/** A recurrence on values: outputs of all steps and the final states. `step` gets x·wxᵀ + bx of its rows. */
export function unroll(
  x: Value,
  initial: readonly Value[],
  wx: Value,
  bx: Value | null,
  mask: Value | null,
  p: RecurrentParams,
  step: (gates: Value, states: readonly Value[]) => readonly Value[],
): readonly Value[] {
  const steps: Steps = stepsOf("unroll", x.shape, initial[0]!.shape, p);
  const flat = x.reshape({ shape: [steps.rows, x.shape[x.shape.length - 1]!] });
  const product = flat.matmul(wx.permute({ axes: [1, 0] }));
  const gates = bx ? product.add(bx) : product;
  const runs = mask?.reshape({ shape: [steps.rows, 1] });
  let states = initial;
  let last = initial[0]!.mul(0);
  const outputs: [number, Value][] = [];
  for (let k = 0; k < steps.offset.length; k++) {
    const [row, n] = [steps.offset[k]!, steps.size[k]!];
    const now = states.map((s) => rowsOf(s, 0, n));
    const on = runs && rowsOf(runs, row, n).cast({ dtype: bool });
    const next = step(rowsOf(gates, row, n), now);
    const kept = on ? next.map((s, i) => s.where(on, now[i]!)) : next;
    const output = on ? kept[0]!.where(on, p.zeroOutput ? 0 : last) : kept[0]!;
    if (on) last = output;
    outputs.push([row, output]);
    states = states.map((s, i) =>
      n === steps.batch ? kept[i]! : kept[i]!.cat([rowsOf(s, n, steps.batch - n)], { dim: 0 }),
    );
  }
  outputs.sort(([a], [b]) => a - b);
  const [first, ...rest] = outputs.map(([, y]) => y);
  const width = initial[0]!.shape[1]!;
  const y = first
    ? first.cat(rest, { dim: 0 }).reshape({ shape: [...x.shape.slice(0, -1), width] })
    : x.full([...x.shape.slice(0, -1), width], 0);
  return [y, ...states];
}

/** Block `i` of so many columns. */
export const block = (a: Value, i: number, width: number): Value =>
  a.slice({ dim: 1, start: i * width, step: 1, length: width });
