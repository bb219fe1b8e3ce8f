import {
  ARRAY,
  arrayOf,
  castTo,
  copyInto,
  type DType,
  elementAt,
  float32,
  float64,
  fromNested,
  type HasArray,
  inspectNested,
  isFloating,
  type OpRow,
  ops,
  type Strided,
  scalarArray,
  toNested,
  type ViewItem,
} from "@cognate/kernel";
import { call, Value } from "@cognate/tensor";
import { ArgumentError, BoundsError, DimensionMismatch } from "../errors.js";
import { compactText, displayText } from "./show.js";
import { currentTape, live, type Tape } from "./tape.js";

/** Numbers, nested lists of them (rows of a matrix), arrays of any package. */
export type ArrayLike = number | Number | boolean | ArrayBufferView | HasArray | readonly ArrayLike[];
/** A place in an array: a position from 1, `":"`, `"2:4"` with both ends. */
export type Place = number | ":" | `${string}:${string}`;

/**
 * An array of Julia: axes and positions count from 1, shorter shapes stretch at their end, reshaping runs down the columns.
 * Operators are methods; they work element by element as Julia's dotted ones (`x .+ y` is `x.add(y)`), `matmul` is `*`.
 *
 * @example
 * ```ts
 * import { array } from "@cognate/flux";
 * import { print } from "@cognate/py";
 * const w = array([[1, 2], [3, 4]]);
 * print(w.matmul([1, 1]), w.add([10, 20]).at(2, 1)); // prints Float32[3.0, 7.0] 23.0
 * ```
 */
export class FluxArray implements HasArray {
  private value: Value;
  private readonly tape: Tape | null;

  constructor(value: Value) {
    this.value = value;
    this.tape = currentTape();
  }
  /** The value as it counts now. */
  get _value(): Value {
    return (this.value = live(this.value, this.tape));
  }
  /** Lets a parameter be seen by a tape through another value, which is given back at its end. */
  _swap(value: Value): Value {
    const before = this.value;
    this.value = value;
    return before;
  }
  [ARRAY](): Strided {
    return this.value.array;
  }
  /** Lengths of the axes, or that of one. */
  size(): number[];
  size(dim: number): number;
  size(dim?: number): number[] | number {
    return dim === undefined ? [...this.value.shape] : (this.value.shape[dim - 1] ?? 1);
  }
  get shape(): readonly number[] {
    return this.value.shape;
  }
  /** Number of elements. */
  get length(): number {
    return this.value.size;
  }
  ndims(): number {
    return this.value.shape.length;
  }
  get dtype(): DType {
    return this.value.dtype;
  }

  /** The one element as a number. @throws ArgumentError for more */
  item(): number {
    const a = this.value.array;
    if (a.size !== 1) throw new ArgumentError("an array of one element is needed");
    return Number(elementAt(a, a.offset));
  }
  valueOf(): number {
    return this.item();
  }
  tolist(): unknown {
    return toNested(this.value.array, (a, p) => Number(elementAt(a, p)));
  }
  /** `x .= v`: writes into this array's memory. */
  fill_(value: number): this {
    copyInto(
      this.value.array,
      ops.expand.run([scalarArray(value, this.dtype)], { shape: this.shape }) as Strided,
    );
    this.value.array.storage.version++;
    return this;
  }
  /** `x .= y`. */
  copy_(from: ArrayLike): this {
    const source = castTo(arrayLike(from, this.dtype).array, this.dtype);
    if (source.size !== this.length)
      throw new DimensionMismatch(`array of ${this.length} elements and one of ${source.size}`);
    copyInto(this.value.array, trailing(source, this.shape.length));
    this.value.array.storage.version++;
    return this;
  }
  /** The element, or the part, at a place an axis. One place counts down the columns. */
  at(...places: readonly Place[]): FluxArray {
    const whole = places.length === 1 && this.shape.length !== 1 ? this.vec() : this;
    if (places.length !== whole.shape.length)
      throw new BoundsError(
        `attempt to access ${whole.shape.join("×")} array at index [${places.join(", ")}]`,
      );
    const items = places.map((p, i) => item(p, whole.shape[i]!, places));
    return wrap(call(ops.indexView as OpRow<object>, [whole._value], { items }));
  }
  *[Symbol.iterator](): Generator<FluxArray> {
    const flat = this.vec();
    for (let i = 1; i <= flat.length; i++) yield flat.at(i);
  }

