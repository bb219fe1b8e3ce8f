import { type DType, isDiscrete, type Scalar as KernelScalar, kindOf } from "@cognate/kernel";
import type { Complex } from "@cognate/py";
import { OverflowError } from "@cognate/py";
import { type Input, Value } from "@cognate/tensor";
import { getDefault } from "../dtype.js";
import { numberType, type Operand, resultType, withNumber } from "../promotion.js";
import { tensorOf } from "../tensor/create.js";
import { type Scalar, Tensor, type TensorLike } from "../tensor/tensor.js";

/**
 * Which types an op computes in: `float` takes integers to the default float first, `floating` refuses them unless
 * they were written without a decimal point only because JavaScript has none.
 */
export type Computes = "any" | "float" | "floating";

const isNumber = (x: unknown): x is Scalar => !(x instanceof Tensor) && kindOf(x) !== undefined;

function scalarOf(x: Scalar): KernelScalar {
  if (typeof x === "boolean") return Number(x);
  if (x instanceof Number) return Number(x);
  if (typeof x === "bigint" && BigInt.asIntN(65, x) !== x) throw new OverflowError("int too big to convert");
  return x as number | bigint | Complex;
}

/** An argument as a value or, for a plain number, as it is. */
export function operandOf(x: TensorLike): Value | Scalar {
  if (x instanceof Tensor) return x._value;
  if (isNumber(x)) return x;
  return tensorOf(x, undefined);
}

/** An argument as a value; a plain number becomes 0-dimensional. */
export const valueOf = (x: TensorLike): Value => (x instanceof Tensor ? x._value : tensorOf(x, undefined));

const factsOf = (x: Value | Scalar): Operand =>
  x instanceof Value
    ? { dtype: x.dtype, level: x.shape.length > 0 ? "array" : "zero-dim" }
    : { dtype: numberType(kindOf(x)!), level: "number" };

/** `x` in another element type, on the tape. */
export const castValue = (x: Value, dtype: DType): Value =>
  x.dtype === dtype ? x : (x.cast({ dtype }) as Value);

/** The type that an op computes in, `type` being what promotion gives. */
function computedType(type: DType, computes: Computes, args: readonly (Value | Scalar)[]): DType {
  if (computes === "any" || !isDiscrete(type)) return type;
  if (computes === "float") return getDefault();
  return args.every((x) => !(x instanceof Value) || x.weak) ? getDefault() : type;
}

/** The type that promotion gives to the arguments of an op. */
export function commonType(args: readonly (Value | Scalar)[]): DType {
  const a = args[0]!;
  if (a instanceof Value) {
    if (args.length === 1) return a.dtype;
    if (args.length === 2) {
      const b = args[1]!;
      if (!(b instanceof Value)) return withNumber(a.dtype, kindOf(b)!);
      if (a.dtype === b.dtype) return a.dtype;
    }
  }
  return resultType(args.map(factsOf));
}

/**
 * The arguments of an op in the one type that PyTorch's promotion gives them. Numbers stay numbers, unless nothing but
 * numbers is there.
 */
export function promote(
  args: readonly (Value | Scalar)[],
  computes: Computes = "any",
): { inputs: Input[]; type: DType } {
  const type = computedType(commonType(args), computes, args);
  const inputs = new Array<Input>(args.length);
  let arrays = 0;
  for (let i = 0; i < args.length; i++) {
    const x = args[i]!;
    if (x instanceof Value) {
      inputs[i] = x.dtype === type ? x : castValue(x, type);
      arrays++;
    } else inputs[i] = scalarOf(x);
  }
  if (arrays === 0) {
    const first = tensorOf(args[0], type);
    first.weak = args.every((x) => typeof x === "number" && Number.isInteger(x));
    inputs[0] = first;
  }
  return { inputs, type };
}

/** Whole numbers computed from weak whole numbers are weak. */
export function markWeak(y: Value, inputs: readonly Input[]): void {
  if (y.dtype.kind !== "int") return;
  for (const x of inputs) if (x instanceof Value && !x.weak) return;
  y.weak = true;
}
