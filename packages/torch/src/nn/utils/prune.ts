/** `torch.nn.utils.prune`: weights of which some are held at 0 by a mask. */
import { def, TypeError, ValueError } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import type { RemovableHandle } from "../../autograd/hooks.js";
import { vector_norm } from "../../linalg/norms.js";
import { ones_like } from "../../ops/creation.js";
import { cat } from "../../ops/joining.js";
import { rand } from "../../random/factories.js";
import type { Tensor } from "../../tensor/tensor.js";
import { deleteField, getField, hasField, setField } from "../module/fields.js";
import type { ModuleImpl } from "../module.js";
import type { Parameter } from "../parameter.js";

type Amount = number | Number;
type Scores = Tensor | null;

/** The mask of a weight, of which `before` says what is pruned already and `scores` what matters. */
type Method = (scores: Tensor, before: Tensor, weight: Tensor) => Tensor;

const hooks = new WeakMap<ModuleImpl, Map<string, RemovableHandle>>();

const tensorOf = (module: ModuleImpl, name: string): Tensor => getField(module, name) as Tensor;
const isWhole = (amount: Amount): boolean => typeof amount === "number" && Number.isInteger(amount);

function checkAmount(amount: Amount): void {
  const a = Number(amount);
  if (Number.isNaN(a))
    throw new TypeError(`Invalid type for amount: ${String(amount)}. Must be int or float.`);
  if (isWhole(amount) ? a < 0 : a < 0 || a > 1)
    throw new ValueError(
      `amount=${String(amount)} should either be a float in the range [0, 1] or a non-negative integer`,
    );
}

/** How many of `n` an amount means: so many, or that part. Python rounds halves to even. */
function countOf(amount: Amount, n: number): number {
  const a = Number(amount);
  if (isWhole(amount)) {
    if (a > n)
      throw new ValueError(`amount=${a} should be smaller than the number of parameters to prune=${n}`);
    return a;
  }
  const x = a * n;
  const down = Math.floor(x);
  return x - down === 0.5 ? down + (down % 2) : Math.round(x);
}

/** Multiplies a parameter with a mask from now on. */
function install<M extends ModuleImpl>(module: M, name: string, method: Method, scores: Scores): M {
  if (scores && String(scores.shape) !== String(tensorOf(module, name).shape))
    throw new ValueError(
      `importance_scores should have the same shape as parameter                 ${name} of ${String(module)}`,
    );
  const pruned = hasField(module, `${name}_mask`);
  const original = pruned ? tensorOf(module, `${name}_orig`) : tensorOf(module, name);
  const importance = scores ?? tensorOf(module, name);
  const before = pruned ? tensorOf(module, `${name}_mask`) : ones_like(original.detach());
  const mask = noGrad(() => method(importance.detach(), before, original.detach()).to(original.dtype));
  if (!pruned) {
    deleteField(module, name);
    module.register_parameter(`${name}_orig`, original as Parameter);
    module.register_buffer(`${name}_mask`, mask);
    const handle = module.register_forward_pre_hook(() => {
      setField(module, name, masked(module, name));
    });
    const all = hooks.get(module) ?? new Map<string, RemovableHandle>();
    hooks.set(module, all.set(name, handle));
  } else setField(module, `${name}_mask`, mask);
  setField(module, name, masked(module, name));
  return module;
}

const masked = (module: ModuleImpl, name: string): Tensor =>
  tensorOf(module, `${name}_mask`).mul(tensorOf(module, `${name}_orig`));

/** Prunes the numbers for which `order` is least, among those that are not pruned yet. */
const least =
  (amount: Amount, order: (scores: Tensor) => Tensor): Method =>
  (scores, before) => {
    const kept = before.reshape(-1).eq(1);
    const mask = before.reshape(-1).clone();
    const places = kept.nonzero().reshape(-1);
    const count = countOf(amount, places.numel());
    if (count === 0) return before.clone();
    const values = order(scores.reshape(-1).at(kept));
    const drop = values.topk(count, { largest: false }).indices;
    return mask.index_fill_(0, places.index_select(0, drop), 0).view(...before.shape);
  };

/** Prunes nothing, but has the mask. */
export const identity = def(
  "torch.nn.utils.prune.identity",
  "module name",
  <M extends ModuleImpl>(module: M, name: string): M =>
    install(module, name, (_s, before) => before.clone(), null),
);

/** Prunes so many numbers (or that part of them) at random. */
export const random_unstructured = def(
  "torch.nn.utils.prune.random_unstructured",
  "module name amount",
  <M extends ModuleImpl>(module: M, name: string, amount: Amount): M => {
    checkAmount(amount);
    return install(
      module,
      name,
      least(amount, (s) => rand(s.shape, { dtype: s.dtype }).neg()),
      null,
    );
  },
);

/** Prunes so many numbers (or that part of them) of least magnitude. */
export const l1_unstructured = def(
  "torch.nn.utils.prune.l1_unstructured",
  "module name amount importance_scores",
  <M extends ModuleImpl>(module: M, name: string, amount: Amount, importance_scores: Scores = null): M => {
    checkAmount(amount);
    return install(
      module,
      name,
      least(amount, (s) => s.abs()),
      importance_scores,
    );
  },
);

/** Whether any number of each slice along an axis is left. */
const left = (before: Tensor, dim: number): Tensor =>
  before
    .transpose(0, dim)
    .reshape(before.shape.at(dim) as number, -1)
    .sum(1)
    .ne(0);

