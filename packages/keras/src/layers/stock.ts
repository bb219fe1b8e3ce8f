import { isPlainObject } from "@cognate/py";
import {
  type Activation,
  type ActivationLike,
  get as activationOf,
  serialize as writeActivation,
} from "../activations/index.js";
import { KerasTensor } from "../backend/keras-tensor.js";
import type { Shape } from "../backend/shape.js";
import type { Variable } from "../backend/variable.js";
import type { CallArguments } from "../call-signature.js";
import {
  type ConstraintLike,
  get as constraintOf,
  serialize as writeConstraint,
} from "../constraints/index.js";
import { hide } from "../hide.js";
import {
  type InitializerLike,
  get as initializerOf,
  serialize as writeInitializer,
} from "../initializers/index.js";
import { deserialized, serialized } from "../object-registry.js";
import {
  type RegularizerLike,
  get as regularizerOf,
  serialize as writeRegularizer,
} from "../regularizers/index.js";
import * as tree from "../tree.js";
import { LayerImpl, type LayerOptions } from "./layer.js";
import { type LayerClass, layerClass } from "./make.js";

/*
 * What the library's own layers have in common: arguments that become fields by the kind that their names tell, a
 * configuration that is read off the fields again, and weights made from a layout.
 */

/** One weight: its axes by the names of their lengths (`"units"`, `"4*units"`, `"...kernel_size"`). */
export interface WeightSpec {
  readonly shape: readonly string[];
  /** The argument that says whether there is one. */
  readonly when?: string;
  /** The arguments' prefix, where it is not the weight's name: `depthwise` of `depthwise_initializer`. */
  readonly prefix?: string;
  readonly trainable?: boolean;
  /** Whether it is read in the type that the layer computes in; so by default. */
  readonly autocast?: boolean;
  /** Its initializer, where no argument names one. */
  readonly initializer?: string;
}
/** The weights of a layer in the order in which they are made. */
export type Layout = Readonly<Record<string, WeightSpec>>;
/** The lengths of a layout's axes. */
export type Sizes = Readonly<Record<string, number | readonly number[]>>;

const readConfig = (x: unknown): unknown =>
  isPlainObject(x) && "class_name" in x ? deserialized(x, {}, null) : x;
/** How an argument is read and written, by the end of its name. */
const KINDS: readonly (readonly [end: string, read: (x: never) => unknown, write: (x: never) => unknown])[] =
  [
    ["_initializer", initializerOf, writeInitializer],
    ["_regularizer", regularizerOf, writeRegularizer],
    ["_constraint", constraintOf, writeConstraint],
    ["activation", activationOf as (x: never) => unknown, writeActivation],
    ["quantization_config", readConfig, serialized],
  ];
const kindOf = (name: string) => KINDS.find(([end]) => name.endsWith(end));

/** A field as configurations hold it. */
function written(name: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const kind = kindOf(name);
  if (kind) return kind[2](value as never);
  return value instanceof LayerImpl ? serialized(value) : value;
}

const configNames = new WeakMap<object, readonly string[]>();

const lengthOf = (axis: string, sizes: Sizes): number | readonly number[] => {
  const [, times, name] = /^(?:(\d+)\*)?(\w+)$/.exec(axis.replace("...", ""))!;
  const n = sizes[name!] ?? Number(name);
  return times ? Number(times) * (n as number) : n;
};

/** The base of the library's own layers. */
export abstract class StockLayer extends LayerImpl {
  /** Takes arguments as fields: names of initializers and the like become objects. */
  _take(fields: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(fields)) {
      const kind = kindOf(name);
      if (name === "activity_regularizer") continue;
      const found = kind ? kind[1](value as never) : value;
      if (found instanceof LayerImpl || Array.isArray(found) || isPlainObject(found))
        (this as unknown as Record<string, unknown>)[name] = found;
      else hide(this, name, found);
    }
  }
  /** Makes the weights of a layout as fields of the same names. */
  _weights(layout: Layout, sizes: Sizes): void {
    const fields = this as unknown as Record<string, unknown>;
    for (const [name, spec] of Object.entries(layout)) {
      const { shape, when, prefix = name, trainable = true, autocast = true, initializer } = spec;
      const there = when === undefined || Boolean(fields[when]);
      hide(
        this,
        name,
        there
          ? this.add_weight({
              name,
              shape: shape.flatMap((axis) => lengthOf(axis, sizes)),
              initializer: (initializer ?? fields[`${prefix}_initializer`]) as InitializerLike,
              regularizer: (fields[`${prefix}_regularizer`] ?? null) as RegularizerLike | null,
              constraint: (fields[`${prefix}_constraint`] ?? null) as ConstraintLike | null,
              trainable,
              autocast,
            })
          : null,
      );
    }
  }
  override get_config(): Record<string, unknown> {
    const names = configNames.get((this.constructor as { prototype: object }).prototype) ?? inherited(this);
    const fields = this as unknown as Record<string, unknown>;
    return {
      ...super.get_config(),
      ...Object.fromEntries(names.map((name) => [name, written(name, fields[name])])),
      ...(fields.lora_rank ? { lora_rank: fields.lora_rank, lora_alpha: fields.lora_alpha } : {}),
    };
  }
}

/** The names that the nearest of the library's classes has. */
function inherited(layer: object): readonly string[] {
  for (
    let p = Object.getPrototypeOf(layer) as object | null;
    p;
    p = Object.getPrototypeOf(p) as object | null
  ) {
    const names = configNames.get(p);
    if (names) return names;
  }
  return [];
}

interface StockOptions {
  /** The parameters of `call`. */
  readonly call?: string;
  readonly build?: string;
  readonly compute_output_shape?: string;
  readonly exported?: string;
  readonly module?: string;
  /** The names in the configuration, where they are not those of the constructor's parameters. */
  readonly config?: string;
}

/** {@link layerClass} for the library's own layers. */
export function stock<C extends new (...args: never[]) => LayerImpl, const S extends string>(
  path: string,
  signature: S,
  C: C,
  { call = "inputs", config, ...methods }: StockOptions = {},
): LayerClass<C, S> {
  const names = (config ?? signature)
    .split(" ")
    .filter((w) => w && !w.startsWith("*") && !["name", "dtype"].includes(w));
  configNames.set(C.prototype as object, names);
  return layerClass(`keras.src.layers.${path}`, signature, C, { call, ...methods });
}

/** Layers of a kernel, a bias and an activation. */
export abstract class KernelLayer extends StockLayer {
  declare kernel: Variable;
  declare bias: Variable | null;
  declare readonly use_bias: boolean;
  declare readonly activation: Activation;
}

export type { Activation, ActivationLike, ConstraintLike, InitializerLike, LayerOptions, RegularizerLike };

/** Layers that only rearrange: the result has the type of the input, whatever the layer computes in. */
export abstract class ShapeLayer extends StockLayer {
  override _spec(call: CallArguments): unknown {
    const [x] = tree.flatten(call.args) as [KerasTensor];
    const shape = (this.compute_output_shape as (shape: unknown) => Shape)(x.shape);
    return new KerasTensor(shape, x.dtype, null, x.record_history);
  }
}
