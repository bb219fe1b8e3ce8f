import { ARRAY, cloneContiguous, type DType, dtypeNamed, type HasArray, type Strided } from "@cognate/kernel";
import type { ndarray } from "@cognate/ndarray";
import { pyClass, repr, TypeError, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { castValue, valueOf } from "./create.js";
import { type DTypeLike, isFloatName, standardizeDType } from "./dtype.js";
import { autoName } from "./global-state.js";
import { installMethods, type TensorMethods } from "./methods.js";
import { noteRead, recording } from "./record.js";
import { autocastType, currentPath, statelessScope } from "./scope.js";
import { type Shape, shapesEqual, shapeText, sizeOfShape, standardizeShape } from "./shape.js";
import { scalarAt, Tensor, type TensorLike, wrap } from "./tensor.js";
import { TensorShape } from "./tensor-shape.js";

/** What makes the first value of a variable: an initializer, or a function of shape and element type. */
export type Initial = (shape: Shape, dtype: string) => TensorLike;

/** A penalty on a variable's value. */
export type Penalty = (value: Tensor) => Tensor;
/** What is done to a variable's value after each update. */
export type Projection = (value: Tensor) => Tensor;

let namedInitializer: (name: string) => Initial;
/** Tells variables how initializers are found by name. */
export function setNamedInitializer(f: typeof namedInitializer): void {
  namedInitializer = f;
}

class VariableImpl implements HasArray {
  declare _current: Value;
  readonly _name: string;
  readonly _path: string;
  private readonly _dtype: string;
  private readonly _shape: readonly number[];
  private readonly _autocast: boolean;
  private _trainable: boolean;
  readonly aggregation: string;
  readonly synchronization: string;
  private _regularizer: Penalty | null = null;
  private _constraint: Projection | null = null;
  /** Whether an optimizer writes the gradient over the value instead of taking a step. */
  overwrite_with_gradient = false;

  constructor(
    initializer: Initial | string | TensorLike,
    shape: Shape | null = null,
    dtype: DTypeLike | null = null,
    trainable = true,
    autocast = true,
    aggregation: string | null = "none",
    synchronization: string | null = "auto",
    name: string | null = null,
    _layout: unknown = null,
  ) {
    const own = name ?? autoName("Variable");
    if (typeof own !== "string" || own.includes("/"))
      throw new ValueError(
        `Argument \`name\` must be a string and cannot contain character \`/\`. Received: name=${own}`,
      );
    this._name = own;
    const parent = currentPath();
    this._path = parent ? `${parent}/${own}` : own;
    this._trainable = Boolean(trainable);
    this._autocast = Boolean(autocast);
    this.aggregation = aggregation ?? "none";
    this.synchronization = synchronization ?? "none";
    const make = typeof initializer === "string" ? namedInitializer(initializer) : initializer;
    if (typeof make === "function") {
      if (shape === null)
        throw new ValueError(
          `When creating a Variable from an initializer, the \`shape\` argument should be specified. Received: initializer=${repr(make)} and shape=None`,
        );
      this._dtype = standardizeDType(dtype);
      const lengths = standardizeShape(shape);
      if (lengths.includes(null))
        throw new ValueError(
          `Shapes used to initialize variables must be fully-defined (no \`None\` dimensions). Received: shape=${shapeText(lengths)} for variable path='${this._path}'`,
        );
      this._shape = lengths as readonly number[];
      this._current = ownValue((make as Initial)(lengths, this._dtype), this.kernel);
    } else {
      const given = valueOf(make, dtype === null ? undefined : dtypeNamed(standardizeDType(dtype)));
      this._dtype = given.dtype.name;
      this._current = ownValue(make as TensorLike, given.dtype);
      this._current.weak = given.weak;
      this._shape = given.shape;
    }
  }

  /** The kernel's element type. */
  private get kernel(): DType {
    return dtypeNamed(this._dtype)!;
  }

  /** The value that counts now: that of the scope of updates that are kept apart, if there is one. */
  get _value(): Value {
    const kept = statelessScope()?.values.get(this) ?? this._current;
    if (recording()) {
      // Whole numbers that JavaScript could not write as floats.
      if (kept.weak && this._trainable) {
        kept.array = castValue(kept, dtypeNamed("float32")!).array;
        kept.weak = false;
      }
      noteRead(this, kept);
    }
    if (!this._autocast) return kept;
    const type = autocastType();
    if (!type || type === this._dtype || !isFloatName(this._dtype)) return kept;
    return castValue(kept, dtypeNamed(type)!);
  }
  [ARRAY](): Strided {
    return this._value.array;
  }

  /** The value as a tensor. */
  get value(): Tensor {
    return wrap(this._value);
  }
  numpy(): ndarray {
    return this.value.numpy();
  }
  get name(): string {
    return this._name;
  }
  /** The names of the layers around and its own, joined by slashes. */
  get path(): string {
    return this._path;
  }
  get dtype(): string {
    const type = this._autocast && isFloatName(this._dtype) ? autocastType() : undefined;
    return type ?? this._current.dtype.name;
  }
  get shape(): TensorShape {
    return new TensorShape(this._shape);
  }
  get ndim(): number {
    return this._shape.length;
  }
  /** Number of elements. */
  get size(): number {
    return sizeOfShape(this._shape);
  }
  get trainable(): boolean {
    return this._trainable;
  }
  set trainable(value: boolean) {
    this._trainable = Boolean(value);
  }
  get regularizer(): Penalty | null {
    return this._regularizer;
  }
  set regularizer(value: Penalty | null) {
    if (value !== null && typeof value !== "function")
      throw new ValueError(
        `Invalid value for attribute \`regularizer\`. Expected a callable (such as a \`keras.regularizers.Regularizer\` instance) or \`None\`. Received: regularizer=${repr(value)}`,
      );
    this._regularizer = value;
  }
  get constraint(): Projection | null {
    return this._constraint;
  }
  set constraint(value: Projection | null) {
    if (value !== null && typeof value !== "function")
      throw new ValueError(
        `Invalid value for attribute \`constraint\`. Expected a callable (such as a \`keras.constraints.Constraint\` instance) or \`None\`. Received: constraint=${repr(value)}`,
      );
    this._constraint = value;
  }

  /** Replaces the value, cast to the variable's type. @throws ValueError for another shape */
  assign(value: TensorLike): Tensor {
    const next = valueOf(value, this.kernelNow);
    if (!shapesEqual(next.shape, this._shape))
      throw new ValueError(
        `The shape of the target variable and the shape of the target value in \`variable.assign(value)\` must match. variable.shape=${this.shape}, Received: value.shape=${new TensorShape(next.shape)}. Target variable: ${this.__repr__()}`,
      );
    const scope = statelessScope();
    if (scope) scope.values.set(this, next);
    else this._current = ownValue(value, this.kernelNow);
    return wrap(next);
  }
  private get kernelNow(): DType {
    return this._current.dtype;
  }
  assign_add(value: TensorLike): Tensor {
    return this.assign(this.value.add(value));
  }
  assign_sub(value: TensorLike): Tensor {
    return this.assign(this.value.sub(value));
  }
  /** Takes over a result that nobody else holds, of the variable's own shape and type. */
  _take(value: Value): void {
    const scope = statelessScope();
    if (scope) scope.values.set(this, value);
    else this._current = value.ownNode === null ? value : value.detach();
  }

  get length(): number {
    return this._shape[0] ?? 0;
  }
  item(): unknown {
    return this.value.item();
  }
  tolist(): unknown {
    return this.value.tolist();
  }
  valueOf(): number {
    return this.__float__();
  }
  __float__(): number {
    if (this.ndim > 0)
      throw new TypeError(`Only scalar arrays can be converted to Python scalars. Got: shape=${this.shape}`);
    const { array } = this._value;
    return Number(scalarAt(array, array.offset));
  }
  __int__(): number {
    return Math.trunc(this.__float__());
  }
  __bool__(): boolean {
    return this.value.__bool__();
  }
  [Symbol.toPrimitive](hint: string): number | string {
    if (hint === "string") return this.toString();
    return this.value[Symbol.toPrimitive](hint);
  }
  *[Symbol.iterator](): Generator<Tensor> {
    yield* this.value;
  }
  __repr__(): string {
    return `<Variable path=${this._path}, shape=${this.shape}, dtype=${this.dtype}, value=${this.numpy()}>`;
  }
  toString(): string {
    return this.__repr__();
  }
}

interface VariableImpl extends TensorMethods {}
installMethods(VariableImpl);

/** Memory of the variable's own: what was given may be changed later by others. */
function ownValue(x: TensorLike, dtype: DType): Value {
  const v = valueOf(x, dtype);
  const fresh = x instanceof Tensor && v.ownNode === null && v.view === null && v.array.contiguous;
  return fresh ? v : new Value(cloneContiguous(v.array));
}

/**
 * `keras.Variable`: a tensor that can be replaced, with a name and a path, watched by gradient tapes while it is trainable.
 *
 * @param initializer - the value, or an initializer (also by name) for `shape`
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const v = keras.Variable([1.5, 2], { name: "v" });
 * v.assign_add([1, 1]);
 * print(v, v.mul(2).numpy());
 * // prints
 * // <Variable path=v, shape=(2,), dtype=float32, value=[2.5 3. ]> [5. 6.]
 * ```
 */
export const Variable = pyClass(
  "keras.src.backend.Variable",
  "initializer shape dtype trainable autocast aggregation synchronization name layout",
  VariableImpl,
);
export type Variable = VariableImpl;
