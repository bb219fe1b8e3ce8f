import { castValue, noteRead, recording, scalarAt } from "@cognate/keras/tensorflow";
import { ARRAY, cloneContiguous, type HasArray, type Strided } from "@cognate/kernel";
import {
  def,
  method,
  NotImplementedError,
  pyClass,
  RuntimeError,
  repr,
  TypeError,
  ValueError,
} from "@cognate/py";
import { currentGraph, isGraphTensor, withGraph } from "../core/context.js";
import { datumOf, HandleTensor, isTensor, tensorOf, toTensor } from "../core/convert.js";
import { as_dtype, resource, type TypeLike } from "../core/dtypes.js";
import { one, op } from "../core/execute.js";
import type { Datum } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import { Cell } from "../graph/runtime.js";
import { currentNameScope } from "../ops/name-scope.js";
import { installOperators, sliceMasks, sliceOperands, sliceSpec } from "../ops/operators.js";
import { type DType, Tensor, TensorShape, Value } from "../shared.js";

/** What a variable starts with: data, or a function that makes it. */
type Initial = unknown;

export const shapeText = (shape: readonly (number | null)[] | null): string => {
  if (shape === null) return "<unknown>";
  const dims = shape.map((d) => d ?? "None");
  return dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(", ")})`;
};
const fits = (want: readonly (number | null)[] | null, got: readonly number[]): boolean =>
  want === null || (want.length === got.length && want.every((d, i) => d === null || d === got[i]));

/** The value as the variable's own: what was given may be changed later by others. */
function owned(d: Datum): Datum {
  if (!(d instanceof Value)) return d;
  const y =
    d.view !== null || !d.array.contiguous
      ? new Value(cloneContiguous(d.array))
      : d.ownNode
        ? (d.detach() as Value)
        : new Value(d.array);
  y.weak = d.weak;
  return y;
}

/** `tf.Variable`'s class. */
export class VariableImpl implements HasArray {
  readonly _cell: Cell;
  readonly _dims: readonly (number | null)[] | null;
  readonly _name: string;
  _dtype: DType;
  readonly trainable: boolean;
  readonly synchronization: unknown;
  readonly aggregation: unknown;
  readonly constraint: ((x: Tensor) => Tensor) | null;
  /** Whose reads tapes know it by. */
  readonly _key: object = this;
  readonly overwrite_with_gradient = false;

  constructor(
    initial_value: Initial = null,
    trainable: boolean | null = null,
    _validate_shape = true,
    _caching_device: unknown = null,
    name: string | null = null,
    _variable_def: unknown = null,
    dtype: TypeLike | null = null,
    _import_scope: unknown = null,
    constraint: ((x: Tensor) => Tensor) | null = null,
    synchronization: unknown = "auto",
    aggregation: unknown = "none",
    shape: readonly (number | null)[] | TensorShape | null | undefined = undefined,
  ) {
    if (initial_value === null || initial_value === undefined)
      throw new ValueError(
        "The `initial_value` arg to `tf.Variable` must be specified except when you are not providing a `variable_def`. You provided neither.",
      );
    const given =
      typeof initial_value === "function" && !isTensor(initial_value)
        ? (initial_value as () => unknown)()
        : initial_value;
    const type = dtype === null ? undefined : as_dtype(dtype);
    // A function's graph makes its variables once, outside of it.
    const start = withGraph(null, () => toTensor(given, { dtype: type }));
    if (isGraphTensor(start))
      throw new ValueError(
        "Tensor-typed variable initializers must either be wrapped in an init_scope or callable (e.g., `tf.Variable(lambda : tf.truncated_normal([10, 40]))`) when building functions. Please file a feature request if this restriction inconveniences you.",
      );
    const scope = currentNameScope();
    this._name = `${scope}${name ?? "Variable"}`;
    this._cell = new Cell(this._name);
    this._cell.value = owned(datumOf(start));
    this._dtype = start.dtype;
    this._dims =
      shape === undefined ? [...start.shape] : shape === null ? null : unknownRank(shape) ? null : [...shape];
    if (shape !== undefined && !fits(this._dims, [...start.shape]))
      throw new ValueError(
        `In this \`tf.Variable\` creation, the initial value's shape (${shapeText([...start.shape])}) is not compatible with the explicitly supplied \`shape\` argument (${shapeText(this._dims)}).`,
      );
    this.trainable = trainable ?? true;
    this.constraint = constraint;
    this.synchronization = synchronization;
    this.aggregation = aggregation;
    noteVariable(this);
  }

  get name(): string {
    return `${this._name}:0`;
  }
  /** The name without the number of the output. */
  get path(): string {
    return this._name;
  }
  get dtype(): DType {
    return this._dtype;
  }
  get shape(): TensorShape {
    return this._dims === null || this._dims.includes(null)
      ? partialShape(this._dims)
      : new TensorShape(this._dims as number[]);
  }
  get_shape(): TensorShape {
    return this.shape;
  }
  get device(): string {
    return "/job:localhost/replica:0/task:0/device:CPU:0";
  }
  get ndim(): number {
    return this._array.shape.length;
  }
  get size(): number {
    return this._array.size;
  }
  get initial_value(): never {
    throw new NotImplementedError("Variable.initial_value is not supported when eager execution is enabled.");
  }
  get handle(): Tensor {
    return new HandleTensor(this._cell, resource);
  }
  private get _array(): Value {
    return this._cell.value as Value;
  }

  /** The value now, told to the tapes that record. */
  get _value(): Value {
    const v = this._cell.value as Value;
    if (recording()) {
      // Whole numbers that JavaScript could not write as floats.
      if (v.weak && this.trainable && v.dtype.name === "int32") {
        v.array = castValue(v, as_dtype("float32").kernel).array;
        v.weak = false;
        this._dtype = as_dtype("float32");
      }
      noteRead(this._key, v);
    }
    return v;
  }
  get _current(): Value {
    return this._array;
  }
  [ARRAY](): Strided {
    return this._value.array;
  }
  _as_tensor(): Tensor {
    if (currentGraph()) {
      const t = one(
        "ReadVariableOp",
        [this.handle],
        { dtype: this._dtype },
        `${this._name.split("/").at(-1)}/Read/ReadVariableOp`,
      );
      (t as unknown as { set_shape(s: unknown): void }).set_shape(this._dims);
      return t;
    }
    const v = this._cell.value!;
    return v instanceof StringArray ? tensorOf(v) : new Tensor(this._value);
  }
  /** The value as a tensor. */
  value(): Tensor {
    return this._as_tensor();
  }
  read_value(): Tensor {
    return one("Identity", [this._as_tensor()]);
  }
  numpy(): ReturnType<Tensor["numpy"]> {
    if (currentGraph())
      throw new NotImplementedError("numpy() is only available when eager execution is enabled.");
    return tensorOf(this._cell.value!).numpy();
  }
  item(): unknown {
    return tensorOf(this._cell.value!).item();
  }
  tolist(): unknown {
    return tensorOf(this._cell.value!).tolist();
  }
  get length(): number {
    return this.__len__();
  }
  __len__(): number {
    const { shape } = this._array;
    if (shape.length === 0) throw new TypeError("Scalar tensor has no `len()`");
    return shape[0]!;
  }
  valueOf(): number {
    return this.__float__();
  }
  __float__(): number {
    const { array } = this._array;
    if (array.rank > 0) throw new TypeError("only 0-dimensional arrays can be converted to Python scalars");
    return Number(scalarAt(array, array.offset));
  }
  __int__(): number {
    return Math.trunc(this.__float__());
  }
  __bool__(): boolean {
    return tensorOf(this._cell.value!).__bool__();
  }
  __hash__(): never {
    throw new TypeError(
      "Variable is unhashable. Instead, use variable.ref() as the key. (Variable: " + this.__repr__() + ")",
    );
  }
  [Symbol.toPrimitive](hint: string): number | string {
    if (hint === "string") return this.toString();
    return tensorOf(this._cell.value!)[Symbol.toPrimitive](hint);
  }
  *[Symbol.iterator](): Generator<Tensor> {
    yield* this._as_tensor();
  }
  ref(): Reference {
    return Reference.of(this._key);
  }
  /** {@link ref} under its first name. */
  experimental_ref(): Reference {
    return this.ref();
  }
  /** Assigns a value, as programs of TensorFlow 1 do with a session. */
  load(value: unknown, _session: unknown = null): void {
    this.assign(value as never);
  }
  eval(_session: unknown = null): never {
    throw new RuntimeError("This operation is not supported when eager execution is enabled.");
  }
  initialized_value(): never {
    throw new RuntimeError("This operation is not supported when eager execution is enabled.");
  }

  /** Puts a value in. @throws ValueError for another shape */
  _put(d: Datum): void {
    const shape = (d as Value).shape;
    if (!fits(this._dims, shape))
      throw new ValueError(
        `Cannot assign value to variable ' ${this.name}': Shape mismatch.The variable shape ${shapeText(this._dims)}, and the assigned value shape ${shapeText(shape)} are incompatible.`,
      );
    this._cell.value = owned(d);
  }
  /** Takes a value over without a look at it: optimizers made it for this variable. */
  _take(value: Value): void {
    this._cell.value = value.ownNode ? (value.detach() as Value) : value;
  }
  _converted(x: unknown): Tensor {
    if (!currentGraph()) {
      const v = this._cell.value;
      // The first floats that come to whole numbers without a type show what the variable is.
      if (v instanceof Value && v.weak && isTensor(x)) {
        const t = toTensor(x);
        if (t.dtype.is_floating) {
          v.array = castValue(v, t.dtype.kernel).array;
          v.weak = false;
          this._dtype = t.dtype;
        }
      }
    }
    return toTensor(x, { dtype: this._dtype });
  }
  _unread(): VariableImpl {
    return unread(this);
  }
  __repr__(): string {
    // Numbers are shown as the tensor shows them.
    const text = repr(tensorOf(this._cell.value!));
    const numbers = text.slice(text.indexOf("numpy="));
    return `<tf.Variable '${this.name}' shape=${shapeText(this._dims)} dtype=${this._dtype.name}, ${numbers}`;
  }
  toString(): string {
    return this.__repr__();
  }
}
export interface VariableImpl extends Operators, Updates {}
type Operators = Pick<
  Tensor,
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "floordiv"
  | "mod"
  | "pow"
  | "matmul"
  | "radd"
  | "rsub"
  | "rmul"
  | "rdiv"
  | "rpow"
  | "rmatmul"
  | "neg"
  | "abs"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "eq"
  | "ne"
