/**
 * `torch.autograd.functional`: Jacobians, Hessians and their products with vectors.
 *
 * @packageDocumentation
 */
import { def, Tuple } from "@cognate/py";
import * as func from "../func/index.js";
import { vjp as pulledBack } from "../func/index.js";
import { Tensor } from "../tensor/tensor.js";

// biome-ignore lint/suspicious/noExplicitAny: functions of any tensors
type Fn = (...args: any[]) => unknown;
type Inputs = Tensor | readonly Tensor[];

const listOf = (x: Inputs): readonly Tensor[] => (x instanceof Tensor ? [x] : [...x]);
/** As many as came in: one alone, several as a tuple. */
const like = (x: Inputs, ys: readonly Tensor[]): Tensor | Tuple<Tensor> =>
  x instanceof Tensor ? ys[0]! : Tuple.of_(ys);
const free = (xs: readonly Tensor[], create_graph: boolean): readonly Tensor[] =>
  create_graph ? xs : xs.map((t) => t.detach());

/** The Jacobian of `fn` at `inputs`: nested tuples by outputs, then inputs, where there are several. */
export const jacobian = def(
  "torch.autograd.functional.jacobian",
  "func inputs create_graph strict vectorize strategy",
  (
    fn: Fn,
    inputs: Inputs,
    create_graph = false,
    strict = false,
    vectorize = false,
    strategy = "reverse-mode",
  ) => {
    void [strict, vectorize, strategy];
    const xs = free(listOf(inputs), create_graph);
    return inputs instanceof Tensor
      ? func.jacrev(fn)(...xs)
      : func.jacrev(
          fn,
          xs.map((_, i) => i),
        )(...xs);
  },
);

/** The second derivatives of a scalar `fn` at `inputs`. */
export const hessian = def(
  "torch.autograd.functional.hessian",
  "func inputs create_graph strict vectorize outer_jacobian_strategy",
  (
    fn: Fn,
    inputs: Inputs,
    create_graph = false,
    strict = false,
    vectorize = false,
    outer = "reverse-mode",
  ) => {
    void [strict, vectorize, outer];
    const xs = free(listOf(inputs), create_graph);
    const argnums = inputs instanceof Tensor ? 0 : xs.map((_, i) => i);
    return func.hessian(fn, argnums)(...xs);
  },
);

const ones = (t: Tensor): Tensor => t.detach().mul(0).add(1);

/** The value and vᵀ·J. */
export const vjp = def(
  "torch.autograd.functional.vjp",
  "func inputs v create_graph strict",
  (fn: Fn, inputs: Inputs, v: Inputs | null = null, create_graph = false, strict = false) => {
    void strict;
    const xs = free(listOf(inputs), create_graph);
    const [out, pull] = pulledBack(fn, ...xs);
    const cotangents = v === null ? [ones(out)] : listOf(v);
    return Tuple.of_([out, like(inputs, [...pull(...cotangents)])]);
  },
);

/** The value and J·v. */
export const jvp = def(
  "torch.autograd.functional.jvp",
  "func inputs v create_graph strict",
  (fn: Fn, inputs: Inputs, v: Inputs | null = null, create_graph = false, strict = false) => {
    void strict;
    const xs = free(listOf(inputs), create_graph);
    return func.jvp(fn, xs, v === null ? xs.map(ones) : listOf(v));
  },
);

/** Gradients of a scalar `fn` times `v`, differentiated: the Hessian's product with a vector. */
const product = (name: string) =>
  def(
    `torch.autograd.functional.${name}`,
    "func inputs v create_graph strict",
    (fn: Fn, inputs: Inputs, v: Inputs | null = null, create_graph = false, strict = false) => {
      void strict;
      const xs = free(listOf(inputs), create_graph);
      const argnums = xs.map((_, i) => i);
      const directions = v === null ? xs.map(ones) : listOf(v);
      const [, pull] = pulledBack(func.grad(fn, argnums), ...xs);
      return Tuple.of_([fn(...xs) as Tensor, like(inputs, [...pull(Tuple.of_(directions))])]);
    },
  );

/** The value and the Hessian times v. */
export const hvp = product("hvp");
/** The value and v times the Hessian. */
export const vhp = product("vhp");
