import { arrayOf, dtypeNamed } from "@cognate/kernel";
import { className, isPlainObject, pyClass, repr, TypeError, type, ValueError } from "@cognate/py";
import { dtypePolicyName, setDTypePolicyName } from "../backend/config.js";
import { castValue, valueOf } from "../backend/create.js";
import { type DTypeLike, isFloatName, standardizeDType } from "../backend/dtype.js";
import { KerasTensor } from "../backend/keras-tensor.js";
import { Tensor, wrap } from "../backend/tensor.js";
import { Variable } from "../backend/variable.js";
import { symbolicOperations } from "../ops/make.js";

/** A policy, its name, its config, or an element type. */
export type DTypePolicyLike =
  | DTypePolicyImpl
  | DTypeLike
  | { readonly class_name: string; readonly config: object };

export class DTypePolicyImpl {
  private readonly _name: string;
  private readonly _types: readonly [compute: string, variable: string];

  /** @param shown - the name, where it says more than the types */
  constructor(name: string | null = null, shown: string | null = null) {
    const source = name ?? dtypePolicyName();
    this._name = shown ?? source;
    this._types = parseName(source);
  }

  get name(): string {
    return this._name;
  }
  /** The type in which layers compute. */
  get compute_dtype(): string {
    return this._types[0];
  }
  /** The type in which layers keep their weights. */
  get variable_dtype(): string {
    return this._types[1];
  }
  get quantization_mode(): string | null {
    return null;
  }

  /** An array as a tensor, floats in the type in which the layer computes; anything that is no array as it is. */
  convert_input(x: unknown, autocast: boolean, dtype: DTypeLike): unknown {
    const target = standardizeDType(dtype);
    if (x instanceof KerasTensor)
      return casts(x.dtype, autocast, target) ? symbolicOperations.get("Cast")!(x, target) : x;
    if (x instanceof Tensor) {
      if (!casts(x._type.name, autocast, target)) return x;
      return wrap(castValue(x._value, dtypeNamed(target)!));
    }
    if (!(x instanceof Variable) && arrayOf(x) === undefined) return x;
    const value = valueOf(x);
    return wrap(casts(value.dtype.name, autocast, target) ? castValue(value, dtypeNamed(target)!) : value);
  }

  get_config(): Record<string, unknown> {
    return { name: this.name };
  }
  static from_config(config: Readonly<Record<string, unknown>>): DTypePolicyImpl {
    return get(policyName(config));
  }
  eq(other: unknown): boolean {
    return other instanceof DTypePolicyImpl && other.name === this.name;
  }
  __repr__(): string {
    return `<${className(this.constructor)} "${this.name}">`;
  }
  toString(): string {
    return this.__repr__();
  }
}

const casts = (from: string, autocast: boolean, to: string): boolean =>
  autocast && isFloatName(from) && from !== to;

function parseName(name: unknown): [string, string] {
  if (typeof name !== "string")
    throw new TypeError(
      `'name' must be a string, such as 'mixed_float16'. Received: name=${repr(name)} (of type ${repr(type(name))})`,
    );
  if (name === "mixed_float16") return ["float16", "float32"];
  if (name === "mixed_bfloat16") return ["bfloat16", "float32"];
  try {
    const dtype = standardizeDType(name);
    return [dtype, dtype];
  } catch {
    throw new ValueError(
      `Cannot convert '${name}' to a mixed precision DTypePolicy. Valid policies include 'mixed_float16', 'mixed_bfloat16', and the name of any float dtype such as 'float32'.`,
    );
  }
}

/**
 * `keras.DTypePolicy`: in which type a layer computes and in which it keeps its weights, by a name such as `"float32"` or
 * `"mixed_float16"`.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const policy = keras.DTypePolicy("mixed_bfloat16");
 * print(policy, policy.compute_dtype, policy.variable_dtype);
 * // prints <DTypePolicy "mixed_bfloat16"> bfloat16 float32
 * ```
 */
export const DTypePolicy = pyClass(
  "keras.src.dtype_policies.dtype_policy.DTypePolicy",
  "name",
  DTypePolicyImpl,
);
export type DTypePolicy = DTypePolicyImpl;

/** The name of a policy that a config describes. */
export const policyName = (config: Readonly<Record<string, unknown>>): string =>
  (config.name as string | undefined) ?? `${config.mode}_from_${config.source_name}`;

/** The policy of layers that were given none (`keras.config.dtype_policy`). */
export const dtype_policy = (): DTypePolicy => DTypePolicy(dtypePolicyName());

let quantizedPolicy: (name: string) => DTypePolicyImpl | null = () => null;
/** Tells this file about policies of quantized layers, which are policies. */
export function setQuantizedPolicies(f: typeof quantizedPolicy): void {
  quantizedPolicy = f;
}

/** Sets the policy of layers that are given none. */
export function set_dtype_policy(policy: DTypePolicyLike): void {
  setDTypePolicyName(get(policy).name);
}

/** The policy that an argument names. @throws ValueError */
export function get(identifier: DTypePolicyLike | null | undefined): DTypePolicy {
  if (identifier === null || identifier === undefined) return dtype_policy();
  if (identifier instanceof DTypePolicyImpl) return identifier;
  if (typeof identifier === "string") return quantizedPolicy(identifier) ?? DTypePolicy(identifier);
  if (isPlainObject(identifier) && "class_name" in identifier)
    return get(policyName((identifier as { config: Readonly<Record<string, unknown>> }).config));
  try {
    return DTypePolicy(standardizeDType(identifier as DTypeLike));
  } catch {
    throw new ValueError(
      `Cannot interpret \`dtype\` argument. Expected a string or an instance of DTypePolicy. Received: dtype=${repr(identifier)}`,
    );
  }
}

/** The policy as files hold it. */
export const serialize = (policy: DTypePolicy): Record<string, unknown> => ({
  module: policy.quantization_mode === null ? "keras" : "keras.dtype_policies",
  class_name: className(policy.constructor),
  config: policy.get_config(),
  registered_name: null,
});
