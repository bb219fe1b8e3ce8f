import { isInteger, ops } from "@cognate/kernel";
import { KernelProblem, UnimplementedError } from "../core/errors.js";
import { nativeName } from "../core/op-def.js";
import { type OpRow, row } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { equalStrings, selectStrings } from "./string-places.js";
import { castValue, filled, run, same, stretched, viaRow } from "./tools.js";

/** Functions of one tensor that are one row of the kernel's table. */
const UNARY = {
  Abs: ops.abs,
  Acos: ops.acos,
  Acosh: ops.acosh,
  Asin: ops.asin,
  Asinh: ops.asinh,
  Atan: ops.atan,
  Atanh: ops.atanh,
  BesselI0: ops.i0,
  BesselI0e: ops.i0e,
  BesselI1: ops.i1,
  BesselI1e: ops.i1e,
  BesselJ0: ops.besselJ0,
  BesselJ1: ops.besselJ1,
  BesselK0: ops.besselK0,
  BesselK0e: ops.besselK0e,
  BesselK1: ops.besselK1,
  BesselK1e: ops.besselK1e,
  BesselY0: ops.besselY0,
  BesselY1: ops.besselY1,
  Ceil: ops.ceil,
  Conj: ops.conj,
  Cos: ops.cos,
  Cosh: ops.cosh,
  Digamma: ops.digamma,
  Erf: ops.erf,
  Erfc: ops.erfc,
  Erfinv: ops.erfinv,
  Exp: ops.exp,
  Expm1: ops.expm1,
  Floor: ops.floor,
  Inv: ops.reciprocal,
  Invert: ops.bitwiseNot,
  IsFinite: ops.isfinite,
  IsInf: ops.isinf,
  IsNan: ops.isnan,
  Lgamma: ops.lgamma,
  Log: ops.log,
  Log1p: ops.log1p,
  LogicalNot: ops.logicalNot,
  Ndtri: ops.ndtri,
  Neg: ops.neg,
  PopulationCount: ops.bitCount,
  Reciprocal: ops.reciprocal,
  Rint: ops.round,
  Round: ops.round,
  Rsqrt: ops.rsqrt,
  Sigmoid: ops.sigmoid,
  Sign: ops.sign,
  Sin: ops.sin,
  Sinh: ops.sinh,
  Softsign: ops.softsign,
  Sqrt: ops.sqrt,
  Square: ops.square,
  Tan: ops.tan,
  Tanh: ops.tanh,
} as const;

/** Functions of two tensors that stretch to a common shape. */
const BINARY = {
  Add: ops.add,
  Atan2: ops.atan2,
  BitwiseAnd: ops.bitwiseAnd,
  BitwiseOr: ops.bitwiseOr,
  BitwiseXor: ops.bitwiseXor,
  Greater: ops.gt,
  GreaterEqual: ops.ge,
  LeftShift: ops.leftShift,
  Less: ops.lt,
  LessEqual: ops.le,
  LogicalAnd: ops.logicalAnd,
  LogicalOr: ops.logicalOr,
  Mod: ops.fmod,
  Mul: ops.mul,
  Pow: ops.pow,
  RightShift: ops.rightShift,
  Sub: ops.sub,
  TruncateMod: ops.fmod,
} as const;

const table = (rows: Readonly<Record<string, unknown>>, shape: OpRow["shape"]): Record<string, OpRow> =>
  Object.fromEntries(Object.entries(rows).map(([name, r]) => [name, viaRow(r, shape!)]));

const two = (f: (x: Value, y: Value) => Value): OpRow => row(([x, y]) => f(x!, y!), stretched);
const onZero = (f: (x: Value, y: Value) => Value): OpRow =>
  two((x, y) => {
    const zero = y.eq(0) as Value;
    const safe = filled(y, y.shape, 1).where(zero, y);
    const q = f(x, safe as Value);
    return filled(q, q.shape, 0).where(zero, q) as Value;
  });

/** Zeros without a derivative. */
const stillAtZero = (x: Value): Value => x.detach().where(x.eq(0) as Value, x) as Value;

