import { NotImplementedError, Tuple } from "@cognate/py";
import { KerasTensor } from "../../backend/keras-tensor.js";
import type { Shape } from "../../backend/shape.js";
import { type CallSignature, signatureOfFunction } from "../../call-signature.js";
import { hide } from "../../hide.js";
import { deserialized, serialized } from "../../object-registry.js";
import { inferSpec } from "../../ops/infer.js";
import * as tree from "../../tree.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

type AnyFunction = (...args: never[]) => unknown;

export class LambdaImpl extends StockLayer {
  declare readonly function: AnyFunction;
  declare readonly mask: unknown;
  declare readonly arguments: Readonly<Record<string, unknown>>;
  declare readonly _output_shape: unknown;
  declare readonly _parameters: CallSignature;

  constructor(
    f: AnyFunction,
    output_shape: Shape | AnyFunction | null = null,
    mask: unknown = null,
    args: Readonly<Record<string, unknown>> | null = null,
    options: LayerOptions = {},
  ) {
    super(options);
    hide(this, "function", f);
    hide(this, "arguments", args ?? {});
    hide(this, "mask", mask);
    hide(this, "_output_shape", output_shape);
    hide(this, "_parameters", signatureOfFunction(f));
    this.supports_masking = mask !== null;
  }
  override call(inputs: unknown, mask: unknown = null, training: boolean | null = null): unknown {
    const keywords: Record<string, unknown> = { ...this.arguments };
    const { names, parameters } = this._parameters;
    if (names.includes("mask")) keywords.mask = mask;
    if (names.includes("training")) keywords.training = training;
    const positional = parameters.slice(1).map((p) => (p.keys === null ? keywords[p.name] : keywords));
    while (positional.length > 0 && positional[positional.length - 1] === undefined) positional.pop();
    return (this.function as (...args: unknown[]) => unknown)(inputs, ...positional);
  }
  override compute_output_shape(input_shape: unknown): unknown {
    const given = this._output_shape;
    if (given === null) {
      const x = tree.mapShapes((s) => new KerasTensor(s, this.compute_dtype, null, false), input_shape);
      try {
        const spec = inferSpec(({ args }) => this.call(args[0]), { args: [x], kwargs: {} });
        return tree.map((y: KerasTensor) => y.shape, spec);
      } catch {
        throw new NotImplementedError(
          "We could not automatically infer the shape of the Lambda's output. Please specify the `output_shape` argument for this Lambda layer.",
        );
      }
    }
    if (typeof given === "function") return (given as (s: unknown) => unknown)(input_shape);
    const first = (tree.isShape(input_shape) ? input_shape : tree.flatten(input_shape)) as readonly (
      | number
      | null
    )[];
    return tree.mapShapes((s) => Tuple.of_([first[0] ?? null, ...s]), given);
  }
  override compute_mask(inputs: unknown, mask: unknown = null): unknown {
    const own = this.mask;
    return typeof own === "function" ? (own as (x: unknown, m: unknown) => unknown)(inputs, mask) : own;
  }
  override get_config(): Record<string, unknown> {
    const shape = this._output_shape;
    return {
      ...super.get_config(),
      function: serialized(this.function),
      ...(shape === null ? {} : { output_shape: typeof shape === "function" ? serialized(shape) : shape }),
      ...(this.mask === null ? {} : { mask: serialized(this.mask) }),
      arguments: serialized(this.arguments),
    };
  }
  static override from_config(this: unknown, config: Readonly<Record<string, unknown>>): LambdaImpl {
    const { function: f, output_shape, mask, arguments: args, ...rest } = config;
    const C = this as new (...args: unknown[]) => LambdaImpl;
    const found = (x: unknown): unknown =>
      x !== null && typeof x === "object" && "class_name" in x ? deserialized(x) : x;
    return new C(found(f), found(output_shape) ?? null, found(mask) ?? null, found(args) ?? null, rest);
  }
}

/**
 * `keras.layers.Lambda`: a function as a layer.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const square = keras.layers.Lambda((x) => keras.ops.square(x));
 * print(square(keras.ops.convert_to_tensor([1.5, 3])).numpy()); // prints [2.25 9.  ]
 * ```
 */
export const Lambda = stock(
  "core.lambda_layer.Lambda",
  "function output_shape mask arguments:dict **kwargs",
  LambdaImpl,
  { call: "inputs mask? training?", config: "" },
);
export type Lambda = LambdaImpl;
