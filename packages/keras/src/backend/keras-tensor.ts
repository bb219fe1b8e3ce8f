import { NotImplementedError, nameClass, repr, Tuple, TypeError, ValueError } from "@cognate/py";
import type { OperationImpl } from "../ops/operation.js";
import { type DTypeLike, standardizeDType } from "./dtype.js";
import { autoName } from "./global-state.js";
import type { Index } from "./indexing.js";
import { setElsewhere } from "./operators.js";
import { type Shape, type ShapeTuple, standardizeShape } from "./shape.js";
import type { TensorLike } from "./tensor.js";

/** Which call made a symbolic tensor. */
export interface KerasHistory {
  readonly operation: OperationImpl;
  readonly node_index: number;
  readonly tensor_index: number;
}

/**
 * A tensor without numbers: shape and element type of what a functional model will compute, and how.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const x = keras.Input([3]);
 * print(x.add(1).shape, x.dtype); // prints (None, 3) float32
 * ```
 */
export class KerasTensor {
  readonly shape: ShapeTuple;
  readonly dtype: string;
  readonly sparse = false;
  readonly ragged = false;
  readonly name: string;
  /** Whether calls on it are part of a model's graph; inside of a layer's `call` they are not. */
  readonly record_history: boolean;
  declare _keras_history: KerasHistory | undefined;
  declare _keras_mask: KerasTensor | undefined;
  declare _keras_logits: KerasTensor | undefined;

  constructor(
    shape: Shape,
    dtype: DTypeLike | null = "float32",
    name: string | null = null,
    record_history = true,
  ) {
    this.shape = standardizeShape(shape);
    this.dtype = standardizeDType(dtype);
    this.name = name ?? (record_history ? autoName("KerasTensor") : "keras_tensor");
    this.record_history = record_history;
  }

  get ndim(): number {
    return this.shape.length;
  }
  get size(): never {
    throw new ValueError("KerasTensor has no size.");
  }
  numpy(): never {
    throw new ValueError(
      "A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any actual numerical value. You cannot convert it to a NumPy array.",
    );
  }
  __bool__(): never {
    throw new TypeError("A symbolic KerasTensor cannot be used as a boolean.");
  }
  __float__(): never {
    throw new ValueError(
      "A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any actual numerical value. You cannot convert it to a float.",
    );
  }
  [Symbol.iterator](): never {
    throw new NotImplementedError("Iterating over a symbolic KerasTensor is not supported.");
  }
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new TypeError(
      "JavaScript's operators do not work on tensors: write a.add(b), a.sub(b), a.mul(b), a.neg(), a.lt(b), a.eq(b) …",
    );
  }
  __repr__(): string {
    return `<KerasTensor shape=${repr(this.shape)}, dtype=${this.dtype}, sparse=False, ragged=False, name=${this.name}>`;
  }
  toString(): string {
    return this.__repr__();
  }
}
nameClass("keras.src.backend.common.keras_tensor.KerasTensor", KerasTensor);

/** Operators, which are the operations of `keras.ops`. */
export interface KerasTensor extends SymbolicOperators {
  at(...index: readonly Index[]): KerasTensor;
}

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

/** What a symbolic tensor can be combined with. */
export type SymbolicLike = KerasTensor | TensorLike;

export type SymbolicOperators = {
  [K in BinaryName | `r${BinaryName}` | "eq" | "ne" | "lt" | "le" | "gt" | "ge"]: (
    other: SymbolicLike,
  ) => KerasTensor;
} & { [K in "neg" | "abs" | "invert"]: () => KerasTensor };

/** The operation behind each of Python's operators. */
const OPERATIONS: Readonly<Record<string, string>> = {
  add: "Add",
  sub: "Subtract",
  mul: "Multiply",
  div: "TrueDivide",
  floordiv: "FloorDivide",
  mod: "Mod",
  pow: "Power",
  matmul: "Matmul",
  and: "LogicalAnd",
  or: "LogicalOr",
  xor: "LogicalXor",
  eq: "Equal",
  ne: "NotEqual",
  lt: "Less",
  le: "LessEqual",
  gt: "Greater",
  ge: "GreaterEqual",
  neg: "Negative",
  abs: "Absolute",
  invert: "LogicalNot",
};
const COMPARISONS = ["eq", "ne", "lt", "le", "gt", "ge"];
const ALONE = ["neg", "abs", "invert"];

/** Gives symbolic tensors operators and indexing, which are calls of operations. */
export function installSymbolicOperators(
  call: (operation: string, ...args: readonly unknown[]) => KerasTensor,
): void {
  const define = (name: string, value: (this: KerasTensor, ...args: never[]) => KerasTensor): void => {
    Object.defineProperty(KerasTensor.prototype, name, { value, writable: true, configurable: true });
  };
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    if (ALONE.includes(name))
      define(name, function () {
        return call(operation, this);
      });
    else
      define(name, function (other) {
        return call(operation, this, other);
      });
    if (!ALONE.includes(name) && !COMPARISONS.includes(name))
      define(`r${name}`, function (other) {
        return call(operation, other, this);
      });
  }
  define("at", function (...index: readonly Index[]) {
    return call("GetItem", this, index.length === 1 ? index[0] : Tuple.of_([...index]));
  });
}

/** A symbolic tensor, or one with numbers. */
export const isSymbolic = (x: unknown): x is KerasTensor => x instanceof KerasTensor;

/** Whether there is a symbolic tensor among things and the lists and dicts in them. */
export function anySymbolic(things: Iterable<unknown>): boolean {
  for (const x of things) {
    if (typeof x !== "object" || x === null) continue;
    if (x instanceof KerasTensor) return true;
    if (Array.isArray(x)) {
      // A list of numbers holds no tensors further on.
      if (typeof x[0] !== "number" && anySymbolic(x)) return true;
    } else if (Object.getPrototypeOf(x) === Object.prototype && anySymbolic(Object.values(x))) return true;
  }
  return false;
}

setElsewhere((name, self, other) =>
  other instanceof KerasTensor
    ? (other as unknown as Record<string, (x: unknown) => unknown>)[name]!(self)
    : undefined,
);
