import { castTo, type DType, type Strided, uint8 } from "@cognate/kernel";
import { LuaError } from "../errors.js";
import { writeArray } from "../tensor/elements.js";
import { SHAPE_METHODS } from "../tensor/shapes.js";
import { TensorImpl } from "../tensor/tensor.js";

/*
 * Torch7's functions take an optional tensor for the result in front of their operands. Two kinds differ in what a method
 * does: of `into` functions the object is the result (and the first operand where that is left out), so they work in
 * place; of `fresh` functions the object is the first operand.
 */

/** An operand: a tensor or a number. */
export type Operand = TensorImpl | number;
type Compute = (operands: readonly (Strided | number)[]) => Strided;
/** Which operands there may be, as a text of `t` (tensor) and `n` (number), and what is computed of them. */
export type Forms = Readonly<Record<string, Compute>>;

/** A function of `torch`, and the method of the same name. */
export type MathFunction = (
  ...args: readonly (Operand | readonly number[] | boolean | undefined)[]
) => TensorImpl;

const kindOf = (x: unknown): string =>
  x instanceof TensorImpl
    ? "t"
    : typeof x === "number" || x instanceof Number
      ? "n"
      : Array.isArray(x)
        ? "l"
        : "?";
const kinds = (args: readonly unknown[]): string => args.map(kindOf).join("");
const operands = (args: readonly unknown[]): (Strided | number)[] =>
  args.map((a) => (a instanceof TensorImpl ? a._array : typeof a === "number" ? a : Number(a)));

/** Writes a result to a tensor, which takes its lengths. */
export function store(into: TensorImpl, y: Strided): TensorImpl {
  if (!sameShape(into._array, y)) SHAPE_METHODS.resize.call(into, y.shape);
  writeArray(into._array, y);
  return into;
}
const sameShape = (a: Strided, b: Strided): boolean =>
  a.rank === b.rank && a.shape.every((n, i) => n === b.shape[i]);

const invalid = (name: string, args: readonly unknown[], forms: Forms): LuaError => {
  const words = (k: string): string =>
    [...k].map((c) => (c === "t" ? "Tensor" : c === "n" ? "number" : c === "l" ? "table" : "?")).join(" ");
  return new LuaError(
    `invalid arguments: ${words(kinds(args)) || "no argument"}\nexpected arguments: ${Object.keys(forms)
      .map((f) => `[*Tensor*] ${words(f)}`)
      .join(" | ")} (torch.${name})`,
  );
};

/** All functions that the makers made, by name: the properties of `torch`. */
export const functions = new Map<string, Function>();

function install(name: string, f: Function, method: Function): void {
  functions.set(name, f);
  Object.defineProperty(TensorImpl.prototype, name, { value: method, writable: true, configurable: true });
}

/** A function whose method works in place. */
export function into(name: string, forms: Forms): MathFunction {
  const f = (...args: readonly unknown[]): TensorImpl => {
    const k = kinds(args);
    if (forms[k]) return new TensorImpl(forms[k](operands(args)));
    if (k[0] === "t" && forms[k.slice(1)])
      return store(args[0] as TensorImpl, forms[k.slice(1)]!(operands(args.slice(1))));
    throw invalid(name, args, forms);
  };
  install(name, f, function (this: TensorImpl, ...args: readonly unknown[]): TensorImpl {
    const k = kinds(args);
    if (forms[k]) return store(this, forms[k](operands(args)));
    if (forms[`t${k}`]) return store(this, forms[`t${k}`]!(operands([this, ...args])));
    throw invalid(name, args, forms);
  });
  return f;
}

/** A function whose method gives a new tensor. */
export function fresh(name: string, forms: Forms, type?: DType): MathFunction {
  const f = (...args: readonly unknown[]): TensorImpl => {
    const k = kinds(args);
    const cast = (y: Strided): Strided => (type ? castTo(y, type) : y);
    if (forms[k]) return new TensorImpl(cast(forms[k](operands(args))));
    if (k[0] === "t" && forms[k.slice(1)])
      return store(args[0] as TensorImpl, cast(forms[k.slice(1)]!(operands(args.slice(1)))));
    throw invalid(name, args, forms);
  };
  install(name, f, function (this: TensorImpl, ...args: readonly unknown[]): TensorImpl {
    return f(this, ...args);
  });
  return f;
}

/** A function of any arguments, whose method puts the object first. */
export function plain<F extends (...args: never[]) => unknown>(name: string, f: F): F {
  install(name, f, function (this: TensorImpl, ...args: never[]) {
    return f(...([this, ...args] as never[]));
  });
  return f;
}

/** A comparison's result: bytes. */
export const BYTES: DType = uint8;
