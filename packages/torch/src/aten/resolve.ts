import { RuntimeError } from "@cognate/py";
import * as fft from "../fft/index.js";
import * as linalg from "../linalg/index.js";
import * as F from "../nn/functional/index.js";
import * as functions from "../ops/functions.js";
import { rsub } from "../ops/operators.js";
import * as pointwise from "../ops/pointwise.js";
import { polar } from "../ops/polar.js";
import * as structure from "../ops/structure.js";
import * as random from "../random/functions.js";
import * as special from "../special.js";
import { tensor } from "../tensor/factories.js";
import { Tensor } from "../tensor/tensor.js";
import { ATTENTION } from "./attention.js";
import { LAYERS } from "./layers.js";
import { LOSSES } from "./losses.js";
import type { Operator, Operators } from "./operator.js";
import { REDUCTIONS } from "./reductions.js";
import { CONTAINERS, SCALARS } from "./scalars.js";
import { SHAPES } from "./shapes.js";
import { VISION } from "./vision.js";

type Callable = (...args: readonly unknown[]) => unknown;
type Namespace = Readonly<Record<string, unknown>>;

const OVERRIDES: Operators = { ...LOSSES, ...VISION, ...SHAPES, ...LAYERS, ...ATTENTION, ...REDUCTIONS };

/** PyTorch's root as far as it computes; then what only torch.nn.functional has. */
const NAMESPACES: readonly Namespace[] = [
  pointwise as Namespace,
  structure as Namespace,
  functions as Namespace,
  random as Namespace,
  { rsub, polar, tensor },
  F as unknown as Namespace,
];
const PREFIXED: Readonly<Record<string, Namespace>> = {
  fft: fft as Namespace,
  linalg: linalg as Namespace,
  special: special as Namespace,
};
const RENAMED: Readonly<Record<string, string>> = {
  __and__: "bitwise_and",
  __or__: "bitwise_or",
  __xor__: "bitwise_xor",
  __lshift__: "bitwise_left_shift",
  __rshift__: "bitwise_right_shift",
  __iand__: "bitwise_and_",
  __ior__: "bitwise_or_",
  __ixor__: "bitwise_xor_",
  floordiv: "floor_divide",
  truediv: "true_divide",
  mod: "remainder",
  _stack: "stack",
  _cat: "cat",
  _adaptive_avg_pool2d: "adaptive_avg_pool2d",
  _adaptive_avg_pool3d: "adaptive_avg_pool3d",
  _prelu_kernel: "prelu",
  _safe_softmax: "softmax",
};
/** What has no meaning here: everything is dense, in one memory, and laid out as it comes. */
const IGNORED: ReadonlySet<string> = new Set([
  "layout",
  "pin_memory",
  "memory_format",
  "device",
  "non_blocking",
]);
const FACTORIES = /^(zeros|ones|empty|full|rand|arange|linspace|logspace|eye|new_|scalar_tensor|tril_|triu_)/;

function without(name: string, keywords: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // What is not given natively is None; the functions here leave it out.
  return Object.fromEntries(
    Object.entries(keywords).filter(
      ([key, value]) => !IGNORED.has(key) && !(value === null && (key === "dtype" || FACTORIES.test(name))),
    ),
  );
}

const calling =
  (name: string, f: Callable): Operator =>
  (args, keywords = {}) => {
    const rest = without(name, keywords);
    return Object.keys(rest).length > 0 ? f(...args, rest) : f(...args);
  };

const methodCalling =
  (name: string): Operator =>
  (args, keywords = {}) => {
    const [self, ...others] = args as readonly [Record<string, Callable>, ...unknown[]];
    const member = self[name] as unknown;
    if (typeof member !== "function") return member;
    const rest = without(name, keywords);
    return Object.keys(rest).length > 0 ? self[name]!(...others, rest) : self[name]!(...others);
  };

const own = (space: Namespace, name: string): unknown =>
  Object.hasOwn(space, name) ? space[name] : undefined;

function find(name: string): Operator | undefined {
  const override = OVERRIDES[name];
  if (override) return (args, keywords = {}) => override(args, without(name, keywords));
  for (const space of NAMESPACES) {
    const f = own(space, name);
    if (typeof f === "function") return calling(name, f as Callable);
  }
  const [, prefix, rest] = /^([a-z]+)_(\w+)$/.exec(name) ?? [];
  const space = prefix !== undefined && Object.hasOwn(PREFIXED, prefix) ? PREFIXED[prefix] : undefined;
  const f = space && own(space, rest!);
  if (typeof f === "function") return calling(name, f as Callable);
  if (name in Tensor.prototype) return methodCalling(name);
  if (Object.hasOwn(RENAMED, name)) return find(RENAMED[name]!);
  return name.endsWith("_") && !name.endsWith("__") ? inPlace(name.slice(0, -1)) : undefined;
}

/** The in-place twin of an operator that has none of its own. */
function inPlace(name: string): Operator | undefined {
  const f = name === "" ? undefined : find(name);
  return f && ((args, keywords) => (args[0] as Tensor).copy_(f(args, keywords) as Tensor));
}

const found = new Map<string, Operator | undefined>();

/** The tensor operator of a native name (`conv2d`, `_softmax`, `add_`), or `undefined`. */
export function tensorOperator(name: string): Operator | undefined {
  if (!found.has(name)) found.set(name, find(name));
  return found.get(name);
}

const isTensor = (x: unknown): boolean => x instanceof Tensor;

/**
 * The operator of a native name for whatever arguments: the one of tensors where one is among them, else that of lists,
 * dicts, texts or numbers.
 */
export function operator(name: string): Operator | undefined {
  const container = Object.hasOwn(CONTAINERS, name) ? CONTAINERS[name] : undefined;
  const scalar = Object.hasOwn(SCALARS, name) ? SCALARS[name] : undefined;
  const tensors = tensorOperator(name);
  if (container)
    return (args, keywords) => {
      if (!isTensor(args[0])) return container(args, keywords);
      if (!tensors) throw new RuntimeError(`aten::${name} of tensors does not exist here`);
      return tensors(args, keywords);
    };
  if (!scalar) return tensors;
  if (!tensors) return scalar;
  return (args, keywords) => (args.some(isTensor) ? tensors : scalar)(args, keywords);
}