  /** All elements, column after column. */
  vec(): FluxArray {
    return this.reshape(this.length);
  }
  /** `reshape(x, sizes…)`, `:` for what is left. */
  reshape(...sizes: readonly (number | ":")[]): FluxArray {
    const known = sizes.reduce<number>((n, s) => (s === ":" ? n : n * s), 1);
    const shape = sizes.map((s) => (s === ":" ? this.length / known : s));
    if (shape.reduce((a, b) => a * b, 1) !== this.length)
      throw new DimensionMismatch(
        `new dimensions (${shape.join(", ")}) must be consistent with array size ${this.length}`,
      );
    return wrap(columns(this._value, shape));
  }
  /** `permutedims(x, perm)`; a matrix turned over without `perm`. */
  permutedims(perm: readonly number[] = [2, 1]): FluxArray {
    const x = this.shape.length === 1 ? this.reshape(this.length, 1) : this;
    return wrap(call(ops.permute as OpRow<object>, [x._value], { axes: perm.map((p) => p - 1) }));
  }
  /** `x'` */
  get T(): FluxArray {
    return this.permutedims();
  }

  add(b: ArrayLike): FluxArray {
    return elementwise(ops.add, this, b);
  }
  sub(b: ArrayLike): FluxArray {
    return elementwise(ops.sub, this, b);
  }
  mul(b: ArrayLike): FluxArray {
    return elementwise(ops.mul, this, b);
  }
  div(b: ArrayLike): FluxArray {
    return elementwise(ops.div, this, b);
  }
  pow(b: ArrayLike): FluxArray {
    return elementwise(ops.pow, this, b);
  }
  radd(a: ArrayLike): FluxArray {
    return elementwise(ops.add, a, this);
  }
  rsub(a: ArrayLike): FluxArray {
    return elementwise(ops.sub, a, this);
  }
  rmul(a: ArrayLike): FluxArray {
    return elementwise(ops.mul, a, this);
  }
  rdiv(a: ArrayLike): FluxArray {
    return elementwise(ops.div, a, this);
  }
  rpow(a: ArrayLike): FluxArray {
    return elementwise(ops.pow, a, this);
  }
  neg(): FluxArray {
    return wrap(this._value.neg() as Value);
  }
  eq(b: ArrayLike): FluxArray {
    return elementwise(ops.eq, this, b);
  }
  ne(b: ArrayLike): FluxArray {
    return elementwise(ops.ne, this, b);
  }
  lt(b: ArrayLike): FluxArray {
    return elementwise(ops.lt, this, b);
  }
  le(b: ArrayLike): FluxArray {
    return elementwise(ops.le, this, b);
  }
  gt(b: ArrayLike): FluxArray {
    return elementwise(ops.gt, this, b);
  }
  ge(b: ArrayLike): FluxArray {
    return elementwise(ops.ge, this, b);
  }
  /** `A * B` of matrices and vectors; with a number, each element times it. */
  matmul(b: ArrayLike): FluxArray {
    return matmul(this, b);
  }
  rmatmul(a: ArrayLike): FluxArray {
    return matmul(a, this);
  }

  __str__(): string {
    return compactText(this.value.array);
  }
  __repr__(): string {
    return compactText(this.value.array);
  }
  toString(): string {
    return compactText(this.value.array);
  }
  /** The text that the REPL shows. */
  display(): string {
    return displayText(this.value.array);
  }
  [Symbol.toPrimitive](hint: string): number | string {
    if (hint === "string") return this.toString();
    if (this.length === 1) return this.item();
    throw new ArgumentError(
      "JavaScript's operators do not work on arrays: write a.add(b), a.sub(b), a.mul(b) …",
    );
  }
}

export const wrap = (value: Value): FluxArray => new FluxArray(value);

/** Data as a value: arrays keep their type, numbers take `like` (Float32 unless given). */
export function arrayLike(x: unknown, like: DType = float32): Value {
  if (x instanceof FluxArray) return x._value;
  const other = arrayOf(x);
  if (other) return new Value(isFloating(other.dtype) ? other : castTo(other, like));
  if (typeof x === "number" || x instanceof Number || typeof x === "boolean")
    return new Value(scalarArray(Number(x), like));
  if (Array.isArray(x) && x.some((e) => e instanceof FluxArray))
    return new Value(
      castTo(
        fromNested(
          x.map((e) => (e instanceof FluxArray ? e.item() : e)),
          float64,
          [x.length],
        ),
        like,
      ),
    );
  const facts = inspectNested(x);
  return new Value(fromNested(x, like, facts.shape));
}
/** An array of numbers (Float32 unless a type is given). */
export const array = (x: ArrayLike, type: DType = float32): FluxArray => wrap(arrayLike(x, type));

