import { def, RuntimeError, Tuple } from "@cognate/py";
import { enterForward, exitForward, tangentOf, withoutTangent } from "@cognate/tensor";
import { dualOf } from "../autograd/forward_ad.js";
import { fromKernel } from "../dtype.js";
import { zeros_like } from "../ops/creation.js";
import { stack } from "../ops/joining.js";
import { Tensor, wrap } from "../tensor/tensor.js";
import { type ArgNums, type Fn, pick } from "./arguments.js";
import { basis, classOf, flatten, leavesOf, mapTree, type Tree, treeSpec } from "./tree.js";

const API = "jvp(f, primals, tangents)";

/** The value of a function and its derivative along a direction. */
interface Pushed {
  readonly value: Tree;
  readonly tangents: readonly Tensor[];
  readonly aux: unknown;
}

/** Runs `f` on dual tensors of a level of its own. */
function push(
  f: (duals: Tree) => unknown,
  primals: Tree,
  tangents: readonly Tensor[],
  { strict = false, has_aux = false } = {},
): Pushed {
  const level = enterForward();
  try {
    const result = f(mapTree(primals, (t, i) => dualOf(t, tangents[i]!, level)));
    if (has_aux && !(Array.isArray(result) && result.length === 2))
      throw new RuntimeError(
        `${API}: output of function f should be a tuple: (output, aux) if has_aux is True`,
      );
    const [out, aux] = has_aux ? (result as [unknown, unknown]) : [result, undefined];
    const stranger = flatten(out).find((y) => !(y instanceof Tensor));
    if (stranger !== undefined)
      throw new RuntimeError(
        `${API}: expected f(*primals) to return only tensors, got unsupported type ${classOf(stranger)}`,
      );
    const plain = (t: Tensor): Tensor => wrap(withoutTangent(t._value, level));
    const pushed = leavesOf(out).map((y) => {
      const t = tangentOf(y._value, level);
      if (!t && strict)
        throw new RuntimeError(
          `${API.slice(0, -1)}, strict=True): The output of f is independent of the inputs. This is not allowed with strict=True.`,
        );
      return t ? wrap(t) : zeros_like(y.detach());
    });
    return { value: mapTree(out, plain), tangents: pushed, aux: mapTree(aux, plain) };
  } finally {
    exitForward(level);
  }
}

function requireTensors(name: string, tree: Tree): void {
  const leaves = flatten(tree);
  const stranger = leaves.find((x) => !(x instanceof Tensor));
  if (stranger !== undefined)
    throw new RuntimeError(`${API}: Expected ${name} to only contain Tensors, got ${classOf(stranger)}`);
  if (leaves.length === 0) throw new RuntimeError(`${API}: Expected ${name} to contain at least one Tensor.`);
}

/**
 * The value at `primals` and the product of the Jacobian with `tangents`, by forward mode.
 *
 * @throws RuntimeError where primals and tangents differ in structure or shape
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const [y, dy] = torch.func.jvp((x: torch.Tensor) => x.pow(2), [torch.tensor([1.5, 2])], [torch.tensor([1, 10.5])]);
 * print(y, dy); // prints tensor([2.2500, 4.0000]) tensor([ 3., 42.])
 * ```
 */
export const jvp = def(
  "torch.func.jvp",
  "func primals tangents * strict has_aux",
  (func: Fn, primals: readonly unknown[], tangents: readonly unknown[], strict = false, has_aux = false) => {
    if (!Array.isArray(primals))
      throw new RuntimeError(
        `${API}: Expected primals to be a tuple. E.g. it should be valid to call f(*primals).`,
      );
    const [spec, other] = [treeSpec(primals), treeSpec(tangents)];
    if (spec !== other)
      throw new RuntimeError(
        `${API}: Expected primals and tangents to have the same python structure. For example, if primals is a tuple of 3 tensors, tangents also must be. Got primals with structure ${spec} and tangents with structure ${other}`,
      );
    requireTensors("primals", primals);
    requireTensors("tangents", tangents);
    const {
      value,
      tangents: pushed,
      aux,
    } = push((duals) => func(...(duals as unknown[])), primals, leavesOf(tangents), { strict, has_aux });
    const product = mapTree(value, (_, i) => pushed[i]!);
    // biome-ignore lint/suspicious/noExplicitAny: the value has the structure that the function gives
    return Tuple.of_<any>(has_aux ? [value, product, aux] : [value, product]);
  },
);

