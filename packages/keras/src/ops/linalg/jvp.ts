import { def, Tuple } from "@cognate/py";
import { castValue, valueOf } from "../../backend/create.js";
import { GradientTape } from "../../backend/tape.js";
import { type Tensor, wrap } from "../../backend/tensor.js";
import * as tree from "../../tree.js";
import { sum } from "../numpy/reduction.js";

/** A function of tensors, nested as its caller likes. */
type Fn = (...primals: never[]) => unknown;

/**
 * `keras.ops.jvp`: the function's value and its derivative along a direction, Σ ∂f/∂xᵢ·tᵢ.
 *
 * @param fun - a function of as many arguments as there are primals
 * @param has_aux - the function gives a pair whose second part is handed through
 * @returns the value and the derivative in the value's structure; and what was handed through
 */
export const jvp = def(
  "keras.ops.jvp",
  "fun primals tangents has_aux",
  (fun: Fn, primals: readonly unknown[], tangents: readonly unknown[], has_aux = false): Tuple<unknown> => {
    const inputs = tree.map((x: unknown) => wrap(valueOf(x)), primals) as Tensor[];
    const flat = tree.flatten(inputs) as Tensor[];
    const directions = tree.flatten(tangents).map((t, i) => wrap(castValue(valueOf(t), flat[i]!._type)));
    // The derivative of uᵀJ in u, along the direction, is J times it.
    const outer = GradientTape({ persistent: true });
    const [out, weights, along] = outer.record(() => {
      const inner = GradientTape();
      const result = inner.record(() => {
        inner.watch(flat);
        return fun(...(inputs as never[]));
      });
      const ys = tree.flatten(has_aux ? (result as unknown[])[0] : result) as Tensor[];
      const us = ys.map((y) => wrap(y._value.full([...y._value.shape], 0) as never) as Tensor);
      outer.watch(us);
      const gs = inner.gradient(ys as never, flat as never, us as never) as (Tensor | null)[];
      const terms = gs.map((g, i) => (g === null ? null : (sum.impl(g.mul(directions[i]!)) as Tensor)));
      const known = terms.filter((t) => t !== null);
      return [result, us, known.length === 0 ? null : known.reduce((a, b) => a.add(b))] as const;
    });
    const found =
      along === null
        ? weights.map(() => null)
        : (outer.gradient(along, weights as never) as (Tensor | null)[]);
    const value = has_aux ? (out as unknown[])[0] : out;
    let at = 0;
    const derivative = tree.map(() => found[at++], value);
    return Tuple.of_<unknown>(has_aux ? [value, derivative, (out as unknown[])[1]] : [value, derivative]);
  },
);