/** x with axes of length 1 at its end. */
export function trailing(x: Strided, rank: number): Strided {
  return x.rank >= rank
    ? x
    : x.view(
        [...x.shape, ...new Array<number>(rank - x.rank).fill(1)],
        [...x.strides, ...new Array<number>(rank - x.rank).fill(0)],
      );
}
const withRank = (x: Value, rank: number): Value =>
  x.shape.length >= rank || x.shape.length === 0
    ? x
    : call(ops.reshape as OpRow<object>, [x], {
        shape: [...x.shape, ...new Array<number>(rank - x.shape.length).fill(1)],
      });

/** The wider of two element types. */
function common(a: Value, b: Value): [Value, Value] {
  if (a.dtype === b.dtype) return [a, b];
  const wide =
    a.dtype === float64 || b.dtype === float64
      ? float64
      : isFloating(a.dtype)
        ? a.dtype
        : isFloating(b.dtype)
          ? b.dtype
          : a.dtype;
  const cast = (x: Value): Value =>
    x.dtype === wide ? x : call(ops.cast as OpRow<object>, [x], { dtype: wide });
  return [cast(a), cast(b)];
}

/** A row on operands whose shapes are lined up at their first axes. */
export function elementwise(row: object, x: ArrayLike, y: ArrayLike): FluxArray {
  const likely = x instanceof FluxArray ? x.dtype : y instanceof FluxArray ? y.dtype : float32;
  const [a, b] = common(arrayLike(x, likely), arrayLike(y, likely));
  const rank = Math.max(a.shape.length, b.shape.length);
  const [p, q] = [withRank(a, rank), withRank(b, rank)];
  p.shape.forEach((n, i) => {
    const m = q.shape[i] ?? 1;
    if (q.shape.length > 0 && n !== m && n !== 1 && m !== 1)
      throw new DimensionMismatch(
        `arrays could not be broadcast to a common size; got a dimension with lengths ${n} and ${m}`,
      );
  });
  return wrap(call(row as OpRow<unknown>, [p, q], undefined));
}

/** A product of matrices (a vector is a column), or with a number. */
export function matmul(x: ArrayLike, y: ArrayLike): FluxArray {
  const likely = x instanceof FluxArray ? x.dtype : y instanceof FluxArray ? y.dtype : float32;
  const [a, b] = common(arrayLike(x, likely), arrayLike(y, likely));
  if (a.shape.length === 0 || b.shape.length === 0) return elementwise(ops.mul, wrap(a), wrap(b));
  const left = withRank(a, 2);
  const right = withRank(b, 2);
  if (left.shape[1] !== right.shape[0])
    throw new DimensionMismatch(
      `matrix A has dimensions (${left.shape.join(",")}), ${b.shape.length === 1 ? `vector B has length ${b.shape[0]}` : `matrix B has dimensions (${b.shape.join(",")})`}`,
    );
  const z = call(ops.matmul as OpRow<undefined>, [left, right], undefined);
  return wrap(b.shape.length === 1 ? call(ops.reshape as OpRow<object>, [z], { shape: [z.shape[0]!] }) : z);
}

/** Elements in Julia's order under another shape. */
export function columns(x: Value, shape: readonly number[]): Value {
  const turned = (v: Value): Value =>
    v.shape.length < 2
      ? v
      : call(ops.permute as OpRow<object>, [v], { axes: v.shape.map((_, i) => v.shape.length - 1 - i) });
  return turned(call(ops.reshape as OpRow<object>, [turned(x)], { shape: [...shape].reverse() }));
}

function item(place: Place, n: number, places: readonly Place[]): ViewItem {
  const fail = (): BoundsError =>
    new BoundsError(`attempt to access an axis of length ${n} at index [${places.join(", ")}]`);
  if (typeof place === "number") {
    if (!(Number.isInteger(place) && place >= 1 && place <= n)) throw fail();
    return { kind: "select", index: place - 1 };
  }
  const parts = place.split(":").map((s) => s.trim());
  const end = (s: string): number => (s === "end" ? n : Number(s));
  const [from, step, to] =
    place.trim() === ":"
      ? [1, 1, n]
      : parts.length === 3
        ? [end(parts[0]!), Number(parts[1]), end(parts[2]!)]
        : [end(parts[0]!), 1, end(parts[1]!)];
  if (![from, step, to].every(Number.isInteger) || step === 0)
    throw new ArgumentError(`invalid index: ${place}`);
  const length = Math.max(Math.floor((to - from) / step) + 1, 0);
  if (
    length > 0 &&
    (from < 1 || from > n || from + (length - 1) * step < 1 || from + (length - 1) * step > n)
  )
    throw fail();
  return { kind: "slice", start: from - 1, step, length };
}