/**
 * The value of a function at `primals`, and the linear function of tangents that {@link jvp} is there.
 *
 * @throws RuntimeError for tangents of another structure, shape or dtype
 */
export const linearize = def(
  "torch.func.linearize",
  "func ...primals",
  (func: Fn, primals: readonly unknown[]) => {
    const output = func(...primals);
    const points = leavesOf(primals);
    // biome-ignore lint/suspicious/noExplicitAny: one tangent for each output
    const jvp_fn = (...tangents: unknown[]): any => {
      const [spec, other] = [treeSpec(tangents), treeSpec(primals)];
      if (spec !== other)
        throw new RuntimeError(
          `Expected the tangents ${spec} to have the same argspec as the primals ${other}`,
        );
      leavesOf(tangents).forEach((t, i) => {
        const p = points[i]!;
        const differs = (what: string, a: unknown, b: unknown): Error =>
          new RuntimeError(
            `tangent:${i} with ${what} ${a} in flattened pytree doesn't match the ${what} ${b} of the corresponding primal.`,
          );
        if (String(t.shape) !== String(p.shape)) throw differs("shape", t.shape, p.shape);
        if (t._value.dtype !== p._value.dtype)
          throw differs("dtype", fromKernel(t._value.dtype), fromKernel(p._value.dtype));
      });
      return jvp(func, primals, tangents)[1];
    };
    // biome-ignore lint/suspicious/noExplicitAny: the value has the structure that the function gives
    return Tuple.of_<any>([output, jvp_fn]);
  },
);

/**
 * The Jacobian of a function, column by column, by forward mode.
 *
 * @param argnums - by which argument, or arguments
 * @param has_aux - the function gives its value and something beside it
 */
export const jacfwd = def(
  "torch.func.jacfwd",
  "func argnums has_aux * randomness",
  (func: Fn, argnums: ArgNums = 0, has_aux = false, randomness = "error") => {
    void randomness;
    // biome-ignore lint/suspicious/noExplicitAny: one matrix for each pair of outputs and inputs
    return (...args: unknown[]): any => {
      const chosen = pick(args, argnums);
      const trees = chosen.map((i) => args[i]);
      const xs = leavesOf(trees);
      const call = (duals: Tree): unknown => {
        const all = [...args];
        chosen.forEach((at, i) => {
          all[at] = (duals as unknown[])[i];
        });
        return func(...all);
      };
      let first: Pushed | undefined;
      const along = (x: number, k: number): readonly Tensor[] => {
        const pushed = push(
          call,
          trees,
          xs.map((t, i) => (i === x ? basis(t.detach(), k) : zeros_like(t.detach()))),
          { has_aux },
        );
        first ??= pushed;
        return pushed.tangents;
      };
      // By input and element of it: one tangent for each output.
      const columns = xs.map((x, i) => Array.from({ length: x.numel() }, (_, k) => along(i, k)));
      first ??= push(
        call,
        trees,
        xs.map((t) => zeros_like(t.detach())),
        { has_aux },
      );
      const { value, aux } = first;
      const outs = leavesOf(value);
      const blocks = outs.map((y, o) =>
        xs.map((x, i) => {
          const own = columns[i]!.map((ts) => ts[o]!.reshape(-1));
          const shape = [...y.shape, ...x.shape];
          return own.length === 0 ? y.new_zeros(shape) : stack(own, 1).reshape(shape);
        }),
      );
      const jacobian = mapTree(value, (_, o) => {
        let i = 0;
        const shaped = trees.map((tree) => mapTree(tree, () => blocks[o]![i++]!));
        return typeof argnums === "number" ? shaped[0] : Tuple.of_(shaped);
      });
      return has_aux ? Tuple.of_([jacobian, aux]) : jacobian;
    };
  },
);
