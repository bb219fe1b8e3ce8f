import { bool, isInteger, ops, uint8 } from "@cognate/kernel";
import { KernelProblem, UnimplementedError } from "../core/errors.js";
import { nativeName } from "../core/op-def.js";
import { type OpRow, row } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { edges, unconjugated, withGradient } from "./edges.js";
import { equalStrings, selectStrings, stretchStrings } from "./string-places.js";
import {
  broadcastDims,
  castValue,
  demand,
  filled,
  numbers,
  run,
  same,
  stretched,
  valueOf,
  viaRow,
} from "./tools.js";

/** Functions of one tensor that are one row of the kernel's table. */
const UNARY = {
  Dawsn: ops.dawson,
  Expint: ops.expIntegral,
  FresnelCos: ops.fresnelCos,
  FresnelSin: ops.fresnelSin,
  Spence: ops.spence,
  Abs: ops.abs,
  Acos: ops.acos,
  Acosh: ops.acosh,
  Asin: ops.asin,
  Asinh: ops.asinh,
  Atan: ops.atan,
  Atanh: ops.atanh,
  BesselI0e: ops.i0e,
  BesselI1e: ops.i1e,
  Ceil: ops.ceil,
  Conj: ops.conj,
  Cos: ops.cos,
  Cosh: ops.cosh,
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
  Log: ops.log,
  Log1p: ops.log1p,
  LogicalNot: ops.logicalNot,
  Ndtri: ops.ndtri,
  Neg: ops.neg,
  Reciprocal: ops.reciprocal,
  Rint: ops.round,
  Round: ops.round,
  Rsqrt: ops.rsqrt,
  Sigmoid: ops.sigmoid,
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
  Atan2: ops.atan2,
  BitwiseAnd: ops.bitwiseAnd,
  BitwiseOr: ops.bitwiseOr,
  BitwiseXor: ops.bitwiseXor,
  Greater: ops.gt,
  GreaterEqual: ops.ge,
  Less: ops.lt,
  LessEqual: ops.le,
  LogicalAnd: ops.logicalAnd,
  LogicalOr: ops.logicalOr,
  Mod: ops.fmod,
  Mul: ops.mul,
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

/** 0 where x is 0, whatever the function says there. */
const onZeroOf =
  (f: (x: Value, y: Value) => Value) =>
  (x: Value, y: Value): Value => {
    const zero = x.eq(0) as Value;
    const q = f(x, filled(y, [], 1).where(zero, y) as Value);
    return filled(q, q.shape, 0).where(zero, q) as Value;
  };

/** Shifts of as many bits as there are, at most, and of none at least. */
const shift = (kernel: typeof ops.leftShift): OpRow =>
  two((x, y) => {
    const most = x.dtype.itemsize * 8 - 1;
    const steps = run(
      ops.minimum,
      [run(ops.maximum, [y, filled(y, [], 0)], {} as never), filled(y, [], most)],
      {} as never,
    );
    return run(kernel, [x, steps], undefined as never);
  });

/** y with the derivative ∂P(a, x)/∂a in `through`, which is a or −a; its own value stays as it is. */
const sloped = (through: Value, y: Value, x: Value, a = through): Value => {
  const slope = run(ops.lowerGammaSlope, [a.detach() as Value, x.detach() as Value], undefined as never);
  return y.add(slope.mulNoNan(through.sub(through.detach()))) as Value;
};

const endless = (a: Value, x: Value): Value =>
  (a.detach().eq(Number.POSITIVE_INFINITY) as Value).logicalAnd(x.detach().ge(0) as Value) as Value;

const fits = (a: readonly number[], b: readonly number[]): boolean => {
  const [x, y] = a.length > b.length ? [a, b] : [b, a];
  return y.every((d, i) => {
    const e = x[x.length - y.length + i]!;
    return d === e || d === 1 || e === 1;
  });
};

/** Texts put behind each other where shapes stretch to each other. */
function addStrings(a: StringArray, b: StringArray): StringArray {
  const shape = broadcastDims(a.shape, b.shape) as number[];
  const [x, y] = [stretchStrings(a, shape), stretchStrings(b, shape)];
  return new StringArray(
    shape,
    x.map((t, i) => t + y[i]!),
  );
}

/** Whether a number is not 0, or whether there is any. */
const truth = (x: Value): Value => (x.shape.length === 0 ? (x.ne(0) as Value) : valueOf(x.size > 0, bool));

const shape = (x: Value): string => `[${x.shape.join(",")}]`;

/** Whether a condition and two branches stretch to one shape. @throws KernelProblem */
function stretches(c: Value, x: Value, y: Value): boolean {
  const all = [c, x, y];
  demand(
    all.every((a) => all.every((b) => fits(a.shape, b.shape))),
    () => `condition ${shape(c)}, then ${shape(x)}, and else ${shape(y)} must be broadcastable`,
  );
  return true;
}

const equality = (kernelRow: typeof ops.eq): OpRow => ({
  run: ([a, b], attrs) => {
    if (!attrs.bool("incompatible_shape_error") && !fits((a as Value).shape, (b as Value).shape))
      return valueOf(kernelRow !== ops.eq, bool);
    if (a instanceof StringArray) return equalStrings(a, b as StringArray, kernelRow === ops.eq);
    return run(kernelRow, [a as Value, b as Value], undefined as never);
  },
  shape: stretched,
});

const quotient = (x: Value, y: Value): Value => (isInteger(x.dtype) ? x.truncDiv(y) : x.div(y)) as Value;
const isComplex = (x: Value): boolean => x.dtype.kind === "complex";

const FIRST = { ties: "first" } as const;
/** The larger or smaller of two, whose derivative goes to x where x is it, else to y: also where one is no number. */
const larger = (kernel: typeof ops.maximum, isFirst: (x: Value, y: Value) => Value): OpRow =>
  two((x, y) => {
    if ((!x.requiresGrad && !y.requiresGrad) || !fits(x.shape, y.shape)) return run(kernel, [x, y], FIRST);
    const shape = broadcastDims(x.shape, y.shape) as number[];
    const both = [x.expand({ shape }) as Value, y.expand({ shape }) as Value];
    const plain = both.map((v) => v.detach() as Value) as [Value, Value];
    const first = isFirst(...plain);
    return withGradient("Maximum", both, run(kernel, plain, FIRST), (gy) => {
      const none = filled(gy, gy.shape, 0);
      return [gy.where(first, none) as Value, none.where(first, gy) as Value];
    });
  });
const clipped = (x: Value, low: Value, high: Value): Value =>
  run(ops.minimum, [run(ops.maximum, [x, low], FIRST), high], FIRST);

/** Elementwise operations. */
export const elementwise: Readonly<Record<string, OpRow>> = {
  ...table(UNARY, same),
  ...table(BINARY, stretched),
  ...edges,
  // Of complex numbers z / |z|, and 0 of 0.
  Sign: row(([x]) => {
    if (!isComplex(x!)) return run(ops.sign, [x!], undefined as never);
    const zero = x!.eq(0) as Value;
    const safe = filled(x!, [], 1).where(zero, x!) as Value;
    const y = safe.div(castValue(safe.abs() as Value, x!.dtype)) as Value;
    return filled(y, y.shape, 0).where(zero, y) as Value;
  }, same),
  // The pole at 0 is no number; its derivative is infinite.
  Digamma: row(([x]) => {
    const y = run(ops.digamma, [x!], undefined as never);
    const pole = x!.detach().eq(0) as Value;
    return y.add(filled(y, y.shape, Number.NaN).where(pole, filled(y, y.shape, 0))) as Value;
  }, same),
  // So is the derivative of log Γ there.
  Lgamma: row(([x]) => {
    const y = run(ops.lgamma, [x!], undefined as never);
    if (!x!.requiresGrad) return y;
    const plain = x!.detach() as Value;
    const pole = filled(plain, plain.shape, Number.NaN).where(plain.eq(0), filled(plain, plain.shape, 0));
    const near = x!.where(plain.eq(0) as Value, filled(plain, plain.shape, 0));
    return y.add((pole as Value).mulNoNan(near.sub(near.detach() as Value) as Value)) as Value;
  }, same),
  LeftShift: shift(ops.leftShift),
  RightShift: shift(ops.rightShift),
  PopulationCount: row(([x]) => castValue(run(ops.bitCount, [x!], undefined as never), uint8), same),
  Pow: two((x, y) => {
    demand(
      !isInteger(y.dtype) || x.dtype.name.startsWith("u") || numbers(y).every((n) => n >= 0),
      () => "Integers to negative integer powers are not allowed",
    );
    return run(ops.pow, [x, y], undefined as never);
  }),
  AddV2: viaRow(ops.add, stretched),
  Add: {
    run: ([a, b]) =>
      a instanceof StringArray
        ? addStrings(a, b as StringArray)
        : run(ops.add, [a as Value, b as Value], undefined as never),
    shape: stretched,
  },
  Equal: equality(ops.eq),
  NotEqual: equality(ops.ne),
  Maximum: larger(ops.maximum, (x, y) => x.ge(y) as Value),
  Minimum: larger(ops.minimum, (x, y) => x.le(y) as Value),
  // Floats by their quotient, which of infinities is infinite.
  FloorDiv: two((x, y) =>
    isInteger(x.dtype) ? run(ops.floorDiv, [x, y], undefined as never) : (x.div(y).floor() as Value),
  ),
  FloorMod: viaRow(ops.mod, stretched),
  // Integers are divided to zero; RealDiv is for floats alone.
  Div: two((x, y) => quotient(x, y)),
  RealDiv: two((x, y) => quotient(x, y)),
  TruncateDiv: viaRow(ops.truncDiv, stretched),
  DivNoNan: onZero((x, y) => x.div(y) as Value),
  MulNoNan: two(unconjugated((x, y) => run(ops.mulNoNan, [x, y], undefined as never))),
  Xdivy: two(unconjugated(onZeroOf((x, y) => x.div(y) as Value))),
  Xlogy: two(
    unconjugated(
      onZeroOf(
        (x, y) => (isComplex(x) ? x.mul(y.log()) : run(ops.xlogy, [x, y], undefined as never)) as Value,
      ),
    ),
  ),
  Xlog1py: two(
    unconjugated(
      onZeroOf(
        (x, y) => (isComplex(x) ? x.mul(y.log1p()) : run(ops.xlog1py, [x, y], undefined as never)) as Value,
      ),
    ),
  ),
  // No derivative in the first argument: TensorFlow has none of Zeta either.
  Zeta: two((x, q) => run(ops.zeta, [x.detach() as Value, q], undefined as never)),
  // Nothing lies below x = 0, and all of it above where a is infinite.
  Igamma: two((a, x) => {
    const y = sloped(a, run(ops.lowerGamma, [a.detach() as Value, x], undefined as never), x);
    const none = (x.detach().eq(0) as Value).logicalOr(endless(a, x)) as Value;
    return filled(y, y.shape, 0).where(none, y) as Value;
  }),
  Igammac: two((a, x) => {
    const y = sloped(
      a.neg() as Value,
      run(ops.upperGamma, [a.detach() as Value, x], undefined as never),
      x,
      a,
    );
    const beyond = filled(x, x.shape, 0).where(x.detach().eq(Number.POSITIVE_INFINITY), filled(x, [], 1));
    return (beyond as Value).where(endless(a, x), y) as Value;
  }),
  NextAfter: two((x, y) => {
    const shape = broadcastDims(x.shape, y.shape) as number[];
    const both = [x.expand({ shape }) as Value, y.expand({ shape }) as Value];
    const z = run(
      ops.nextafter,
      both.map((v) => v.detach() as Value),
      undefined as never,
    );
    // 1 in x but where it is y already, 0 in y.
    return withGradient("NextAfter", both, z, (gy) => [gy, filled(gy, gy.shape, 0)]);
  }),
  SquaredDifference: two((x, y) => {
    if (!isComplex(x)) return x.sub(y).square() as Value;
    const shape = broadcastDims(x.shape, y.shape) as number[];
    const both = [x.expand({ shape }) as Value, y.expand({ shape }) as Value];
    const d = both[0]!.detach().sub(both[1]!.detach()) as Value;
    return withGradient("SquaredDifference", both, d.conj().mul(d) as Value, (gy) => {
      const g = gy.mul(d).mul(2) as Value;
      return [g, g.neg() as Value];
    });
  }),
  ApproximateEqual: row(([x, y], a) => {
    demand(
      shape(x!) === shape(y!),
      () => `x and y must be of the same shape. x shape: ${shape(x!)}. y shape: ${shape(y!)}`,
    );
    return x!.sub(y!).abs().lt(a.float("tolerance")) as Value;
  }, same),
  AddN: row((xs) => {
    const off = xs.findIndex((x) => shape(x) !== shape(xs[0]!));
    demand(
      off < 0,
      () =>
        `Inputs to operation AddN of type AddN must have the same size and shape.  Input 0: ${shape(xs[0]!)} != input ${off}: ${shape(xs[off]!)}`,
    );
    return xs.slice(1).reduce((sum, x) => sum.add(x) as Value, xs[0]!);
  }, same),
  ClipByValue: row(([x, low, high]) => {
    const own = (v: Value): boolean => v.shape.length === 0 || shape(v) === shape(x!);
    demand(
      own(low!) && own(high!),
      () =>
        `clip_value_min and clip_value_max must be either of the same shape as input, or a scalar. input shape: ${shape(x!)}clip_value_min shape: ${shape(low!)}clip_value_max shape: ${shape(high!)}`,
    );
    if (!isComplex(x!)) return clipped(x!, low!, high!);
    // Complex numbers lie between bounds part by part.
    const part = (f: (v: Value) => Value): Value => clipped(f(x!), f(low!), f(high!));
    return part((v) => v.real() as Value).complex(part((v) => v.imag() as Value)) as Value;
  }, same),
  Angle: row(([x]) => run(ops.angle, [x!], undefined as never), same),
  Complex: row(([re, im]) => re!.complex(im!) as Value, stretched),
  ComplexAbs: row(([x]) => x!.abs() as Value, same),
  Real: row(([x]) => (isComplex(x!) ? x!.real() : x!) as Value, same),
  Imag: row(([x]) => (isComplex(x!) ? (x!.imag() as Value) : filled(x!, x!.shape, 0)), same),
  Cast: {
    run: ([x], a) => {
      const to = a.type("DstT");
      if (x instanceof StringArray && to.name === "string") return x;
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
  Select: {
    run: ([given, x, y]) => {
      const c = given as Value;
      const shape = (x as Value | StringArray).shape;
      const cond =
        c.shape.length === 1 && shape.length > 1
          ? (c.reshape({ shape: [c.shape[0]!, ...shape.slice(1).map(() => 1)] }) as Value)
          : c;
      if (x instanceof StringArray) return selectStrings(cond, x, y as StringArray);
      return (x as Value).where(cond, y as Value) as Value;
    },
    shape: ({ shapes }) => [shapes[1] ?? shapes[2]!],
  },
  SelectV2: {
    run: ([c, x, y]) =>
      stretches(c as Value, x as Value, y as Value) && x instanceof StringArray
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
  // No derivatives in the parameters: TensorFlow has none of them either.
  Betainc: row(([a, b, x]) => {
    for (const [p, q, names] of [
      [a!, b!, "a and b"],
      [a!, x!, "a and x"],
      [b!, x!, "b and x"],
    ] as const)
      demand(
        p.shape.length === 0 || q.shape.length === 0 || shape(p) === shape(q),
        () => `Shapes of ${names} are inconsistent: ${shape(p)} vs. ${shape(q)}`,
      );
    return betainc(a!.detach() as Value, b!.detach() as Value, x!);
  }, stretched),
  ToBool: {
    run: ([x]) =>
      x instanceof StringArray
        ? valueOf(x.shape.length === 0 ? x.data[0] !== "" : x.size > 0, bool)
        : truth(x as Value),
    shape: () => [[]],
  },
};

/** ψ⁽ⁿ⁾(x), orders given as floats; one order a call of the kernel, none for orders that are not whole. */
function polygamma(n: Value, x: Value): Value {
  const shape = broadcastDims(n.shape, x.shape) as number[];
  const [wide, orders] = [x.expand({ shape }) as Value, n.detach().expand({ shape }) as Value];
  // No number, nor a derivative, where the order is not whole.
  const none = filled(wide, shape, Number.NaN);
  let y = withGradient("Polygamma", [wide], none, (gy) => [gy.where(gy.eq(0) as Value, none) as Value]);
  for (const order of new Set(numbers(orders)))
    if (order >= 0 && Number.isInteger(order))
      y = run(ops.polygamma, [wide], { n: order }).where(orders.eq(order) as Value, y) as Value;
  return y;
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