> & { at(...index: readonly unknown[]): Tensor & { assign(value: unknown): VariableImpl } };

let partialShape: (dims: readonly (number | null)[] | null) => TensorShape = (d) =>
  new TensorShape((d ?? []) as number[]);
/** Set where shapes with unknown lengths are known. */
export function setPartialShape(f: typeof partialShape): void {
  partialShape = f;
}
const unknownRank = (s: readonly unknown[]): boolean => (s as { rank?: number | null }).rank === null;

let noteVariable: (v: VariableImpl) => void = () => {};
/** Tells who traces functions that a variable is made. */
export function setNoteVariable(f: typeof noteVariable): void {
  noteVariable = f;
}

/** A hashable stand-in for a tensor or variable. */
export class Reference {
  private static readonly known = new WeakMap<object, Reference>();
  private constructor(private readonly what: object) {}
  static of(x: object): Reference {
    const found = Reference.known.get(x);
    if (found) return found;
    const made = new Reference(x);
    Reference.known.set(x, made);
    return made;
  }
  deref(): unknown {
    return this.what;
  }
  __repr__(): string {
    return `<Reference wrapping ${repr(this.what)}>`;
  }
}

/** The variable as an assignment gives it out: the same memory without a name. */
function unread(v: VariableImpl): VariableImpl {
  const u = Object.create(VariableImpl.prototype) as VariableImpl;
  Object.assign(u, v);
  Object.assign(u, { _name: "UnreadVariable" });
  Object.defineProperty(u, "_key", { value: v._key });
  Object.defineProperty(u, "name", { value: "UnreadVariable" });
  return u;
}

