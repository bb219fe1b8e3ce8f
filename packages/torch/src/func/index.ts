/**
 * `torch.func`: functions that take functions and give their derivatives or batched forms.
 *
 * @packageDocumentation
 */
import { def, RuntimeError, Tuple } from "@cognate/py";
import { grad as gradOf } from "../autograd/grad.js";
import { enable_grad } from "../autograd/grad-mode.js";
import { getField, type Owner, setField } from "../nn/module/fields.js";
import { zeros_like } from "../ops/creation.js";
import { stack } from "../ops/joining.js";
import { Tensor } from "../tensor/tensor.js";
import { type ArgNums, type Fn, pick } from "./arguments.js";
import { jacfwd } from "./forward.js";
import { basis, leavesOf, mapTree, settledTensor, type Tree, tracked, wantsAny } from "./tree.js";

/** Results that came out of a transform keep their history only where the inputs had one. */
const settled = (tree: Tree, keep: boolean): Tree => (keep ? tree : mapTree(tree, settledTensor));

const wantsGradient = (trees: readonly Tree[]): boolean => leavesOf(trees).some(wantsAny);

/** Gradients by `xs`; zeros where nothing depends on one. */
function gradients(ys: readonly Tensor[], xs: readonly Tensor[], gys: readonly Tensor[]): Tensor[] {
  const used = ys.flatMap((y, i) => (y.requires_grad ? [[y, gys[i]!] as const] : []));
  if (used.length === 0) return xs.map((x) => zeros_like(x));
  const gs = gradOf(
    used.map(([y]) => y),
    xs,
    used.map(([, g]) => g),
    { create_graph: true, allow_unused: true },
  );
  return [...gs].map((g, i) => (g as Tensor | null) ?? zeros_like(xs[i]!));
}

/** Calls `f` with the chosen arguments tracked; gives its value, those arguments, and how to give their gradients back. */
function traced(f: Fn, args: readonly unknown[], argnums: ArgNums) {
  const chosen = pick(args, argnums);
  const inputs = args.map((a, i) => (chosen.includes(i) ? mapTree(a, tracked) : a));
  const value = enable_grad(() => f(...inputs));
  const trees = chosen.map((i) => inputs[i]);
  const xs = leavesOf(trees);
  const shaped = (gs: readonly Tensor[]): Tree => {
    let i = 0;
    const all = trees.map((tree) => mapTree(tree, () => gs[i++]!));
    return typeof argnums === "number" ? all[0] : Tuple.of_(all);
  };
  return { value, xs, shaped, keep: wantsGradient(chosen.map((i) => args[i])) };
}

/** The value and, with `has_aux`, what came beside it. */
function withAux(name: string, value: unknown, has_aux: boolean): [Tensor, unknown] {
  const [y, aux] = has_aux ? (value as [Tensor, unknown]) : [value as Tensor, undefined];
  if (!(y instanceof Tensor))
    throw new RuntimeError(`Expected f(*args) to return a tensor, got unsupported type ${typeof y}`);
  if (y.ndim !== 0)
    throw new RuntimeError(
      `${name}: Expected f(*args) to return a scalar Tensor, got tensor with ${y.ndim} dims. Maybe you wanted to use the vjp or jacrev APIs instead?`,
    );
  return [y, aux];
}

/**
 * The gradient function of a function with a scalar result.
 *
 * @param argnums - by which argument, or arguments
 * @param has_aux - the function gives its value and something beside it
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const f = (x: torch.Tensor) => x.pow(3).sum();
 * print(torch.func.grad(f)(torch.tensor([1.5, 2])), torch.func.grad(torch.func.grad(f))(torch.tensor(2.5))); // prints tensor([ 6.7500, 12.0000]) tensor(15.)
 * ```
 */
export const grad = def(
  "torch.func.grad",
  "func argnums has_aux",
  (func: Fn, argnums: ArgNums = 0, has_aux = false) =>
    // biome-ignore lint/suspicious/noExplicitAny: what comes out has the structure of the arguments
    (...args: unknown[]): any => {
      const { value, xs, shaped, keep } = traced(func, args, argnums);
      const [y, aux] = withAux("grad_and_value(f)(*args)", value, has_aux);
      const gs = settled(shaped(gradients([y], xs, [y.detach().mul(0).add(1)])), keep);
      return has_aux ? Tuple.of_([gs, settled(aux, keep)]) : gs;
    },
);

/** {@link grad} together with the value. */
export const grad_and_value = def(
  "torch.func.grad_and_value",
  "func argnums has_aux",
  (func: Fn, argnums: ArgNums = 0, has_aux = false) =>
    // biome-ignore lint/suspicious/noExplicitAny: what comes out has the structure of the arguments
    (...args: unknown[]): any => {
      const { value, xs, shaped, keep } = traced(func, args, argnums);
      const [y, aux] = withAux("grad_and_value(f)(*args)", value, has_aux);
      const gs = settled(shaped(gradients([y], xs, [y.detach().mul(0).add(1)])), keep);
      const out = settled(y, keep);
      return Tuple.of_([gs, has_aux ? Tuple.of_([out, settled(aux, keep)]) : out]);
    },
);

