import {
  bool,
  broadcastTo,
  broadcastTwo,
  castTo,
  cloneContiguous,
  contiguousStrides,
  copyInto,
  type DType,
  int64,
  isDiscrete,
  isInteger,
  ops,
  reducedShape,
  Strided,
  sameShape,
  scalarArray,
  uint64,
} from "@cognate/kernel";
import { IndexError, TypeError, ValueError } from "@cognate/py";
import { asStrided } from "../array/create.js";
import type { ndarray } from "../array/ndarray.js";
import { itemOf } from "../array/scalars.js";
import { axisOf, reducedAxes } from "../array/shape.js";
import type { ArrayLike, Axis, Item } from "../array/types.js";
import { type DTypeLike, givenKernel } from "../dtype/dtype.js";
import { canCast } from "../dtype/promote.js";
import {
  castError,
  noResultError,
  noSignatureError,
  operandClass,
  remappedError,
  shapeText,
} from "../errors/classes.js";
import { wordsFor } from "../errors/words.js";
import { operandOf, scalarFor } from "./operand.js";
import type { AnyRow, Core } from "./ufunc.js";

/** The keyword arguments of reductions. */
export interface ReduceOptions {
  readonly axis: Axis;
  readonly dtype?: DTypeLike | null;
  readonly out?: ndarray | null;
  readonly keepdims?: boolean;
  readonly initial?: ArrayLike | null;
  readonly where?: ArrayLike | true;
}

/** The type that a reduction is made in. */
function reduceType(core: Core, d: DType, wanted: DType | undefined): DType {
  if (wanted) {
    if (core.spec.result === "bool" && wanted !== bool) throw noResultError(core.name);
    if (core.spec.result !== "bool" && core.loopOrNone(wanted) !== wanted) throw core.refusal(wanted);
    return core.loopFor(wanted);
  }
  if (core.spec.widens && isDiscrete(d)) return d.kind === "uint" ? uint64 : int64;
  if (core.spec.unnamed && core.loopOrNone(d) === null)
    throw noSignatureError(core.name, ["None", operandClass(d, null)]);
  return core.loopFor(d);
}

const isOrdered = (core: Core, d: DType): boolean =>
  d.kind !== "complex" || core.spec.widens === true || core.spec.result === "bool";

/** Reduces the axes of an array by a ufunc of two inputs. @throws ValueError where nothing is left to start from */
export function reduceArray(
  core: Core,
  x: Strided,
  axes: readonly number[],
  o: Omit<ReduceOptions, "axis" | "out">,
): Strided {
  const { spec } = core;
  const wanted = givenKernel(o.dtype);
  const type = reduceType(core, x.dtype, spec.result === "bool" && wanted === bool ? undefined : wanted);
  const keepdim = o.keepdims ?? false;
  const identity = spec.identity ?? null;
  let source = x;
  if (o.where !== undefined && o.where !== true) {
    const fill = identity ?? o.initial ?? null;
    if (fill === null)
      throw new ValueError(
        `reduction operation '${core.name}' does not have an identity, so to use a where mask one has to specify 'initial'`,
      );
    source = masked(castTo(x, type), asStrided(o.where), fill);
  }
  if (axes.length > 1 && identity === null && !spec.reduce) checkReorderable(core);
  if (
    axes.some((d) => x.shape[d] === 0) &&
    identity === null &&
    (o.initial === undefined || o.initial === null)
  )
    throw new ValueError(`zero-size array to reduction operation ${core.name} which has no identity`);
  const start = o.initial === undefined || o.initial === null ? null : initialOf(o.initial, type);
  const row = spec.reduce;
  let y: Strided;
  if (row && isOrdered(core, type) && !(identity === null && axes.some((d) => x.shape[d] === 0))) {
    y = byRow(row, source, type, axes, keepdim, spec.widens === true);
    if (start) y = castTo(core.run([start, castTo(y, type)], type) as Strided, y.dtype);
  } else y = fold(core, castTo(source, type), axes, keepdim, start, identity);
  return wanted && y.dtype !== wanted ? castTo(y, wanted) : y;
}

