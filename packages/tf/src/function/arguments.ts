import { className, isPlainObject, Tuple } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import type { Dims } from "../core/row.js";
import { dimsOf, dimsText } from "../graph/shape.js";
import type { DType, Tensor } from "../shared.js";
import { VariableImpl } from "../variable/variable.js";
import { TensorSpec } from "./specs.js";

/* Arguments of `tf.function`: their leaves, what a trace is known by, and which trace serves which call. */

/** What describes an argument that is a tensor. */
export type Spec = InstanceType<typeof TensorSpec>;

/** Parameter names in the text of a JavaScript function. */
export function parameterNames(f: Function): string[] {
  const text = Function.prototype.toString.call(f);
  const m =
    /^(?:async\s*)?(?:function\b[^(]*)?\(([^)]*)\)|^(?:async\s*)?([\w$]+)\s*=>|^[\w$]+\s*\(([^)]*)\)/.exec(
      text,
    );
  const list = m?.[1] ?? m?.[2] ?? m?.[3] ?? "";
  return list
    .split(",")
    .map(
      (w) =>
        w
          .trim()
          .replace(/^\.\.\.\s*/, "...")
          .split(/[=:\s]/)[0]!,
    )
    .filter((w) => /^(\.\.\.)?[\w$]+$/.test(w));
}

export interface Leaf {
  readonly tensor: Tensor | null;
  readonly value: unknown;
  readonly key: string;
  /** The key without lengths of axes. */
  readonly kind: string;
}
const identities = new WeakMap<object, number>();
let nextIdentity = 0;
function identityOf(x: object): number {
  let n = identities.get(x);
  if (n === undefined) identities.set(x, (n = nextIdentity++));
  return n;
}
const isArrayLike = (x: unknown): boolean =>
  ArrayBuffer.isView(x) ||
  (typeof x === "object" &&
    x !== null &&
    !(x instanceof TensorSpec) &&
    "dtype" in x &&
    "shape" in x &&
    !(x instanceof VariableImpl) &&
    typeof (x as { numpy?: unknown }).numpy !== "function");

/** What an argument counts as: tensors by type and shape, others by value. */
export function leafOf(x: unknown): Leaf {
  if (x instanceof VariableImpl) return plain(x, `v${identityOf(x)}`);
  if (isTensor(x) || isArrayLike(x)) {
    const t = toTensor(x);
    const kind = `t${t.dtype.name}`;
    return { tensor: t, value: x, key: `${kind}${dimsText(dimsOf(t.shape))}`, kind };
  }
  if (typeof x === "object" && x !== null && !(x instanceof Number)) return plain(x, `o${identityOf(x)}`);
  if (typeof x === "function") return plain(x, `f${identityOf(x)}`);
  return plain(x, `p${typeof x}${String(x)}`);
}
const plain = (value: unknown, key: string): Leaf => ({ tensor: null, value, key, kind: key });
const isLeafObject = (x: unknown): boolean => isTensor(x) || isArrayLike(x);
export function structureKey(x: unknown, leaves: Leaf[], part: "key" | "kind" = "key"): string {
  if (!isLeafObject(x) && Array.isArray(x)) return `[${x.map((v) => structureKey(v, leaves, part)).join()}]`;
  if (!isLeafObject(x) && isPlainObject(x))
    return `{${Object.entries(x)
      .map(([k, v]) => `${k}:${structureKey(v, leaves, part)}`)
      .join()}}`;
  const leaf = leafOf(x);
  leaves.push(leaf);
  return leaf[part];
}
/** Arguments with other leaves. */
export function withLeaves(x: unknown, next: () => unknown): unknown {
  if (!isLeafObject(x) && Array.isArray(x)) {
    const items = x.map((v) => withLeaves(v, next));
    return x instanceof Tuple ? Tuple.of_(items) : items;
  }
  if (!isLeafObject(x) && isPlainObject(x))
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, withLeaves(v, next)]));
  return next();
}
/** A tensor of its elements that are not zero, which is three tensors. */
const isSparse = (x: unknown): x is { indices: unknown; values: unknown; dense_shape: unknown } =>
  typeof x === "object" && x !== null && className(x.constructor) === "SparseTensor";

export const mapResult = (x: unknown, f: (leaf: unknown) => unknown): unknown => {
  if (x === null || x === undefined) return x ?? null;
  if (!isLeafObject(x) && !(x instanceof VariableImpl) && Array.isArray(x)) {
    const items = x.map((v) => mapResult(v, f));
    return x instanceof Tuple ? Tuple.of_(items) : items;
  }
  if (!isLeafObject(x) && isPlainObject(x))
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, mapResult(v, f)]));
  if (isSparse(x))
    return new (x.constructor as new (...parts: unknown[]) => unknown)(
      f(x.indices),
      f(x.values),
      f(x.dense_shape),
    );
  return f(x);
};

export const leavesOfArgs = (args: readonly unknown[]): Leaf[] => {
  const leaves: Leaf[] = [];
  structureKey(args, leaves);
  return leaves;
};
/** Names of the leaves: the parameter's, numbered past the first. */
export function flatNames(args: readonly unknown[], names: readonly string[]): string[] {
  const out: string[] = [];
  args.forEach((a, i) => {
    const last = names.length - 1;
    const rest = names[last]?.startsWith("...") && i >= last;
    const own = rest ? `${names[last]!.slice(3)}_${i - last}` : (names[i] ?? `args_${i}`);
    const n = leavesOfArgs([a]).length;
    for (let k = 0; k < n; k++) out.push(k === 0 ? own : `${own}_${k}`);
  });
  return out;
}

export const specOf = ({ tensor }: Leaf): Spec | null => {
  if (!tensor) return null;
  const dims: Dims = dimsOf(tensor.shape);
  return new TensorSpec(dims, tensor.dtype as DType);
};
/** Whether tensors of one description are such of another, too. */
export const covers = (wide: Spec | null, own: Spec | null): boolean =>
  wide === null || own === null || wide._dims === null
    ? (wide === null) === (own === null)
    : own._dims !== null &&
      wide._dims.length === own._dims.length &&
      wide._dims.every((d, i) => d === null || d === own._dims![i]);
/** What describes the tensors of both. */
export const common = (a: Spec, b: Spec | null): Spec => {
  const [p, q] = [a._dims, b?._dims ?? null];
  const dims = p && q && p.length === q.length ? p.map((d, i) => (d === q[i] ? d : null)) : null;
  return new TensorSpec(dims, a.dtype, a.name);
};
