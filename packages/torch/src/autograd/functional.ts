/**
 * `torch.autograd.functional`: Jacobians, Hessians and their products with vectors.
 *
 * @packageDocumentation
 */
import { AssertionError, def, NotImplementedError, RuntimeError, Tuple, TypeError } from "@cognate/py";
import * as func from "../func/index.js";
import { vjp as pulledBack } from "../func/index.js";
import { classOf } from "../func/tree.js";
import { Tensor } from "../tensor/tensor.js";
import { enable_grad } from "./grad-mode.js";

// biome-ignore lint/suspicious/noExplicitAny: functions of any tensors
type Fn = (...args: any[]) => unknown;
type Inputs = Tensor | readonly Tensor[];

const listOf = (x: Inputs): readonly Tensor[] => (x instanceof Tensor ? [x] : [...x]);
/** As many as came in: one alone, several as a tuple. */
const like = (x: Inputs, ys: readonly Tensor[]): Tensor | Tuple<Tensor> =>
  x instanceof Tensor ? ys[0]! : Tuple.of_(ys);
const free = (xs: readonly Tensor[], create_graph: boolean): readonly Tensor[] =>
  create_graph ? xs : xs.map((t) => t.detach());

/** @throws TypeError for what is no tensor and no tuple of them */
function requireTensors(name: string, what: string, x: unknown): readonly Tensor[] {
  if (x instanceof Tensor) return [x];
  if (!Array.isArray(x))
    throw new TypeError(
      `The ${what} given to ${name} must be either a Tensor or a tuple of Tensors but the given ${what} has type ${classOf(x)}.`,
    );
  (x as unknown[]).forEach((t, i) => {
    if (!(t instanceof Tensor))
      throw new TypeError(
        `The ${what} given to ${name} must be either a Tensor or a tuple of Tensors but the value at index ${i} of the given ${what} has type ${classOf(t)}.`,
      );
  });
  return x as readonly Tensor[];
}
const OUTPUTS = "outputs of the user-provided function";

/** `fn` with its results checked. @throws RuntimeError in strict mode for results that do not depend on the inputs */
const checked =
  (name: string, fn: Fn, strict: boolean): Fn =>
  (...args) => {
    const out = fn(...args);
    const ys = requireTensors(name, OUTPUTS, out);
    if (strict)
      ys.forEach((y, i) => {
        if (!y.requires_grad)
          throw new RuntimeError(
            `Output ${i} of the user-provided function does not require gradients. The outputs must be computed in a differentiable manner from the input when running in strict mode.`,
          );
      });
    return out;
  };

function requireStrategy(strategy: string): void {
  if (strategy !== "forward-mode" && strategy !== "reverse-mode")
    throw new AssertionError(
      'Expected strategy to be either "forward-mode" or "reverse-mode". Hint: If your function has more outputs than inputs, "forward-mode" tends to be more performant. Otherwise, prefer to use "reverse-mode".',
    );
}

const FORWARD_NEEDS_VECTORIZE =
  "Computing Jacobian using forward-AD or forward-over-reverse Hessian isonly implemented for `vectorize=True`.";

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
    requireStrategy(strategy);
    const forward = strategy === "forward-mode";
    if (forward && !vectorize) throw new NotImplementedError(FORWARD_NEEDS_VECTORIZE);
    const xs = free(requireTensors("jacobian", "inputs", inputs), create_graph);
    const f = checked("jacobian", fn, strict);
    const argnums = inputs instanceof Tensor ? 0 : xs.map((_, i) => i);
    return (forward ? func.jacfwd(f, argnums) : func.jacrev(f, argnums))(...xs);
  },
);

