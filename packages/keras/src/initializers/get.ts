import { arrayOf, dtypeNamed } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { castValue, valueOf } from "../backend/create.js";
import { type DTypeLike, kernelType } from "../backend/dtype.js";
import { type Shape, shapesEqual, shapeText } from "../backend/shape.js";
import { type TensorLike, wrap } from "../backend/tensor.js";
import { setNamedInitializer } from "../backend/variable.js";
import {
  byBothNames,
  deserialized,
  type Registered,
  registerObjects,
  resolveObject,
  serialized,
} from "../object-registry.js";
import { Constant, Identity, Ones, Zeros } from "./constant.js";
import { Initializer, type InitializerImpl } from "./initializer.js";
import * as random from "./random.js";
import { STFT } from "./stft.js";

const CLASSES = [
  Initializer,
  Constant,
  Identity,
  Ones,
  STFT,
  Zeros,
  random.GlorotNormal,
  random.GlorotUniform,
  random.HeNormal,
  random.HeUniform,
  random.LecunNormal,
  random.LecunUniform,
  random.Orthogonal,
  random.RandomNormal,
  random.RandomUniform,
  random.TruncatedNormal,
  random.VarianceScaling,
] as const;

const OBJECTS: Readonly<Record<string, Registered>> = {
  ...byBothNames(CLASSES),
  IdentityInitializer: Identity,
  normal: random.RandomNormal,
  one: Ones,
  STFTInitializer: STFT,
  OrthogonalInitializer: random.Orthogonal,
  uniform: random.RandomUniform,
  zero: Zeros,
};
registerObjects("keras.initializers", OBJECTS);

/** A function of shape and element type that gives first values. */
export type InitializerFunction = (shape: Shape, dtype: string) => TensorLike;
/** An initializer, its name or config, a function of shape and type, or the values themselves. */
export type InitializerLike =
  | string
  | InitializerImpl
  | InitializerFunction
  | Exclude<TensorLike, number>
  | Readonly<Record<string, unknown>>;

/** The initializer that an argument stands for. @throws ValueError */
export function get(
  identifier: InitializerLike | null | undefined,
): InitializerImpl | InitializerFunction | null {
  if (arrayOf(identifier) !== undefined) return valuesOf(identifier as TensorLike);
  return resolveObject("initializer", OBJECTS, identifier) as InitializerImpl | null;
}

/** Given values as an initializer, for their own shape only. */
function valuesOf(values: TensorLike): InitializerFunction {
  const v = valueOf(values);
  return (shape: Shape, dtype: DTypeLike | null = null) => {
    if (!shapesEqual(shape, v.shape))
      throw new ValueError(
        `Expected \`shape\` to be ${shapeText(v.shape)} for direct tensor as initializer. Received shape=${shapeText(shape)}`,
      );
    return wrap(castValue(v, kernelType(dtype)));
  };
}

/** An initializer as files hold it. */
export const serialize = (initializer: unknown): unknown => serialized(initializer);

/** An initializer from what files hold. */
export const deserialize = (
  config: unknown,
  custom_objects: Readonly<Record<string, unknown>> | null = null,
): unknown => deserialized(config, OBJECTS, custom_objects);

setNamedInitializer((name) => {
  const made = get(name) as InitializerImpl;
  return (shape, dtype) => made.__call__(shape, dtypeNamed(dtype)!.name);
});
