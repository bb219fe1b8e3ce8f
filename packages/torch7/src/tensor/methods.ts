import type { Operand } from "../math/make.js";
import type { ShapeMethods } from "./shapes.js";
import type { TensorImpl } from "./tensor.js";

type Pair = [TensorImpl, TensorImpl];

/** Functions whose method puts the result into the object. */
type InPlace =
  | "abs"
  | "acos"
  | "asin"
  | "atan"
  | "ceil"
  | "cos"
  | "cosh"
  | "exp"
  | "floor"
  | "frac"
  | "log"
  | "log1p"
  | "neg"
  | "cinv"
  | "rsqrt"
  | "sigmoid"
  | "sign"
  | "sin"
  | "sinh"
  | "sqrt"
  | "tan"
  | "tanh"
  | "trunc"
  | "round"
  | "add"
  | "csub"
  | "mul"
  | "div"
  | "cmul"
  | "cdiv"
  | "pow"
  | "cpow"
  | "fmod"
  | "remainder"
  | "cfmod"
  | "cremainder"
  | "atan2"
  | "clamp"
  | "cmax"
  | "cmin"
  | "lerp"
  | "addcmul"
  | "addcdiv"
  | "mm"
  | "mv"
  | "ger"
  | "bmm"
  | "addmm"
  | "addmv"
  | "addr"
  | "baddbmm"
  | "addbmm"
  | "zeros"
  | "ones"
  | "eye"
  | "range"
  | "linspace"
  | "logspace"
  | "rand"
  | "randn"
  | "randperm"
  | "uniform"
  | "normal"
  | "random"
  | "exponential"
  | "cauchy"
  | "logNormal"
  | "geometric"
  | "bernoulli";
/** Functions whose method gives a new tensor. */
type New =
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "eq"
  | "ne"
  | "histc"
  | "diag"
  | "tril"
  | "triu"
  | "cumsum"
  | "cumprod";
/** Functions that give a number of everything, and a tensor along an axis. */
type Fold = "sum" | "mean" | "prod";
/** The same with the places along an axis. */
type Extreme = "max" | "min";

type Maths = { [K in InPlace | New]: (...args: readonly (Operand | readonly number[])[]) => TensorImpl } & {
  [K in Fold]: { (): number; (dim: number): TensorImpl };
} & { [K in Extreme]: { (): number; (dim: number): Pair } } & {
  [K in "float" | "double" | "int" | "long" | "short" | "char" | "byte"]: () => TensorImpl;
};

interface Others {
  var(): number;
  var(dim: number, flag?: boolean): TensorImpl;
  std(): number;
  std(dim: number, flag?: boolean): TensorImpl;
  norm(p?: number): number;
  norm(p: number, dim: number): TensorImpl;
  dist(y: TensorImpl, p?: number): number;
  dot(y: TensorImpl): number;
  trace(): number;
  cross(y: TensorImpl, dim?: number): TensorImpl;
  median(dim?: number): Pair;
  mode(dim?: number): Pair;
  kthvalue(k: number, dim?: number): Pair;
  sort(dim?: number | boolean, descending?: boolean): Pair;
  topk(k?: number, dim?: number, largest?: boolean): Pair;
  all(): boolean;
  any(): boolean;
  equal(y: TensorImpl): boolean;
  renorm(p: number, dim: number, max: number): TensorImpl;
  multinomial(n: number, replacement?: boolean): TensorImpl;
  cat(y: TensorImpl, dim?: number): TensorImpl;
  index(dim: number, list: TensorImpl): TensorImpl;
  indexCopy(dim: number, list: TensorImpl, from: TensorImpl): TensorImpl;
  indexAdd(dim: number, list: TensorImpl, from: TensorImpl): TensorImpl;
  indexFill(dim: number, list: TensorImpl, value: number): TensorImpl;
  gather(dim: number, list: TensorImpl): TensorImpl;
  scatter(dim: number, list: TensorImpl, from: TensorImpl | number): TensorImpl;
  scatterAdd(dim: number, list: TensorImpl, from: TensorImpl): TensorImpl;
  maskedSelect(mask: TensorImpl): TensorImpl;
  maskedFill(mask: TensorImpl, value: number): TensorImpl;
  maskedCopy(mask: TensorImpl, from: TensorImpl): TensorImpl;
  nonzero(): TensorImpl;
  gesv(a: TensorImpl): TensorImpl[];
  inverse(): TensorImpl;
  symeig(job?: "N" | "V", triangle?: "U" | "L"): TensorImpl[];
  svd(job?: "S" | "A"): TensorImpl[];
  qr(): TensorImpl[];
  potrf(triangle?: "U" | "L"): TensorImpl;
}

/** What modules of functions put on tensors. */
export type TensorMethods = { [K in keyof ShapeMethods]: OmitThisParameter<ShapeMethods[K]> } & Maths &
  Others;