interface Updates {
  /** Replaces the value. @throws ValueError for another shape or type */
  assign(value: unknown, use_locking?: unknown, name?: string | null, read_value?: boolean): VariableImpl;
  assign_add(delta: unknown, use_locking?: unknown, name?: string | null, read_value?: boolean): VariableImpl;
  assign_sub(delta: unknown, use_locking?: unknown, name?: string | null, read_value?: boolean): VariableImpl;
  scatter_nd_update(indices: unknown, updates: unknown, name?: string | null): VariableImpl;
  scatter_nd_add(indices: unknown, updates: unknown, name?: string | null): VariableImpl;
  scatter_nd_sub(indices: unknown, updates: unknown, name?: string | null): VariableImpl;
  scatter_update(sparse_delta: Slices): VariableImpl;
  scatter_add(sparse_delta: Slices): VariableImpl;
  scatter_sub(sparse_delta: Slices): VariableImpl;
  scatter_mul(sparse_delta: Slices): VariableImpl;
  scatter_div(sparse_delta: Slices): VariableImpl;
  batch_scatter_update(sparse_delta: Slices): VariableImpl;
  /** The value, which grows by one. @throws OutOfRangeError at the limit */
  count_up_to(limit: number): Tensor;
  /** Adds what is known about the shape. @throws ValueError where it contradicts */
  set_shape(shape: readonly (number | null)[]): void;
  scatter_max(sparse_delta: Slices): VariableImpl;
  scatter_min(sparse_delta: Slices): VariableImpl;
  sparse_read(indices: unknown, name?: string | null): Tensor;
  gather_nd(indices: unknown, name?: string | null): Tensor;
}
/** Rows of a table and their numbers. */
interface Slices {
  readonly values: unknown;
  readonly indices: unknown;
}

