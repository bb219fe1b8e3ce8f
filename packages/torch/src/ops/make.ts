import {
  type DType,
  isInteger,
  type Scalar as KernelScalar,
  kindOf,
  type OpRow,
  ops,
  Strided,
} from "@cognate/kernel";
import { type Complex, type Def, def, RuntimeError } from "@cognate/py";
import { applyInPlace, call, type Input, Value } from "@cognate/tensor";
import { getDefault } from "../dtype.js";
import { inTorchWords } from "../errors.js";
import { canCast, numberType, type Operand, resultType, scalarName } from "../promotion.js";
import { tensorOf } from "../tensor/create.js";
import { type Scalar, Tensor, type TensorLike, wrap } from "../tensor/tensor.js";

/** Which types an op computes in: `float` takes integers to the default float first. */
export type Computes = "any" | "float";

const isNumber = (x: unknown): x is Scalar => !(x instanceof Tensor) && kindOf(x) !== undefined;

const scalarOf = (x: Scalar): KernelScalar =>
  typeof x === "boolean" ? Number(x) : x instanceof Number ? Number(x) : (x as number | bigint | Complex);

/** An argument as a value or, for a plain number, as it is. */
export function operandOf(x: TensorLike): Value | Scalar {
  if (x instanceof Tensor) return x._value;
  if (isNumber(x)) return x;
  return tensorOf(x, undefined);
}

const factsOf = (x: Value | Scalar): Operand =>
  x instanceof Value
    ? { dtype: x.dtype, level: x.shape.length > 0 ? "array" : "zero-dim" }
    : { dtype: numberType(kindOf(x)!), level: "number" };

/**
 * The arguments of an op in the one type that PyTorch's promotion gives them. Numbers stay numbers, unless nothing but
 * numbers is there.
 */
export function promote(
  args: readonly (Value | Scalar)[],
  computes: Computes = "any",
): { inputs: Input[]; type: DType } {
  let type = commonType(args) ?? resultType(args.map(factsOf));
  if (computes === "float" && (isInteger(type) || type.kind === "bool")) type = getDefault();
  const inputs = args.map((x) => {
    if (!(x instanceof Value)) return scalarOf(x);
    return x.dtype === type ? x : castValue(x, type);
  });
  return { inputs, type };
}

/** The type of arguments that all have one already. */
function commonType(args: readonly (Value | Scalar)[]): DType | undefined {
  const first = args[0];
  if (!(first instanceof Value)) return undefined;
  for (let i = 1; i < args.length; i++) {
    const x = args[i]!;
    if (!(x instanceof Value) || x.dtype !== first.dtype) return undefined;
  }
  return first.dtype;
}

/** `x` in another element type, on the tape. */
export const castValue = (x: Value, dtype: DType): Value =>
  x.dtype === dtype ? x : (x.cast({ dtype }) as Value);

/** A function of one tensor with an in-place twin and an `out` argument. */
export type Unary = Def<"input|x|a|x1 * out", (input: TensorLike, out?: Tensor | null) => Tensor>;
/** A function of two tensors with an in-place twin and an `out` argument. */
export type Binary = Def<
  "input|x|a|x1 other|x2 * out",
  (input: TensorLike, other: TensorLike, out?: Tensor | null) => Tensor
>;

/**
 * The result of a pointwise op: a fresh tensor, or written to `out` (which is resized), or over `self`.
 */
function deliver<P>(row: OpRow<P>, inputs: Input[], params: P, out: Tensor | null): Tensor {
  const y = call(row, inputs, params);
  markWeak(y, inputs);
  return out ? writeOut(out, y) : wrap(y);
}

/** Whole numbers computed from weak whole numbers are weak. */
export function markWeak(y: Value, inputs: readonly Input[]): void {
  if (y.dtype.kind !== "int") return;
  for (const x of inputs) if (x instanceof Value && !x.weak) return;
  y.weak = true;
}

