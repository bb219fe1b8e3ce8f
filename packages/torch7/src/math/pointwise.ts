import { castTo, type OpRow, ops, type Strided, scalarArray } from "@cognate/kernel";
import { anyRow } from "../any-row.js";
import { BYTES, fresh, into } from "./make.js";

/*
 * Functions that work place by place. Operands of the same number of elements go together whatever their shapes; the
 * result has the shape of the first.
 */

type X = Strided | number;
const like = (x: X, other: Strided): Strided => {
  if (typeof x === "number") return scalarArray(x, other.dtype);
  const y = castTo(x, other.dtype);
  return y.rank === other.rank && y.shape.every((n, i) => n === other.shape[i])
    ? y
    : (ops.reshape.run([y], { shape: other.shape }) as Strided);
};
/** A row called with operands of the type and shape of the first array among them. */
const call = <P>(row: OpRow<P>, params: P, xs: readonly X[]): Strided => {
  const first = xs.find((x): x is Strided => typeof x !== "number")!;
  return row.run(
    xs.map((x) => like(x, first)),
    params,
  ) as Strided;
};
const scaled = (x: X, factor: X): X =>
  typeof x === "number" ? x * (factor as number) : call(ops.mul, undefined as never, [x, factor]);
const add = (...xs: readonly X[]): Strided => call(ops.add, undefined as never, xs);
const mul = (...xs: readonly X[]): Strided => call(ops.mul, undefined as never, xs);
const div = (...xs: readonly X[]): Strided => call(ops.div, undefined as never, xs);

const unary = <P>(name: string, row: OpRow<P>, params?: P) =>
  into(name, { t: ([x]) => call(row, params as P, [x!]) });

for (const [name, row] of Object.entries({
  abs: ops.abs,
  acos: ops.acos,
  asin: ops.asin,
  atan: ops.atan,
  ceil: ops.ceil,
  cos: ops.cos,
  cosh: ops.cosh,
  exp: ops.exp,
  floor: ops.floor,
  frac: ops.frac,
  log: ops.log,
  log1p: ops.log1p,
  neg: ops.neg,
  cinv: ops.reciprocal,
  rsqrt: ops.rsqrt,
  sigmoid: ops.sigmoid,
  sign: ops.sign,
  sin: ops.sin,
  sinh: ops.sinh,
  sqrt: ops.sqrt,
  tan: ops.tan,
  tanh: ops.tanh,
  trunc: ops.trunc,
}))
  unary(name, anyRow(row));

into("round", { t: ([x]) => call(anyRow(ops.round), undefined as never, [x!]) });

/** x + v, x + y, x + v·y */
into("add", {
  tn: (xs) => add(...xs),
  tt: (xs) => add(...xs),
  tnt: ([x, v, y]) => add(x!, scaled(y!, v!)),
});
into("csub", {
  tn: ([x, v]) => add(x!, -(v as number)),
  tt: ([x, y]) => call(ops.sub, undefined as never, [x!, y!]),
  tnt: ([x, v, y]) => add(x!, scaled(y!, -(v as number))),
});
into("mul", { tn: (xs) => mul(...xs) });
into("div", { tn: (xs) => div(...xs) });
into("cmul", { tt: (xs) => mul(...xs) });
into("cdiv", { tt: (xs) => div(...xs) });
into("pow", {
  tn: ([x, n]) => call(ops.pow, undefined as never, [x!, n!]),
  nt: ([v, x]) => call(ops.pow, undefined as never, [v!, x!]),
});
into("cpow", { tt: (xs) => call(ops.pow, undefined as never, xs) });
into("fmod", { tn: (xs) => call(ops.fmod, undefined as never, xs) });
into("remainder", { tn: (xs) => call(ops.mod, undefined as never, xs) });
into("cfmod", { tt: (xs) => call(ops.fmod, undefined as never, xs) });
into("cremainder", { tt: (xs) => call(ops.mod, undefined as never, xs) });
into("atan2", { tt: (xs) => call(ops.atan2, undefined as never, xs) });
into("clamp", {
  tnn: ([x, low, high]) =>
    call(anyRow(ops.clampMax), undefined as never, [
      call(anyRow(ops.clampMin), undefined as never, [x!, low!]),
      high!,
    ]),
});
into("cmax", {
  tt: (xs) => call(anyRow(ops.maximum), undefined as never, xs),
  tn: (xs) => call(anyRow(ops.maximum), undefined as never, xs),
});
into("cmin", {
  tt: (xs) => call(anyRow(ops.minimum), undefined as never, xs),
  tn: (xs) => call(anyRow(ops.minimum), undefined as never, xs),
});
into("lerp", { ttn: ([a, b, w]) => add(a!, mul(call(ops.sub, undefined as never, [b!, a!]), w!)) });
into("addcmul", {
  ttt: ([x, a, b]) => add(x!, mul(a!, b!)),
  tntt: ([x, v, a, b]) => add(x!, scaled(mul(a!, b!), v!)),
});
into("addcdiv", {
  ttt: ([x, a, b]) => add(x!, div(a!, b!)),
  tntt: ([x, v, a, b]) => add(x!, scaled(div(a!, b!), v!)),
});

for (const [name, row] of Object.entries({
  lt: ops.lt,
  le: ops.le,
  gt: ops.gt,
  ge: ops.ge,
  eq: ops.eq,
  ne: ops.ne,
})) {
  const compare = (xs: readonly X[]): Strided => call(anyRow(row), undefined as never, xs);
  fresh(name, { tt: compare, tn: compare }, BYTES);
}