/** y with the derivative ∂P(a, x)/∂a in `through`, which is a or −a; its own value stays as it is. */
const sloped = (through: Value, y: Value, x: Value, a = through): Value => {
  const slope = run(ops.lowerGammaSlope, [a.detach() as Value, x.detach() as Value], undefined as never);
  return y.add(slope.mulNoNan(through.sub(through.detach()))) as Value;
};

const equality = (kernelRow: typeof ops.eq): OpRow => ({
  run: ([a, b]) => {
    if (a instanceof StringArray) return equalStrings(a, b as StringArray, kernelRow === ops.eq);
    return run(kernelRow, [a as Value, b as Value], undefined as never);
  },
  shape: stretched,
});

const quotient = (x: Value, y: Value): Value => (isInteger(x.dtype) ? x.truncDiv(y) : x.div(y)) as Value;
const isComplex = (x: Value): boolean => x.dtype.kind === "complex";

/** Elementwise operations. */
export const elementwise: Readonly<Record<string, OpRow>> = {
  ...table(UNARY, same),
  ...table(BINARY, stretched),
  AddV2: viaRow(ops.add, stretched),
  Equal: equality(ops.eq),
  NotEqual: equality(ops.ne),
  Maximum: viaRow(ops.maximum, stretched, () => ({ ties: "first" })),
  Minimum: viaRow(ops.minimum, stretched, () => ({ ties: "first" })),
  FloorDiv: viaRow(ops.floorDiv, stretched),
  FloorMod: viaRow(ops.mod, stretched),
  // Integers are divided to zero; RealDiv is for floats alone.
  Div: two((x, y) => quotient(x, y)),
  RealDiv: two((x, y) => quotient(x, y)),
  TruncateDiv: viaRow(ops.truncDiv, stretched),
  DivNoNan: onZero((x, y) => x.div(y) as Value),
  MulNoNan: viaRow(ops.mulNoNan, stretched),
  Xdivy: two((x, y) => {
    const zero = x.eq(0);
    const q = x.div(y) as Value;
    return filled(q, q.shape, 0).where(zero, q) as Value;
  }),
  Xlogy: two((x, y) => run(ops.xlogy, [stillAtZero(x), y], undefined as never)),
  Xlog1py: two((x, y) => run(ops.xlog1py, [stillAtZero(x), y], undefined as never)),
  // No derivative in the first argument: TensorFlow has none of Zeta either.
  Zeta: two((x, q) => run(ops.zeta, [x.detach() as Value, q], undefined as never)),
  Igamma: two((a, x) => sloped(a, run(ops.lowerGamma, [a.detach() as Value, x], undefined as never), x)),
  Igammac: two((a, x) =>
    sloped(a.neg() as Value, run(ops.upperGamma, [a.detach() as Value, x], undefined as never), x, a),
  ),
  // The step is a constant to derivatives.
  NextAfter: two(
    (x, y) =>
      run(ops.nextafter, [x.detach() as Value, y.detach() as Value], undefined as never).add(
        x.sub(x.detach()),
      ) as Value,
  ),
  SquaredDifference: two((x, y) => {
    const d = x.sub(y) as Value;
    return (isComplex(d) ? d.conj().mul(d) : d.square()) as Value;
  }),
  ApproximateEqual: row(([x, y], a) => x!.sub(y!).abs().lt(a.float("tolerance")) as Value, same),
  AddN: row((xs) => xs.slice(1).reduce((sum, x) => sum.add(x) as Value, xs[0]!), same),
  ClipByValue: row(
    ([x, low, high]) =>
      run(ops.minimum, [run(ops.maximum, [x!, low!], { ties: "first" }) as Value, high!], { ties: "first" }),
    same,
  ),
  Angle: row(([x]) => run(ops.angle, [x!], undefined as never), same),
  Complex: row(([re, im]) => re!.complex(im!) as Value, stretched),
  ComplexAbs: row(([x]) => x!.abs() as Value, same),
  Real: row(([x]) => (isComplex(x!) ? x!.real() : x!) as Value, same),
  Imag: row(([x]) => (isComplex(x!) ? (x!.imag() as Value) : filled(x!, x!.shape, 0)), same),
  Cast: {
    run: ([x], a) => {
      const to = a.type("DstT");
      if (x instanceof StringArray)
        throw new KernelProblem(`Cast string to ${nativeName(to.name)} is not supported`, UnimplementedError);
      const v = x as Value;
      if (to.name === "string")
        throw new KernelProblem(
          `Cast ${nativeName(v.dtype.name)} to string is not supported`,
          UnimplementedError,
        );
      const kernel = to.kernel;
      if (v.dtype === kernel) return v;
      if (isComplex(v) && !to.is_complex) return castValue(v.real() as Value, kernel);
      return castValue(v, kernel);
    },
    shape: same,
  },
  Polygamma: row(([n, x]) => polygamma(n!, x!), stretched),
  Select: row(
    ([c, x, y]) => {
      const cond =
        c!.shape.length === 1 && x!.shape.length > 1
          ? (c!.reshape({ shape: [c!.shape[0]!, ...x!.shape.slice(1).map(() => 1)] }) as Value)
          : c!;
      return x!.where(cond, y!) as Value;
    },
    ({ shapes }) => [shapes[1] ?? shapes[2]!],
  ),
  SelectV2: {
    run: ([c, x, y]) =>
      x instanceof StringArray
        ? selectStrings(c as Value, x, y as StringArray)
        : ((x as Value).where(c as Value, y as Value) as Value),
    shape: stretched,
  },
  ZerosLike: {
    run: ([x]) =>
      x instanceof StringArray
        ? new StringArray(
            x.shape,
            x.data.map(() => ""),
          )
        : filled(x as Value, (x as Value).shape, 0),
    shape: same,
  },
  OnesLike: row(([x]) => filled(x!, x!.shape, 1), same),
  Betainc: row(([a, b, x]) => betainc(a!, b!, x!), stretched),
  ToBool: row(
    ([x]) => (x!.shape.length === 0 ? (x!.ne(0) as Value) : (filled(x!, [], x!.size).ne(0) as Value)),
    () => [[]],
  ),
};

