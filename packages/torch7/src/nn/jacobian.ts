import { castTo, float64 } from "@cognate/kernel";
import { readElement, writeElement } from "../tensor/elements.js";
import type { TensorImpl } from "../tensor/tensor.js";
import type { Module } from "./module.js";

/* Checks a module's derivatives against differences (`nn.Jacobian`). */

const element = (x: TensorImpl, i: number): number => readElement(x._array, x._array.offset + i);
const write = (x: TensorImpl, i: number, v: number): void => writeElement(x._array, x._array.offset + i, v);

/** ∂output/∂x by the module's own backward, one row an element of the output. */
function byBackward(m: Module, input: TensorImpl, of: () => TensorImpl): number[][] {
  const rows: number[][] = [];
  const y = m.forward(input) as TensorImpl;
  const g = y.clone();
  for (let i = 0; i < y.nElement(); i++) {
    g.zero();
    write(g, i, 1);
    for (const p of m.parameters()[1]) p.zero();
    m.updateGradInput(input, g);
    m.accGradParameters(input, g);
    const d = castTo(of().contiguous()._array, float64);
    rows.push(Array.from({ length: d.size }, (_, k) => readElement(d, d.offset + k)));
  }
  return rows;
}
/** ∂output/∂x by central differences. */
function byDifferences(m: Module, input: TensorImpl, x: TensorImpl, step: number): number[][] {
  const columns = Array.from({ length: x.nElement() }, (_, k) => {
    const before = element(x, k);
    const at = (v: number): TensorImpl => {
      write(x, k, v);
      return (m.forward(input) as TensorImpl).clone();
    };
    const [up, down] = [at(before + step), at(before - step)];
    write(x, k, before);
    return Array.from({ length: up.nElement() }, (_, i) => (element(up, i) - element(down, i)) / (2 * step));
  });
  return (columns[0] ?? []).map((_, i) => columns.map((c) => c[i]!));
}
const worst = (a: readonly number[][], b: readonly number[][]): number =>
  a.reduce((max, row, i) => row.reduce((m, v, k) => Math.max(m, Math.abs(v - b[i]![k]!)), max), 0);

export const Jacobian = {
  /**
   * `nn.Jacobian.testJacobian(module, input [, minval [, maxval [, perturbation]]])`: the largest difference between the
   * gradient of the input by `updateGradInput` and by central differences, on an input filled with uniform numbers.
   */
  testJacobian(module: Module, input: TensorImpl, minval = -2, maxval = 2, perturbation = 1e-6): number {
    (input as unknown as { uniform(a: number, b: number): unknown }).uniform(minval, maxval);
    const back = byBackward(module, input, () => module.gradInput as TensorImpl);
    return worst(back, byDifferences(module, input, input, perturbation));
  },
  /** The same for a parameter and the gradient that `accGradParameters` gathers in `dparam`. */
  testJacobianParameters(
    module: Module,
    input: TensorImpl,
    param: TensorImpl,
    dparam: TensorImpl,
    minval = -2,
    maxval = 2,
    perturbation = 1e-6,
  ): number {
    for (const x of [input, param])
      (x as unknown as { uniform(a: number, b: number): unknown }).uniform(minval, maxval);
    const back = byBackward(module, input, () => dparam);
    return worst(back, byDifferences(module, input, param, perturbation));
  },
} as const;