/** A mask of whole slices along an axis. */
function slices(keep: Tensor, before: Tensor, dim: number): Tensor {
  const shape = Array.from(before.shape, (_, i) => (i === (dim < 0 ? dim + before.ndim : dim) ? -1 : 1));
  return before.mul(keep.to(before.dtype).view(...shape));
}

/** Prunes whole slices along an axis for which `order` is least. */
const leastSlices =
  (amount: Amount, dim: number, order: (scores: Tensor) => Tensor): Method =>
  (scores, before, weight) => {
    if (weight.ndim <= 1)
      throw new ValueError(
        `Structured pruning can only be applied to multidimensional tensors. Found tensor of shape ${String(weight.shape)} with ${weight.ndim} dims`,
      );
    const open = left(before, dim).nonzero().reshape(-1);
    const count = countOf(amount, open.numel());
    if (count === 0) return before.clone();
    const values = order(scores.index_select(dim, open));
    const drop = open.index_select(0, values.topk(count, { largest: false }).indices);
    const keep = left(before, dim).to(before.dtype).index_fill_(0, drop, 0);
    return slices(keep, before, dim);
  };

/** Prunes so many slices along an axis (or that part of them) at random. */
export const random_structured = def(
  "torch.nn.utils.prune.random_structured",
  "module name amount dim",
  <M extends ModuleImpl>(module: M, name: string, amount: Amount, dim: number): M => {
    checkAmount(amount);
    return install(
      module,
      name,
      leastSlices(amount, dim, (s) => rand(s.shape.at(dim) as number)),
      null,
    );
  },
);

/** Prunes so many slices along an axis (or that part of them) of least n-norm. */
export const ln_structured = def(
  "torch.nn.utils.prune.ln_structured",
  "module name amount n dim importance_scores",
  <M extends ModuleImpl>(
    module: M,
    name: string,
    amount: Amount,
    n: number | Number,
    dim: number,
    importance_scores: Scores = null,
  ): M => {
    checkAmount(amount);
    const norms = (s: Tensor): Tensor => {
      const own = dim < 0 ? dim + s.ndim : dim;
      const others = [...s.shape.keys()].filter((d) => d !== own);
      return vector_norm(s, Number(n), others as never);
    };
    return install(module, name, leastSlices(amount, dim, norms), importance_scores);
  },
);

/** Multiplies with a mask that is given. */
export const custom_from_mask = def(
  "torch.nn.utils.prune.custom_from_mask",
  "module name mask",
  <M extends ModuleImpl>(module: M, name: string, mask: Tensor): M =>
    install(module, name, (_s, before) => before.mul(mask.to(before.dtype)), null),
);

type Target = readonly [module: ModuleImpl, name: string];

/**
 * Prunes the numbers of least magnitude (or at random) of several parameters taken together.
 *
 * @param pruning_method - one of this module's functions `l1_unstructured` or `random_unstructured`
 * @param keywords - `{ amount }`
 */
export function global_unstructured(
  parameters: Iterable<Target>,
  pruning_method: unknown,
  keywords: { readonly amount: Amount; readonly importance_scores?: ReadonlyMap<Target, Tensor> | null },
): void {
  const targets = [...parameters];
  const { amount } = keywords;
  if (pruning_method !== l1_unstructured && pruning_method !== random_unstructured)
    throw new TypeError(
      'Only "unstructured" PRUNING_TYPE supported for the `pruning_method`. Found method of type structured',
    );
  checkAmount(amount);
  const flat = (f: (t: Target) => Tensor): Tensor => cat(targets.map((t) => f(t).detach().reshape(-1)));
  const scores = flat(([module, name]) => tensorOf(module, name));
  const before = flat(([module, name]) =>
    hasField(module, `${name}_mask`)
      ? tensorOf(module, `${name}_mask`)
      : ones_like(tensorOf(module, name).detach()),
  );
  const order = (s: Tensor): Tensor =>
    pruning_method === l1_unstructured ? s.abs() : rand(s.shape, { dtype: s.dtype }).neg();
  const mask = noGrad(() => least(amount, order)(scores, before, scores));
  let at = 0;
  for (const [module, name] of targets) {
    const weight = tensorOf(module, name);
    custom_from_mask(module, name, mask.narrow(0, at, weight.numel()).view(...weight.shape));
    at += weight.numel();
  }
}

/** Makes what is pruned 0 for good and takes the mask away. @throws ValueError where nothing was pruned */
export const remove = def(
  "torch.nn.utils.prune.remove",
  "module name",
  <M extends ModuleImpl>(module: M, name: string): M => {
    const handle = hooks.get(module)?.get(name);
    if (!handle)
      throw new ValueError(
        `Parameter '${name}' of module ${String(module)} has to be pruned before pruning can be removed`,
      );
    const weight = noGrad(() => masked(module, name));
    const original = tensorOf(module, `${name}_orig`) as Parameter;
    handle.remove();
    hooks.get(module)!.delete(name);
    for (const part of ["", "_orig", "_mask"]) deleteField(module, `${name}${part}`);
    original.data = weight;
    module.register_parameter(name, original);
    return module;
  },
);

/** Whether anything in a module or below it is pruned. */
export const is_pruned = def("torch.nn.utils.prune.is_pruned", "module", (module: ModuleImpl): boolean =>
  [...module.modules()].some((m) => (hooks.get(m)?.size ?? 0) > 0),
);