/** Writes a result to an `out=` tensor: its type must be able to hold it, its shape follows. */
export function writeOut(out: Tensor, y: Value): Tensor {
  const target = out._value;
  if (!canCast(y.dtype, target.dtype))
    throw new RuntimeError(
      `result type ${scalarName(y.dtype)} can't be cast to the desired output type ${scalarName(target.dtype)}`,
    );
  if (target.requiresGrad || y.requiresGrad)
    throw new RuntimeError(
      "out=... arguments don't support automatic differentiation, but one of the arguments requires grad.",
    );
  return resizeAndCopy(out, y);
}

/** One input. */
export function unary<P = void>(name: string, row: OpRow<P>, computes: Computes = "any", params?: P): Unary {
  const run = (input: TensorLike, out: Tensor | null): Tensor => {
    const x = operandOf(input);
    const { inputs } = promote([x instanceof Value ? x : tensorOf(x, undefined)], computes);
    return deliver(row, inputs, params as P, out);
  };
  const d = def(
    `torch.${name}`,
    "input|x|a|x1 * out",
    (input: TensorLike, out: Tensor | null = null): Tensor => run(input, out),
  );
  return withInPlace(d, (self) => {
    const { inputs, type } = promote([self._value], computes);
    return overwrite(name, row, self, inputs, params as P, type);
  });
}

/** Two inputs that broadcast and promote. */
export function binary(name: string, row: OpRow<void>, computes: Computes = "any"): Binary {
  const d = def(
    `torch.${name}`,
    "input|x|a|x1 other|x2 * out",
    (input: TensorLike, other: TensorLike, out: Tensor | null = null): Tensor => {
      const { inputs } = promote([operandOf(input), operandOf(other)], computes);
      return deliver(row, arrayFirst(inputs), undefined, out);
    },
  );
  return withInPlace(d, (self, other: TensorLike) => {
    const { inputs, type } = promote([self._value, operandOf(other)], computes);
    return overwrite(name, row, self, inputs, undefined, type);
  });
}

/** Two numbers make a 0-d tensor of the first. */
const arrayFirst = (inputs: Input[]): Input[] =>
  inputs.some((x) => x instanceof Value) ? inputs : [tensorOf(inputs[0], undefined), ...inputs.slice(1)];

const IN_PLACE = new WeakMap<object, (self: Tensor, ...rest: never[]) => Tensor>();

/** What the in-place twin of a function does, if it has one. */
export const inPlaceOf = (d: object): ((self: Tensor, ...rest: never[]) => Tensor) | undefined =>
  IN_PLACE.get(d);

function withInPlace<D extends object>(d: D, f: (self: Tensor, ...rest: never[]) => Tensor): D {
  IN_PLACE.set(d, f);
  return d;
}

/** Writes an op's result over `self`, whose type must be able to hold it. */
function overwrite<P>(
  name: string,
  row: OpRow<P>,
  self: Tensor,
  inputs: Input[],
  params: P,
  type: DType,
): Tensor {
  const own = self._value.dtype;
  if (!canCast(type, own))
    throw new RuntimeError(
      `result type ${scalarName(type)} can't be cast to the desired output type ${scalarName(own)}`,
    );
  return inTorchWords(`${name}_`, () => {
    if (inputs[0] === self._value) applyInPlace(row, inputs, params);
    else applyInPlace(ops.assign, [self._value, call(row, inputs, params)], undefined);
    return self;
  });
}

/** Gives `out` the shape of `y` (PyTorch resizes, and warns where elements were there) and its numbers. */
export function resizeAndCopy(out: Tensor, y: Value): Tensor {
  const target = out._value;
  const same = target.shape.length === y.shape.length && y.shape.every((n, i) => n === target.shape[i]);
  if (!same) target.array = Strided.zeros(target.dtype, y.shape);
  applyInPlace(ops.assign, [target, y], undefined);
  return out;
}
