import { castTo, type DType } from "@cognate/kernel";
import "./math/pointwise.js";
import "./math/reductions.js";
import "./math/products.js";
import "./math/indexing.js";
import "./math/decompositions.js";
import "./math/factories.js";
import { Strided } from "@cognate/kernel";
import { defineClass, typeName } from "./class.js";
import { badArgument } from "./errors.js";
import { functions } from "./math/make.js";
import { defaultGenerator, Generator, type GeneratorState } from "./math/random.js";
import { numberText } from "./print.js";
import { deserialize, load, save, serialize } from "./serialization/files.js";
import { defaultType, getdefaulttensortype, setdefaulttensortype } from "./tensor/default-type.js";
import { LongStorage, Storage } from "./tensor/storage.js";
import { arrayFrom, setConvert, TensorImpl } from "./tensor/tensor.js";
import { dtypeOfTypename, ELEMENT_TYPES, type ElementName } from "./tensor/types.js";

/** A constructor of tensors of one element type. */
const constructorOf =
  (dtype: () => DType) =>
  (...args: readonly unknown[]): TensorImpl =>
    new TensorImpl(arrayFrom(args, dtype()));

setConvert((x, name) => {
  const dtype = dtypeOfTypename(name);
  if (!dtype) throw badArgument(1, "type", `unknown type ${name}`);
  return x._array.dtype === dtype ? x : new TensorImpl(castTo(x._array, dtype));
});
for (const name of Object.keys(ELEMENT_TYPES) as ElementName[])
  Object.defineProperty(TensorImpl.prototype, name.toLowerCase(), {
    value(this: TensorImpl) {
      return this.type(`torch.${name}Tensor`);
    },
    writable: true,
    configurable: true,
  });

/** The text that Lua's `print` shows of a value. */
export function tostring(x: unknown): string {
  if (typeof x === "number" || x instanceof Number) return numberText(Number(x));
  if (x === null || x === undefined) return "nil";
  return String(x);
}

const classes = Object.fromEntries(
  Object.entries(ELEMENT_TYPES).flatMap(([name, dtype]) => [
    [`${name}Tensor`, constructorOf(() => dtype)],
    [
      `${name}Storage`,
      (size: number | readonly number[] = 0) =>
        name === "Long"
          ? LongStorage.from_(typeof size === "number" ? new Array<number>(size).fill(0) : size)
          : new Storage(typeof size === "number" ? Strided.zeros(dtype, [size]) : arrayFrom([size], dtype)),
    ],
  ]),
);

/** The properties of `torch` that are not functions of tensors. */
const own = {
  Tensor: constructorOf(defaultType),
  class: defineClass,
  type: (x: unknown) => typeName(x),
  typename: (x: unknown) =>
    x instanceof TensorImpl || (typeof x === "function" && typeName(x) !== "function") ? typeName(x) : null,
  isTensor: (x: unknown) => x instanceof TensorImpl,
  isTypeOf(x: unknown, name: string): boolean {
    for (
      let o = x as object | null;
      o !== null && o !== undefined;
      o = Object.getPrototypeOf(o) as object | null
    )
      if ((o as { __typename?: unknown }).__typename === name) return true;
    return false;
  },
  tostring,
  setdefaulttensortype,
  getdefaulttensortype,
  Generator: () => new Generator(),
  manualSeed: (seed: number) => defaultGenerator().manualSeed(seed),
  seed: () => defaultGenerator().seed(),
  initialSeed: () => defaultGenerator().initialSeed(),
  getRNGState: () => defaultGenerator().getState(),
  setRNGState: (state: GeneratorState) => defaultGenerator().setState(state),
  load,
  save,
  serialize,
  deserialize,
} as const;

type TensorConstructor = (...args: readonly unknown[]) => TensorImpl;
/** Functions of tensors: `torch.add(x, y)`, `torch.sum(x)` … */
type Functions = Readonly<Record<string, (...args: never[]) => never>>;
/** The `torch` table: classes of tensors, functions, random numbers, files. */
export type Torch = typeof own & Readonly<Record<`${ElementName}Tensor`, TensorConstructor>> & Functions;

export const torch = { ...Object.fromEntries(functions), ...classes, ...own } as unknown as Torch;
