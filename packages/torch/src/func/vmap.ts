import { def, isPlainObject, RuntimeError, repr, Tuple, ValueError } from "@cognate/py";
import { insideMap, isMapped, markMapped } from "@cognate/tensor";
import { stack } from "../ops/joining.js";
import { default_generator } from "../random/generator.js";
import { inRandomness, type Randomness } from "../random/mapped.js";
import { Tensor } from "../tensor/tensor.js";
import type { Fn } from "./arguments.js";
import { classOf, flatten, leavesOf, mapTree, type Tree, treeSpec } from "./tree.js";

type Dim = number | null;
type Dims = Dim | readonly unknown[];

/** Dims as Python prints them: a list of arguments is a tuple there. */
const shown = (dims: unknown): string => repr(Array.isArray(dims) ? Tuple.of_(dims as unknown[]) : dims);
const nameOf = (f: Fn): string => f.name || "<lambda>";

/** A dim for every leaf of a structure, or `undefined` where the two do not fit. */
function dimsOf(dims: unknown, tree: Tree): Dim[] | undefined {
  if (dims === null || typeof dims === "number") return flatten(tree).map(() => dims);
  const children = (x: unknown): unknown[] | undefined =>
    Array.isArray(x) ? [...(x as unknown[])] : isPlainObject(x) ? Object.values(x as object) : undefined;
  const [own, parts] = [children(dims), children(tree)];
  if (!own || !parts || own.length !== parts.length) return undefined;
  const each = own.map((d, i) => dimsOf(d, parts[i]));
  return each.every((d) => d !== undefined) ? (each as Dim[][]).flat() : undefined;
}

interface Mapping {
  readonly size: number;
  /** The axis of each leaf that is mapped over, counted from the front. */
  readonly dims: readonly Dim[];
}

/** Which axes are mapped over. @throws ValueError as PyTorch words it */
function mappingOf(name: string, in_dims: Dims, args: readonly unknown[]): Mapping {
  const where = `vmap(${name}, in_dims=${shown(in_dims)}, ...)(<inputs>)`;
  if (typeof in_dims !== "number" && !Array.isArray(in_dims))
    throw new ValueError(
      `${where}: expected \`in_dims\` to be int or a (potentially nested) tuple matching the structure of inputs, got: ${classOf(in_dims)}.`,
    );
  if (args.length === 0)
    throw new ValueError(
      `vmap(${name})(<inputs>): got no inputs. Maybe you forgot to add inputs, or you are trying to vmap over a function with no inputs. The latter is unsupported.`,
    );
  const given = dimsOf(in_dims, args);
  if (!given)
    throw new ValueError(
      `${where}: in_dims is not compatible with the structure of \`inputs\`. in_dims has structure ${treeSpec(in_dims)} but inputs has structure ${treeSpec(args)}.`,
    );
  const sizes: number[] = [];
  const dims = flatten(args).map((x, i) => {
    const d = given[i]!;
    if (d === null) return null;
    if (!Number.isInteger(d))
      throw new ValueError(
        `${where}: Got in_dim=${d} for an input but in_dim must be either an integer dimension or None.`,
      );
    if (!(x instanceof Tensor))
      throw new ValueError(
        `${where}: Got in_dim=${d} for an input but the input is of type ${classOf(x)}. We cannot vmap over non-Tensor arguments, please use None as the respective in_dim`,
      );
    const rank = x.ndim;
    if (d < -rank || d >= rank)
      throw new ValueError(
        `${where}: Got in_dim=${d} for some input, but that input is a Tensor of dimensionality ${rank} so expected in_dim to satisfy -${rank} <= in_dim < ${rank}.`,
      );
    const axis = d < 0 ? d + rank : d;
    sizes.push(x.size(axis) as number);
    return axis;
  });
  if (sizes.length === 0) throw new ValueError("vmap: Expected at least one Tensor to vmap over");
  if (sizes.some((n) => n !== sizes[0]))
    throw new ValueError(
      `vmap: Expected all tensors to have the same size in the mapped dimension, got sizes [${sizes.join(", ")}] for the mapped dimension`,
    );
  return { size: sizes[0]!, dims };
}