/** The value of `func` at the inputs, and a function that multiplies a vector with the Jacobian from the left. */
export const vjp = def(
  "torch.func.vjp",
  "func ...primals * has_aux",
  (func: Fn, primals: readonly unknown[], has_aux = false) => {
    const all = primals.map((_, i) => i);
    const { value, xs, shaped, keep } = traced(func, primals, all);
    const [out, aux] = has_aux ? (value as [unknown, unknown]) : [value, undefined];
    const ys = leavesOf(out);
    // biome-ignore lint/suspicious/noExplicitAny: one gradient for each input
    const pull = (...cotangents: unknown[]): any =>
      settled(shaped(gradients(ys, xs, leavesOf(cotangents))), keep || wantsGradient(cotangents));
    const parts = [settled(out, keep), pull];
    // biome-ignore lint/suspicious/noExplicitAny: the value has the structure that the function gives
    return Tuple.of_<any>(has_aux ? [...parts, settled(aux, keep)] : parts);
  },
);

/**
 * The Jacobian of a function, row by row: the output's axes come first, then the input's.
 *
 * @param argnums - by which argument, or arguments
 * @param has_aux - the function gives its value and something beside it
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.func.jacrev((x: torch.Tensor) => x.pow(2))(torch.tensor([1.5, 2])));
 * // prints
 * // tensor([[3., 0.],
 * //         [0., 4.]])
 * ```
 */
export const jacrev = def(
  "torch.func.jacrev",
  "func argnums * has_aux chunk_size",
  (func: Fn, argnums: ArgNums = 0, has_aux = false, chunk_size: number | null = null) => {
    void chunk_size;
    // biome-ignore lint/suspicious/noExplicitAny: one matrix for each pair of outputs and inputs
    return (...args: unknown[]): any => {
      const { value, xs, shaped, keep } = traced(func, args, argnums);
      const [out, aux] = has_aux ? (value as [unknown, unknown]) : [value, undefined];
      const ys = leavesOf(out);
      const rows = ys.map((y) => byRows(y, xs));
      const jacobian = mapTree(out, (_, k) => shaped(rows[k]!));
      return has_aux ? Tuple.of_([settled(jacobian, keep), settled(aux, keep)]) : settled(jacobian, keep);
    };
  },
);

/** The derivatives of one output by all inputs, each with the output's axes first. */
function byRows(y: Tensor, xs: readonly Tensor[]): Tensor[] {
  const each = Array.from({ length: y.numel() }, (_, k) => gradients([y], xs, [basis(y.detach(), k)]));
  return xs.map((x, i) =>
    each.length === 0
      ? zeros_like(x)
          .reshape(-1)
          .narrow(0, 0, 0)
          .reshape([...y.shape, ...x.shape])
      : stack(each.map((gs) => gs[i]!)).reshape([...y.shape, ...x.shape]),
  );
}

export { jacfwd, jvp, linearize } from "./forward.js";

/** The second derivatives of a function. */
export const hessian = def("torch.func.hessian", "func argnums", (func: Fn, argnums: ArgNums = 0) =>
  jacfwd(jacrev(func, argnums), argnums),
);

export { vmap } from "./vmap.js";

/** A module called with other parameters and buffers, which are put back afterwards. */
export const functional_call = def(
  "torch.func.functional_call",
  "module parameter_and_buffer_dicts:dict args kwargs:dict * tie_weights strict",
  (
    module: Owner & { get_submodule(path: string): Owner },
    parameter_and_buffer_dicts:
      | Readonly<Record<string, Tensor>>
      | readonly Readonly<Record<string, Tensor>>[],
    args: unknown = [],
    kwargs: Readonly<Record<string, unknown>> | null = null,
    tie_weights = true,
    strict = false,
    // biome-ignore lint/suspicious/noExplicitAny: what a module gives
  ): any => {
    void [tie_weights, strict];
    const given = Array.isArray(parameter_and_buffer_dicts)
      ? Object.assign({}, ...(parameter_and_buffer_dicts as readonly object[]))
      : parameter_and_buffer_dicts;
    const before: [Owner, string, unknown][] = [];
    try {
      for (const [path, value] of Object.entries(given as Record<string, Tensor>)) {
        const dot = path.lastIndexOf(".");
        const owner = dot < 0 ? module : module.get_submodule(path.slice(0, dot));
        const name = path.slice(dot + 1);
        before.push([owner, name, getField(owner, name)]);
        setField(owner, name, value);
      }
      const list = Array.isArray(args) ? args : [args];
      const call = module as unknown as Fn;
      return kwargs ? call(...list, kwargs) : call(...list);
    } finally {
      for (const [owner, name, value] of before.reverse()) setField(owner, name, value);
    }
  },
);