/** `fn`, whose result must be one number. */
const scalar =
  (name: string, fn: Fn, strict: boolean): Fn =>
  (...args) => {
    const out = checked(name, fn, strict)(...args);
    if (!(out instanceof Tensor))
      throw new RuntimeError(`The function given to ${name} should return a single Tensor`);
    if (out.numel() !== 1)
      throw new RuntimeError(
        `The Tensor returned by the function given to ${name} should contain a single element`,
      );
    return out.squeeze();
  };

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
    requireStrategy(outer);
    if (outer === "forward-mode" && !vectorize) throw new NotImplementedError(FORWARD_NEEDS_VECTORIZE);
    const xs = free(requireTensors("hessian", "inputs", inputs), create_graph);
    const argnums = inputs instanceof Tensor ? 0 : xs.map((_, i) => i);
    return func.jacrev(func.jacrev(scalar("hessian", fn, strict), argnums), argnums)(...xs);
  },
);

const ones = (t: Tensor): Tensor => t.detach().mul(0).add(1);

/**
 * The vectors of a product.
 *
 * @param which - what a vector of one's own can only be left out for
 * @throws RuntimeError where they do not fit, or are left out where they must not
 */
function vectors(
  v: Inputs | null,
  others: readonly Tensor[],
  single: boolean,
  which: string,
): readonly Tensor[] {
  if (v === null) {
    if (!single || others[0]!.numel() !== 1)
      throw new RuntimeError(
        `The vector v can only be None if the ${which} a single Tensor with a single element.`,
      );
    return others.map(ones);
  }
  const list = listOf(v);
  if (list.length !== others.length)
    throw new RuntimeError(
      `v is a tuple of invalid length: should be ${others.length} but got ${list.length}.`,
    );
  list.forEach((t, i) => {
    const { shape } = others[i]!;
    if (String(t.shape) !== String(shape))
      throw new RuntimeError(
        `${list.length > 1 ? `Entry ${i} in ` : ""}v has invalid size: should be ${shape} but got ${t.shape}.`,
      );
  });
  return list;
}
const OF_RESULT = "user-provided function returns";
const OF_INPUT = "input to the user-provided function is";

/** The value and vᵀ·J. */
export const vjp = def(
  "torch.autograd.functional.vjp",
  "func inputs v create_graph strict",
  (fn: Fn, inputs: Inputs, v: Inputs | null = null, create_graph = false, strict = false) => {
    const xs = free(requireTensors("vjp", "inputs", inputs), create_graph);
    const [out, pull] = pulledBack(checked("vjp", fn, strict), ...xs);
    const single = out instanceof Tensor;
    const cotangents = vectors(v, single ? [out] : [...out], single, OF_RESULT);
    return Tuple.of_([out, like(inputs, [...pull(...(single ? cotangents : [Tuple.of_(cotangents)]))])]);
  },
);

/** The value and J·v. */
export const jvp = def(
  "torch.autograd.functional.jvp",
  "func inputs v create_graph strict",
  (fn: Fn, inputs: Inputs, v: Inputs | null = null, create_graph = false, strict = false) => {
    const xs = free(requireTensors("jvp", "inputs", inputs), create_graph);
    const directions = vectors(v, xs, inputs instanceof Tensor, OF_INPUT);
    // What the results depend on is seen by reverse mode only.
    const f = strict
      ? (...args: Tensor[]) => {
          enable_grad(() => checked("jvp", fn, true)(...args.map((t) => t.detach().requires_grad_())));
          return fn(...args);
        }
      : checked("jvp", fn, false);
    return func.jvp(f, xs, directions);
  },
);

/** Gradients of a scalar `fn` times `v`, differentiated: the Hessian's product with a vector. */
const product = (name: string) =>
  def(
    `torch.autograd.functional.${name}`,
    "func inputs v create_graph strict",
    (fn: Fn, inputs: Inputs, v: Inputs | null = null, create_graph = false, strict = false) => {
      const xs = free(requireTensors(name, "inputs", inputs), create_graph);
      const argnums = xs.map((_, i) => i);
      const directions = vectors(v, xs, inputs instanceof Tensor, OF_INPUT);
      const f = scalar(name, fn, strict);
      const [, pull] = pulledBack(func.grad(f, argnums), ...xs);
      return Tuple.of_([fn(...xs) as Tensor, like(inputs, [...pull(Tuple.of_(directions))])]);
    },
  );

/** The value and the Hessian times v. */
export const hvp = product("hvp");
/** The value and v times the Hessian. */
export const vhp = product("vhp");