/** Updates that are operations: recorded in graphs, done at once elsewhere. */
const assigning = (name: string, type: string, combined: string | null) =>
  method(
    def(
      `Variable.${name}`,
      `self ${name === "assign" ? "value" : "delta"} use_locking name read_value`,
      (
        self: VariableImpl,
        value: unknown,
        _locking: unknown = null,
        own: string | null = null,
        read_value = true,
      ): VariableImpl | null => {
        const x = self._converted(value);
        if (currentGraph()) {
          const shape = x.shape as unknown as (number | null)[] & { rank: number | null };
          if (shape.rank !== null && self._dims !== null && !loosely(self._dims, [...shape]))
            throw new ValueError(
              `Cannot assign value to variable ' ${self.name}': Shape mismatch.The variable shape ${shapeText(self._dims)}, and the assigned value shape ${shapeText([...shape])} are incompatible.`,
            );
          op(type, [self.handle, x], { dtype: self.dtype }, own);
          return self;
        }
        const next = combined ? one(combined, [tensorOf(self._cell.value!), x]) : x;
        self._put(datumOf(next));
        return read_value ? self._unread() : null;
      },
    ),
  );
export const loosely = (a: readonly (number | null)[], b: readonly (number | null)[]): boolean =>
  a.length === b.length && a.every((d, i) => d === null || b[i] === null || d === b[i]);

const scatterNd = (name: string, type: string) =>
  method(
    def(
      `Variable.${name}`,
      "self indices updates name",
      (self: VariableImpl, indices: unknown, updates: unknown, _name: string | null = null): VariableImpl => {
        const next = one(type, [self._as_tensor(), indices, toTensor(updates, { dtype: self.dtype })]);
        if (currentGraph()) op("AssignVariableOp", [self.handle, next], { dtype: self.dtype });
        else self._put(datumOf(next));
        return self._unread();
      },
    ),
  );