/** ψ⁽ⁿ⁾(x), orders given as floats; one order a call of the kernel. */
function polygamma(n: Value, x: Value): Value {
  const order = Number(n.array.data[n.array.offset]);
  return run(ops.polygamma, [x], { n: order });
}

/** The regularised incomplete beta function by its continued fraction. */
function betainc(a: Value, b: Value, x: Value): Value {
  // The fraction converges fast left of the mean; right of it the sides change places.
  const swap = x.gt(a.add(1).div(a.add(b).add(2)));
  const p = b.where(swap, a);
  const q = a.where(swap, b);
  const t = x.rsub(1).where(swap, x);
  const front = p
    .mul(t.log())
    .add(q.mul(t.neg().log1p()))
    .sub(p.lgamma().add(q.lgamma()).sub(p.add(q).lgamma()))
    .exp()
    .div(p);
  const floor = (v: typeof t) => v.full(v.shape, 1e-30).where(v.abs().lt(1e-30), v);
  let c = t.full(t.shape, 1);
  let d = floor(p.add(q).mul(t).div(p.add(1)).rsub(1)).reciprocal();
  let h = d;
  for (let m = 1; m <= 200; m++) {
    const even = q
      .sub(m)
      .mul(m)
      .mul(t)
      .div(p.add(2 * m - 1).mul(p.add(2 * m)));
    d = floor(even.mul(d).add(1)).reciprocal();
    c = floor(even.div(c).add(1));
    h = h.mul(d).mul(c);
    const odd = p
      .add(m)
      .neg()
      .mul(p.add(q).add(m))
      .mul(t)
      .div(p.add(2 * m).mul(p.add(2 * m + 1)));
    d = floor(odd.mul(d).add(1)).reciprocal();
    c = floor(odd.div(c).add(1));
    h = h.mul(d).mul(c);
  }
  const y = front.mul(h);
  return y.rsub(1).where(swap, y) as Value;
}
