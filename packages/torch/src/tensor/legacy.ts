import {
  bfloat16,
  bool,
  type DType,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  Strided,
  uint8,
} from "@cognate/kernel";
import { classNames } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { inTorchWords } from "../errors.js";
import { type Int, ints } from "../ops/args.js";
import { scalarName } from "../promotion.js";
import { Size } from "../size.js";
import { tensorOf } from "./create.js";
import { type Nested, Tensor as TensorClass, wrap } from "./tensor.js";

/** What the old constructors take: lengths, a size, or data. */
type LegacyArguments = readonly unknown[];

/** A tensor of lengths (numbers, a size), or of the data in a list. */
function construct(type: DType, args: LegacyArguments): TensorClass {
  const [first] = args;
  const data = args.length === 1 && typeof first === "object" && first !== null && !(first instanceof Size);
  if (data) return inTorchWords("new", () => wrap(tensorOf(first as Nested, type)));
  const shape = args.length === 0 ? [0] : first instanceof Size ? [...first] : ints(args as readonly Int[]);
  return wrap(new Value(Strided.zeros(type, shape)));
}

/** `torch.Tensor`: the class of all tensors, and the old constructor of float32 tensors. */
export interface TensorType {
  /** An uninitialised (zero) float32 tensor of these lengths. */
  (...size: number[]): TensorClass;
  /** A float32 tensor of data, or of a size. */
  (data: Nested): TensorClass;
  new (value: Value): TensorClass;
  new (...size: number[]): TensorClass;
  new (data: Nested): TensorClass;
  readonly prototype: TensorClass;
}

/** The class of tensors; called, PyTorch's old constructor, which makes float32. */
export const Tensor: TensorType = new Proxy(TensorClass, {
  apply: (_class, _self, args: LegacyArguments) => construct(float32, args),
  construct: (target, args: LegacyArguments, newTarget) => {
    if (args[0] instanceof Value || newTarget !== Tensor) return Reflect.construct(target, args, newTarget);
    return construct(float32, args);
  },
}) as unknown as TensorType;
export type Tensor = TensorClass;

Object.defineProperty(TensorClass.prototype, "constructor", {
  value: Tensor,
  writable: true,
  configurable: true,
});
classNames.set(TensorClass, "Tensor");
classNames.set(Tensor, "Tensor");

/** One of the old types such as `torch.FloatTensor`: makes tensors of its element type and knows them. */
export interface LegacyType {
  (...size: number[]): TensorClass;
  (data: Nested): TensorClass;
  new (...size: number[]): TensorClass;
  new (data: Nested): TensorClass;
}

function legacy(type: DType): LegacyType {
  const name = `${scalarName(type)}Tensor`;
  const make = function (...args: LegacyArguments): TensorClass {
    return construct(type, args);
  };
  Object.defineProperty(make, Symbol.hasInstance, {
    value: (x: unknown) => x instanceof TensorClass && x._value.dtype === type,
  });
  Object.defineProperty(make, "name", { value: name });
  classNames.set(make, `torch.${name}`);
  return make as unknown as LegacyType;
}

export const FloatTensor = legacy(float32);
export const DoubleTensor = legacy(float64);
export const HalfTensor = legacy(float16);
export const BFloat16Tensor = legacy(bfloat16);
export const LongTensor = legacy(int64);
export const IntTensor = legacy(int32);
export const ShortTensor = legacy(int16);
export const CharTensor = legacy(int8);
export const ByteTensor = legacy(uint8);
export const BoolTensor = legacy(bool);
