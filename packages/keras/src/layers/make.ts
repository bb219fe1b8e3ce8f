import { type Arguments, pyClass, shortName } from "@cognate/py";
import type { KerasTensor } from "../backend/keras-tensor.js";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import { declareParameters } from "../call-signature.js";
import { registerObjects } from "../object-registry.js";
import type { LayerImpl } from "./layer.js";

/** The fields that a user's layer or model gets by assignment, without declarations. */
export interface OpenFields {
  // biome-ignore lint/suspicious/noExplicitAny: fields are declared by assigning them, as in Python, so nothing is known of them
  [field: string]: any;
}

type Constructor = abstract new (...args: never[]) => object;

/** A class of layers: called or extended, and in what extends it any name may be a field. */
export type LayerClass<C extends Constructor, S extends string> = Pick<C, keyof C> & {
  (...args: Arguments<S, ConstructorParameters<C>>): InstanceType<C>;
  new (...args: Arguments<S, ConstructorParameters<C>>): InstanceType<C> & OpenFields;
  readonly __name__: string;
  /** The layer of a configuration. */
  from_config(config: Readonly<Record<string, unknown>>): InstanceType<C>;
};

/** What a layer takes besides its constructor's arguments. */
interface Methods {
  /** The parameters of `call`: `"inputs training? mask?"`. */
  readonly call?: string;
  /** The parameters of `build`, where it takes several shapes. */
  readonly build?: string;
  /** The parameters of `compute_output_shape`, where it takes several shapes. */
  readonly compute_output_shape?: string;
  /** The module that files have it under, if not `keras.layers`. */
  readonly module?: string;
  /** The name that files have it under, if not the class's. */
  readonly exported?: string;
}

/**
 * Makes a class of layers callable as in Python, with or without `new`, by position or by name, and known to files.
 *
 * @param path - the class's module and name in Keras: `keras.src.layers.core.dense.Dense`
 * @param signature - the constructor's parameters, the last one `**kwargs`
 * @param methods - the parameters of methods, as minifiers rename them
 */
export function layerClass<C extends new (...args: never[]) => LayerImpl, const S extends string>(
  path: string,
  signature: S,
  C: C,
  { module = "keras.layers", exported = shortName(path), ...methods }: Methods = {},
): LayerClass<C, S> {
  for (const [name, text] of Object.entries(methods)) {
    const f = (C.prototype as unknown as Record<string, unknown>)[name];
    if (typeof f === "function" && Object.hasOwn(C.prototype, name)) declareParameters(f, text);
  }
  const made = pyClass(path, signature, C) as unknown as LayerClass<C, S>;
  registerObjects(module, { [exported]: made as unknown as Function });
  return made;
}

/** What a layer gives: symbolic tensors for symbolic tensors, tensors for numbers. */
export interface LayerCall {
  (inputs: KerasTensor, ...rest: readonly unknown[]): KerasTensor;
  (inputs: readonly KerasTensor[], ...rest: readonly unknown[]): KerasTensor;
  (inputs: { readonly [key: string]: KerasTensor }, ...rest: readonly unknown[]): KerasTensor;
  (inputs: TensorLike, ...rest: readonly unknown[]): Tensor;
  (...args: readonly unknown[]): Tensor;
}
