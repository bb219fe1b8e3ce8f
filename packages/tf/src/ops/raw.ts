import { bindArguments, namedTuple, parseSignature, type Signature, TypeError } from "@cognate/py";
import { defaultOf } from "../core/attrs.js";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import { op } from "../core/execute.js";
import { type ArgDef, type AttrDef, type OpDef, opDef } from "../core/op-def.js";
import { registered, rowTypes } from "../core/registry.js";
import type { Tensor } from "../shared.js";

/* TensorFlow's operations as its registry has them, called by the names of their inputs and attributes. */

/** What an operation gives: a tensor, a list, a named tuple of several outputs, or nothing. */
export type RawResult = Tensor | readonly (Tensor | readonly Tensor[])[] | null;
/** An operation: `raw_ops.TopKV2({ input, k: 2 })`. */
export type RawOp = (keywords: Readonly<Record<string, unknown>>) => RawResult;

/** Parameters that the public functions name otherwise than the registry does. */
const RENAMED: Readonly<Record<string, string>> = {
  reduction_indices: "axis",
  "ExpandDims.dim": "axis",
  "Squeeze.squeeze_dims": "axis",
  "Split.split_dim": "axis",
  "SplitV.split_dim": "axis",
  "Where.input": "condition",
  "Select.t": "x",
  "Select.e": "y",
};
/** Functions that TensorFlow hides behind ones of the same name, and so calls with an underscore. */
const HIDDEN = new Set(
  "Abs All Any Assert ClipByValue Complex FusedBatchNorm HistogramFixedWidth Max Min Pow Range Slice Sum".split(
    " ",
  ),
);

const snake = (type: string): string =>
  type
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/(\d)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();

interface Call {
  readonly def: OpDef;
  readonly name: string;
  readonly signature: Signature;
  /** Attributes that inputs do not decide: required ones, then those with defaults. */
  readonly attrs: readonly AttrDef[];
}

function callOf(type: string): Call {
  const def = opDef(type)!;
  const inferred = new Set(def.inputs.flatMap((a) => [a.typeAttr, a.numberAttr, a.typeListAttr]));
  const own = def.attrs.filter((a) => !inferred.has(a.name));
  const required = own.filter((a) => a.defaultText === null);
  const attrs = [...required, ...own.filter((a) => a.defaultText !== null)];
  const renamed = (name: string): string => RENAMED[`${type}.${name}`] ?? RENAMED[name] ?? name;
  const names = [...def.inputs, ...attrs].map((a) => renamed(a.name));
  const name = (HIDDEN.has(type) ? "_" : "") + snake(type);
  const text = [...names, "name"].join(" ");
  return { def, name, attrs, signature: parseSignature(name, text, def.inputs.length + required.length) };
}

function converted(a: AttrDef, x: unknown): unknown {
  if (a.kind !== "type") return x;
  return a.isList ? (x as readonly TypeLike[]).map(as_dtype) : as_dtype(x as TypeLike);
}

/** Outputs by their descriptions: one tensor each, or the list that an attribute counts. */
function grouped(
  call: Call,
  given: Readonly<Record<string, unknown>>,
  inputs: readonly unknown[],
  flat: readonly Tensor[],
) {
  const lengthOf = (out: ArgDef): number | null => {
    const attr = out.numberAttr ?? out.typeListAttr;
    if (!attr) return null;
    const set = given[attr];
    if (typeof set === "number") return set;
    if (Array.isArray(set)) return set.length;
    const from = call.def.inputs.findIndex((a) => (a.numberAttr ?? a.typeListAttr) === attr);
    return from < 0 ? flat.length : (inputs[from] as readonly unknown[]).length;
  };
  let k = 0;
  return call.def.outputs.map((out): Tensor | readonly Tensor[] => {
    const n = lengthOf(out);
    if (n === null) return flat[k++]!;
    const list = flat.slice(k, k + n);
    k += n;
    return list;
  });
}

function run(call: Call, args: readonly unknown[]): RawResult {
  const { def, attrs, signature, name } = call;
  const keywords = args[0];
  const alone = args.length === 1 && typeof keywords === "object" && keywords?.constructor === Object;
  if (args.length > 0 && !alone) {
    const keys = signature.parameters.map((p) => `'${p.name}'`).join(", ");
    throw new TypeError(
      `${name} only takes keyword args (possible keys: [${keys}]). Please pass these args as kwargs instead.`,
    );
  }
  const bound = bindArguments(signature, args);
  const n = def.inputs.length;
  const inputs = bound.slice(0, n);
  const given = Object.fromEntries(
    attrs.map((a, i) => [a.name, bound[n + i] === undefined ? defaultOf(a) : converted(a, bound[n + i])]),
  );
  const flat = op(def.name, inputs, given, (bound[n + attrs.length] ?? null) as string | null);
  const outputs = grouped(call, given, inputs, flat);
  if (outputs.length <= 1) return outputs[0] ?? null;
  return namedTuple<Record<string, unknown>>(
    def.name,
    def.outputs.map((o) => o.name),
  )._make(outputs) as unknown as readonly Tensor[];
}

const made = new Map<string, RawOp>();

/**
 * TensorFlow's operations under the registry's names (`tf.raw_ops`), with keywords alone: inputs, then attributes.
 *
 * @throws `TypeError` for arguments without a keyword, and for keywords that are missing or not known
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * print(tf.raw_ops.AddV2!({ x: [1, 2], y: [3, 4] })); // prints tf.Tensor([4 6], shape=(2,), dtype=int32)
 * ```
 */
export const raw_ops: Readonly<Record<string, RawOp>> = /* @__PURE__ */ new Proxy<Record<string, RawOp>>(
  {},
  {
    get(_, type) {
      if (typeof type !== "string") return undefined;
      let f = made.get(type);
      if (!f) {
        if (!registered(type)) return undefined;
        const call = callOf(type);
        f = ((...args: unknown[]) => run(call, args)) as RawOp;
        made.set(type, f);
      }
      return f;
    },
    has: (_, type) => registered(type as string) !== undefined,
    ownKeys: () => [...rowTypes()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  },
);
