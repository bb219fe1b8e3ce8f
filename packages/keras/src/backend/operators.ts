import {
  bool,
  broadcastTwo,
  type DType,
  float32,
  float64,
  int8,
  int16,
  isInteger,
  kindOf,
  type OpRow,
  ops,
  uint8,
  uint16,
} from "@cognate/kernel";
import { TypeError } from "@cognate/py";
import { type Input, Value } from "@cognate/tensor";
import { castValue, valueOf } from "./create.js";
import { fromKernel } from "./dtype.js";
import { cppName, InvalidArgumentError, reword } from "./errors.js";
import { run } from "./record.js";
import { Tensor, type TensorLike, wrap } from "./tensor.js";

/*
 * Python's operators on eager tensors, as TensorFlow has them: both sides have one element type already, or one side is
 * no tensor yet and takes the other's.
 */

/** What stands beside a tensor: a value of that type where Python's numbers and arrays can be one. */
function beside(other: TensorLike, type: DType): Value {
  if (other instanceof Tensor || other instanceof Value) return valueOf(other);
  const given = valueOf(other);
  const { dtype } = given;
  // Floats beside integers stay floats, which raises; everything else takes the tensor's type.
  if (dtype.kind === "float" && isInteger(type)) return given;
  return castValue(given, type);
}

/** Both in one type; whole numbers that JavaScript could not write as floats go along. */
function paired(op: string, a: Value, b: Value): [Value, Value] {
  if (a.dtype === b.dtype) return [a, b];
  if (a.weak && b.dtype.kind === "float") return [castValue(a, b.dtype), b];
  if (b.weak && a.dtype.kind === "float") return [a, castValue(b, a.dtype)];
  throw new InvalidArgumentError(
    `cannot compute ${op} as input #1(zero-based) was expected to be a ${cppName(a.dtype)} tensor but is a ${cppName(b.dtype)} tensor [Op:${op}] name: `,
  );
}

type Combine = (op: string, a: Value, b: Value) => Value;

const compute = (op: string, row: OpRow<never>, inputs: readonly Input[], params?: unknown): Value => {
  try {
    return run(row, inputs, params as never);
  } catch (e) {
    throw reword(e, op);
  }
};

const viaRow =
  (row: OpRow<never>): Combine =>
  (op, a, b) => {
    const [x, y] = paired(op, a, b);
    const z = compute(op, row, [x, y]);
    if (x.weak && y.weak && isInteger(z.dtype)) z.weak = true;
    return z;
  };

/** Division of integers gives floats. */
const divided: Combine = (_op, a, b) => {
  const alike = a.dtype === b.dtype || a.weak || b.weak;
  if (!alike)
    throw new TypeError(
      `\`x\` and \`y\` must have the same dtype, got ${fromKernel(a.dtype).__repr__()} != ${fromKernel(b.dtype).__repr__()}.`,
    );
  const [x, y] = paired("RealDiv", a, b);
  if (!isInteger(x.dtype)) return compute("RealDiv", ops.div as OpRow<never>, [x, y]);
  const narrow = [int8, int16, uint8, uint16].includes(x.dtype);
  const type = narrow || (x.weak && y.weak) ? float32 : float64;
  return compute("RealDiv", ops.div as OpRow<never>, [castValue(x, type), castValue(y, type)]);
};

/** Logical on bools, by bits on integers. */
const logical =
  (name: string, onBools: OpRow<never>, onBits: OpRow<never>): Combine =>
  (op, a, b) =>
    a.dtype === bool ? viaRow(onBools)(`Logical${name}`, a, b) : viaRow(onBits)(op, a, b);

/** Shapes that do not fit are unequal, not an error. */
const comparison =
  (row: OpRow<never>, unfit: boolean): Combine =>
  (op, a, b) =>
    broadcastTwo(a.shape, b.shape) ? viaRow(row)(op, a, b) : valueOf(unfit);

const row = (r: unknown): OpRow<never> => r as OpRow<never>;