/** The arguments of one call: slices of what is mapped over. */
function sliceOf(args: readonly unknown[], dims: readonly Dim[], k: number): unknown[] {
  let leaf = 0;
  const walk = (x: unknown): unknown => {
    if (x instanceof Tuple) return Tuple.of_([...x].map(walk));
    if (Array.isArray(x)) return x.map(walk);
    if (isPlainObject(x)) return Object.fromEntries(Object.entries(x).map(([key, v]) => [key, walk(v)]));
    const d = dims[leaf++]!;
    if (d === null) return x;
    const slice = (x as Tensor).select(d, k);
    markMapped(slice._value);
    return slice;
  };
  return args.map(walk);
}

/** The results for all examples; each starts from the same place of the stream if they are to draw the same. */
function mapWith(randomness: Randomness, size: number, f: (k: number) => Tree): Tree[] {
  return inRandomness(randomness, () => {
    const state = randomness === "same" ? default_generator.get_state() : null;
    return Array.from({ length: size }, (_, k) => {
      if (state && k > 0) default_generator.set_state(state);
      return f(k);
    });
  });
}

/** Results of all calls put together along `out_dims`. */
function joined(name: string, results: readonly Tree[], out_dims: Dims): Tree {
  const [first] = results;
  const stranger = flatten(first).find((y) => !(y instanceof Tensor));
  if (stranger !== undefined || first === undefined || first === null)
    throw new ValueError(
      `vmap(${name}, ...): \`${name}\` must only return Tensors, got type ${classOf(stranger ?? null)}. Did you mean to set out_dims= to None for output?`,
    );
  const dims =
    first instanceof Tensor && Array.isArray(out_dims) ? (out_dims as Dim[]) : dimsOf(out_dims, first);
  const each = results.map(leavesOf);
  if (!dims || dims.length !== each[0]!.length)
    throw new ValueError(
      `vmap(${name}, ..., out_dims=${shown(out_dims)})(<inputs>): out_dims is not compatible with the structure of \`outputs\`. out_dims has structure ${treeSpec(out_dims)} but outputs has structure ${treeSpec(first)}.`,
    );
  return mapTree(first, (y, i) => {
    const d = dims[i]!;
    if (d !== null)
      return stack(
        each.map((ts) => ts[i]!),
        d,
      );
    if (isMapped(y._value))
      throw new ValueError(
        `vmap(${name}, ...): \`${name}\` can not return a BatchedTensor when out_dim is None`,
      );
    return y;
  });
}

/**
 * A function of single examples as one of batches: the arguments are taken apart along `in_dims`, the results put together
 * along `out_dims`.
 *
 * @param in_dims - an axis for all arguments, or one each; `null` for what every call gets whole
 * @param randomness - whether random calls are refused ("error"), or give each example "different" or the "same" numbers
 * @throws ValueError for structures and sizes that do not fit; RuntimeError for `item()` of a mapped tensor
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const dots = torch.func.vmap((a: torch.Tensor, b: torch.Tensor) => torch.dot(a, b));
 * print(dots(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[1, 0], [0, 1]]))); // prints tensor([1, 4])
 * ```
 */
export const vmap = def(
  "torch.func.vmap",
  "func in_dims out_dims randomness * chunk_size",
  (
    func: Fn,
    in_dims: Dims = 0,
    out_dims: Dims = 0,
    randomness = "error",
    chunk_size: number | null = null,
  ) => {
    if (randomness !== "error" && randomness !== "different" && randomness !== "same")
      throw new RuntimeError(
        `Only allowed values for randomness are 'error', 'different', or 'same'. Got ${randomness}`,
      );
    if (chunk_size !== null && chunk_size <= 0)
      throw new ValueError(`vmap: chunk_size should be None or greater than 0. (got ${chunk_size})`);
    const name = nameOf(func);
    // biome-ignore lint/suspicious/noExplicitAny: what comes out has the structure that the function gives
    return (...args: unknown[]): any => {
      // Keywords beside arguments with dims of their own are mapped over their first axis.
      const keywords =
        Array.isArray(in_dims) && args.length === in_dims.length + 1 && isPlainObject(args[args.length - 1]);
      const { size, dims } = mappingOf(name, keywords ? [...(in_dims as unknown[]), 0] : in_dims, args);
      return insideMap(() => {
        const results = mapWith(randomness as Randomness, size, (k) => func(...sliceOf(args, dims, k)));
        return joined(name, results, out_dims);
      });
    };
  },
);