const scatterRows = (name: string, type: string) =>
  method(
    def(
      `Variable.${name}`,
      "self sparse_delta use_locking name",
      (
        self: VariableImpl,
        delta: Slices,
        _locking: unknown = false,
        _name: string | null = null,
      ): VariableImpl => {
        const rows = one("ExpandDims", [toTensor(delta.indices), -1]);
        const next = one(type, [self._as_tensor(), rows, toTensor(delta.values, { dtype: self.dtype })]);
        if (currentGraph()) op("AssignVariableOp", [self.handle, next], { dtype: self.dtype });
        else self._put(datumOf(next));
        return self._unread();
      },
    ),
  );

Object.assign(VariableImpl.prototype, {
  assign: assigning("assign", "AssignVariableOp", null),
  assign_add: assigning("assign_add", "AssignAddVariableOp", "AddV2"),
  assign_sub: assigning("assign_sub", "AssignSubVariableOp", "Sub"),
  scatter_nd_update: scatterNd("scatter_nd_update", "TensorScatterUpdate"),
  scatter_nd_add: scatterNd("scatter_nd_add", "TensorScatterAdd"),
  scatter_nd_sub: scatterNd("scatter_nd_sub", "TensorScatterSub"),
  scatter_nd_max: scatterNd("scatter_nd_max", "TensorScatterMax"),
  scatter_nd_min: scatterNd("scatter_nd_min", "TensorScatterMin"),
  scatter_update: scatterRows("scatter_update", "TensorScatterUpdate"),
  scatter_add: scatterRows("scatter_add", "TensorScatterAdd"),
  scatter_sub: scatterRows("scatter_sub", "TensorScatterSub"),
  scatter_max: scatterRows("scatter_max", "TensorScatterMax"),
  scatter_min: scatterRows("scatter_min", "TensorScatterMin"),
  sparse_read(this: VariableImpl, indices: unknown): Tensor {
    return one("GatherV2", [this._as_tensor(), indices, 0]);
  },
  gather_nd(this: VariableImpl, indices: unknown): Tensor {
    return one("GatherNd", [this._as_tensor(), indices]);
  },
});
installOperators(VariableImpl);

/** A slice of a variable can be assigned to. */
const at = (VariableImpl.prototype as unknown as { at(...index: readonly unknown[]): Tensor }).at;
Object.defineProperty(VariableImpl.prototype, "at", {
  value(this: VariableImpl, ...index: readonly unknown[]): Tensor {
    const y = at.apply(this, index as unknown[]);
    const assign = (value: unknown): VariableImpl => {
      const spec = sliceSpec(index);
      const next = one(
        "TensorStridedSliceUpdate",
        [this._as_tensor(), ...sliceOperands(spec), toTensor(value, { dtype: this.dtype })],
        sliceMasks(spec),
      );
      if (currentGraph()) op("AssignVariableOp", [this.handle, next], { dtype: this.dtype });
      else this._put(datumOf(next));
      return this._unread();
    };
    Object.defineProperty(y, "assign", { value: assign });
    return y;
  },
});

/**
 * `tf.Variable`: a tensor that can be replaced, watched by gradient tapes while it is trainable.
 *
 * @param initial_value - data, or a function without parameters that gives it
 * @throws ValueError without an initial value
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * const v = tf.Variable([1.5, 2]);
 * v.assign_add([1, 1]);
 * print(v); // prints <tf.Variable 'Variable:0' shape=(2,) dtype=float32, numpy=array([2.5, 3. ], dtype=float32)>
 * ```
 */
export const Variable = pyClass(
  "tensorflow.python.ops.resource_variable_ops.ResourceVariable",
  "initial_value trainable validate_shape caching_device name variable_def dtype import_scope constraint synchronization aggregation shape",
  VariableImpl,
);
export type Variable = VariableImpl;