const BINARY: Readonly<Record<string, readonly [op: string, combine: Combine]>> = {
  add: ["AddV2", viaRow(row(ops.add))],
  sub: ["Sub", viaRow(row(ops.sub))],
  mul: ["Mul", viaRow(row(ops.mul))],
  div: ["RealDiv", divided],
  floordiv: ["FloorDiv", viaRow(row(ops.floorDiv))],
  mod: ["FloorMod", viaRow(row(ops.mod))],
  pow: ["Pow", viaRow(row(ops.pow))],
  matmul: ["MatMul", viaRow(row(ops.matmul))],
  and: ["BitwiseAnd", logical("And", row(ops.logicalAnd), row(ops.bitwiseAnd))],
  or: ["BitwiseOr", logical("Or", row(ops.logicalOr), row(ops.bitwiseOr))],
  xor: ["BitwiseXor", logical("Xor", row(ops.logicalXor), row(ops.bitwiseXor))],
};

const COMPARISONS: typeof BINARY = {
  eq: ["Equal", comparison(row(ops.eq), false)],
  ne: ["NotEqual", comparison(row(ops.ne), true)],
  lt: ["Less", viaRow(row(ops.lt))],
  le: ["LessEqual", viaRow(row(ops.le))],
  gt: ["Greater", viaRow(row(ops.gt))],
  ge: ["GreaterEqual", viaRow(row(ops.ge))],
};

type BinaryName =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "floordiv"
  | "mod"
  | "pow"
  | "matmul"
  | "and"
  | "or"
  | "xor";

/** Python's operators on tensors; `rsub` and its like have the sides exchanged. */
export type OperatorMethods = {
  [K in BinaryName | `r${BinaryName}`]: (other: TensorLike) => Tensor;
} & {
  [K in "lt" | "le" | "gt" | "ge"]: (other: TensorLike) => Tensor;
} & {
  [K in "eq" | "ne"]: (other: TensorLike | null) => Tensor;
} & { [K in "neg" | "pos" | "abs" | "invert"]: () => Tensor };

/** Lets an operand that is no number yet (a symbolic tensor) compute instead. */
export type Elsewhere = (name: string, self: Tensor, other: unknown) => unknown;
let elsewhere: Elsewhere = () => undefined;
export function setElsewhere(f: Elsewhere): void {
  elsewhere = f;
}

/** An operator of two sides by its name; the left one decides what a side that is no tensor becomes. */
export function operate(name: string, a: Value, other: TensorLike, reflected: boolean): Tensor {
  const [op, combine] = (BINARY[name] ?? COMPARISONS[name])!;
  const b = beside(other, a.dtype);
  return wrap(reflected ? combine(op, b, a) : combine(op, a, b));
}

function method(name: string, reflected: boolean) {
  const mirror = reflected ? name : `r${name}`;
  return function (this: Tensor, other: TensorLike): unknown {
    const there = elsewhere(mirror, this, other);
    return there ?? operate(name, this._value, other, reflected);
  };
}

/** The methods by name, for classes whose `_value` is a value. */
export const operatorMethods: Readonly<Record<string, Function>> = {
  ...Object.fromEntries(
    Object.keys(BINARY).flatMap((name) => [
      [name, method(name, false)],
      [`r${name}`, method(name, true)],
    ]),
  ),
  ...Object.fromEntries(
    Object.keys(COMPARISONS).map((name) => [
      name,
      function (this: Tensor, other: TensorLike | null): unknown {
        if (other === null || other === undefined) return name === "ne";
        return elsewhere(MIRRORED[name]!, this, other) ?? operate(name, this._value, other, false);
      },
    ]),
  ),
  neg(this: Tensor) {
    return wrap(compute("Neg", row(ops.neg), [this._value]));
  },
  pos(this: Tensor) {
    return this;
  },
  abs(this: Tensor) {
    return wrap(compute("Abs", row(ops.abs), [this._value]));
  },
  invert(this: Tensor) {
    const { dtype } = this._value;
    if (dtype === bool) return wrap(compute("LogicalNot", row(ops.logicalNot), [this._value]));
    return wrap(compute("Invert", row(ops.bitwiseNot), [this._value]));
  },
};

const MIRRORED: Readonly<Record<string, string>> = {
  eq: "eq",
  ne: "ne",
  lt: "gt",
  le: "ge",
  gt: "lt",
  ge: "le",
};

/** Whether a thing is a plain number. */
export const isNumber = (x: unknown): boolean => kindOf(x) !== undefined;