function byRow(
  row: AnyRow,
  x: Strided,
  type: DType,
  dims: readonly number[],
  keepdim: boolean,
  widens: boolean,
): Strided {
  const small = widens && isInteger(type) && isDiscrete(x.dtype);
  const source = small || x.dtype === type || row.dtype === "bool" ? x : castTo(x, type);
  const params = widens ? { dims, keepdim, dtype: type } : { dims, keepdim };
  return row.run([source], params as never) as Strided;
}

/** x where the mask holds, else a number that changes nothing. */
export function masked(x: Strided, where: Strided, fill: ArrayLike): Strided {
  if (where.dtype !== bool)
    throw new TypeError(
      `Cannot cast array data from dtype('${where.dtype.name}') to dtype('bool') according to the rule 'safe'`,
    );
  const shape = sameShape(x.shape, where.shape) ? x.shape : broadcastTwo(x.shape, where.shape);
  if (!shape) throw remappedError([x.shape, where.shape].map(shapeText));
  const other = castTo(asStrided(fill), x.dtype);
  return ops.where.run([broadcastTo(x, shape), broadcastTo(where, shape), other], undefined) as Strided;
}

/** Element `i` along an axis, the axis dropped. */
const pick = (x: Strided, axis: number, i: number): Strided =>
  x.view(
    x.shape.filter((_, d) => d !== axis),
    x.strides.filter((_, d) => d !== axis),
    x.offset + i * x.strides[axis]!,
  );

/** Ufuncs without identity whose operands may be taken in any order. */
const REORDERABLE: ReadonlySet<string> = new Set(["maximum", "minimum", "fmax", "fmin", "lcm"]);

function checkReorderable(core: Core): void {
  if (!REORDERABLE.has(core.name))
    throw new ValueError(
      `reduction operation '${core.name}' is not reorderable, so at most one axis may be specified`,
    );
}

/** What a reduction starts from, in its type. @throws OverflowError for an int that does not fit */
function initialOf(initial: ArrayLike, type: DType): Strided {
  const given = operandOf(initial);
  return given instanceof Strided
    ? castTo(given, type)
    : castTo(scalarArray(scalarFor(given, type), type), type);
}

/** Reduces one slice after the other, from `start` where it is given. */
function fold(
  core: Core,
  x: Strided,
  axes: readonly number[],
  keepdim: boolean,
  start: Strided | null,
  identity: number | null,
): Strided {
  const { dtype } = x;
  if (axes.length > 1 && identity === null) checkReorderable(core);
  const next = (a: Strided, b: Strided): Strided => castTo(combined(core, a, b, dtype), dtype);
  let y = x;
  // Where several axes go, their order is free and the start comes last; it may come once only.
  let first = axes.length > 1 ? null : start;
  for (const axis of [...axes].sort((a, b) => b - a)) {
    const n = y.shape[axis]!;
    const shape = y.shape.filter((_, d) => d !== axis);
    let acc = first && copyInto(Strided.zeros(dtype, shape), first);
    for (let i = 0; i < n; i++) acc = acc ? next(acc, pick(y, axis, i)) : pick(y, axis, i);
    y = acc ?? copyInto(Strided.zeros(dtype, shape), castTo(asStrided(identity ?? 0), dtype));
    first = null;
  }
  const last = axes.length === 1 ? null : start;
  if (last) y = next(copyInto(Strided.zeros(dtype, y.shape), last), y);
  const typed = castTo(cloneContiguous(y), core.resultType(dtype));
  const shape = reducedShape(x.shape, axes, keepdim);
  return typed.view(shape, contiguousStrides(shape), 0);
}

