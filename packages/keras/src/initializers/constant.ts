import { dtypeNamed } from "@cognate/kernel";
import { asFloat, pyClass, repr, ValueError } from "@cognate/py";
import { valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { serialized } from "../object-registry.js";
import { eye, ones, zeros } from "../ops/numpy/creation.js";
import { multiply } from "../ops/numpy/elementwise.js";
import { InitializerImpl } from "./initializer.js";

const PATH = "keras.src.initializers.constant_initializers";

type Lengths = readonly number[];

/** A number in a type, whatever the other factor is. */
const typed = (x: TensorLike, dtype: string): Tensor => wrap(valueOf(x, dtypeNamed(dtype)!));

class ConstantImpl extends InitializerImpl {
  readonly value: TensorLike;
  constructor(value: TensorLike = 0) {
    super();
    this.value = value;
  }
  override _make(shape: Lengths, dtype: string): Tensor {
    return multiply.impl(typed(this.value, dtype), ones.impl(shape, dtype));
  }
  override get_config(): Record<string, unknown> {
    const { value } = this;
    return { value: typeof value === "number" ? asFloat(value) : serialized(value) };
  }
}
/** `keras.initializers.Constant`: one value everywhere. */
export const Constant = pyClass(`${PATH}.Constant`, "value", ConstantImpl);
export type Constant = ConstantImpl;

class ZerosImpl extends InitializerImpl {
  override _make(shape: Lengths, dtype: string): Tensor {
    return zeros.impl(shape, dtype);
  }
}
/** `keras.initializers.Zeros`: zeros. */
export const Zeros = pyClass(`${PATH}.Zeros`, "", ZerosImpl);
export type Zeros = ZerosImpl;

class OnesImpl extends InitializerImpl {
  override _make(shape: Lengths, dtype: string): Tensor {
    return ones.impl(shape, dtype);
  }
}
/** `keras.initializers.Ones`: ones. */
export const Ones = pyClass(`${PATH}.Ones`, "", OnesImpl);
export type Ones = OnesImpl;

class IdentityImpl extends InitializerImpl {
  readonly gain: number;
  constructor(gain = 1) {
    super();
    this.gain = gain;
  }
  override _make(shape: Lengths, dtype: string): Tensor {
    if (shape.length !== 2)
      throw new ValueError(
        `Identity matrix initializer can only be used for 2D matrices. Received: shape=${repr(shape)} of rank ${shape.length}.`,
      );
    return multiply.impl(typed(this.gain, dtype), eye.impl(shape[0]!, shape[1]!, 0, dtype));
  }
}
/** `keras.initializers.Identity`: `gain` on the diagonal of a matrix, 0 elsewhere. */
export const Identity = pyClass(`${PATH}.Identity`, "gain", IdentityImpl);
export type Identity = IdentityImpl;