/** Puts a result in the caller's array, or makes an array or element of it. */
export function deliverTo(y: Strided, out: ndarray | null | undefined, name: string): Item {
  if (!out) return itemOf(y);
  if (!sameShape(y.shape, out._a.shape)) {
    const why =
      y.rank !== out._a.rank
        ? `output parameter for reduction operation ${name} has the wrong number of dimensions: Found ${out._a.rank} but expected ${y.rank} (must match the operand's when keepdims=True)`
        : `output parameter for reduction operation ${name} has a non-reduction dimension not equal to the input dimension`;
    throw new ValueError(y.rank !== out._a.rank ? why.replace(/ \(must.*/, "") : why);
  }
  if (!canCast(y.dtype, out._a.dtype, "same_kind"))
    throw castError(name, "output", y.dtype, out._a.dtype, "same_kind");
  copyInto(out._a, y);
  out._a.storage.version++;
  return out as Item;
}

/** `ufunc.reduce`. */
export function reduce(core: Core, array: ArrayLike, o: ReduceOptions): Item {
  const x = asStrided(array);
  const axes = reducedAxes(o.axis, x.rank);
  return deliverTo(reduceArray(core, x, axes, o), o.out, core.name);
}

/** `ufunc.accumulate`: the results of reducing longer and longer beginnings of an axis. */
export function accumulate(
  core: Core,
  array: ArrayLike,
  axis: number,
  dtype: DTypeLike | null,
  out: ndarray | null,
): Item {
  const given = asStrided(array);
  if (given.rank === 0) {
    if (axis !== 0 && axis !== -1) axisOf(axis, 0);
    throw new TypeError("cannot accumulate on a scalar");
  }
  const dim = axisOf(axis, given.rank);
  return deliverTo(accumulateArray(core, given, dim, givenKernel(dtype)), out, core.name);
}

function combined(core: Core, a: Strided, b: Strided, type: DType): Strided {
  try {
    return core.run([a, b], type) as Strided;
  } catch (e) {
    throw wordsFor(e, core.name);
  }
}

const SCANS: Readonly<Record<string, AnyRow>> = { add: ops.cumsum, multiply: ops.cumprod };

/** {@link accumulate} on kernel arrays. */
export function accumulateArray(core: Core, given: Strided, dim: number, wanted: DType | undefined): Strided {
  if (wanted && core.spec.result === "bool" && wanted !== bool) throw noResultError(core.name);
  const type = reduceType(core, given.dtype, wanted);
  const x = castTo(given, type);
  const scan = SCANS[core.name];
  if (scan) return scan.run([x], { dim, dtype: type } as never) as Strided;
  const y = Strided.zeros(core.resultType(type), x.shape);
  for (let i = 0; i < x.shape[dim]!; i++) {
    const next = pick(x, dim, i);
    copyInto(pick(y, dim, i), i === 0 ? next : combined(core, castTo(pick(y, dim, i - 1), type), next, type));
  }
  return y;
}

/** `ufunc.reduceat`: reductions of the pieces of an axis that begin at the given positions. */
export function reduceat(
  core: Core,
  array: ArrayLike,
  indices: readonly number[],
  axis: number,
  dtype: DTypeLike | null,
  out: ndarray | null,
): Item {
  const x = asStrided(array);
  if (x.rank === 0) throw new TypeError("cannot reduceat on a scalar");
  const dim = axisOf(axis, x.rank);
  const n = x.shape[dim]!;
  for (const i of indices)
    if (i < 0 || i >= n) throw new IndexError(`index ${i} out-of-bounds in ${core.name}.reduceat [0, ${n})`);
  const pieces = indices.map((start, k) => {
    const stop = k + 1 < indices.length ? indices[k + 1]! : n;
    const length = stop > start ? stop - start : 1;
    const piece = ops.slice.run([x], { dim, start, step: 1, length }) as Strided;
    return reduceArray(core, piece, [dim], { dtype, keepdims: true });
  });
  return deliverTo(ops.cat.run(pieces, { dim }) as Strided, out, core.name);
}
