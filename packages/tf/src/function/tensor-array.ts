import { def, method, NotImplementedError, pyClass, ValueError } from "@cognate/py";
import { isGraphTensor } from "../core/context.js";
import { toTensor } from "../core/convert.js";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import { InvalidArgumentError, OutOfRangeError } from "../core/errors.js";
import { one, op } from "../core/execute.js";
import { knownDatum } from "../graph/known.js";
import { numbers } from "../kernels/tools.js";
import { concat, stack } from "../ops/array.js";
import type { Data, Name } from "../ops/make.js";
import { type DType, type Tensor, Value } from "../shared.js";

/** A length that is known before the graph runs. @throws ValueError */
function lengthOf(size: number | Tensor | null): number {
  if (size === null || typeof size === "number") return size ?? 0;
  const known = isGraphTensor(size) ? knownDatum(size as never) : (size as Tensor)._value;
  if (!(known instanceof Value))
    throw new ValueError("The size of a TensorArray must be known before the graph runs.");
  return numbers(known)[0]!;
}

class TensorArrayImpl {
  readonly _dtype: DType;
  private readonly _clear: boolean;
  readonly dynamic_size: boolean;
  readonly _items: (Tensor | null)[];
  private readonly _element: readonly (number | null)[] | null;

  /** @throws NotImplementedError: gradients of arrays of tensors need none */
  grad(_source: unknown, _flow: unknown = null, _name: unknown = null): never {
    throw new NotImplementedError(
      "TensorArray.grad is not supported when executing eagerly; eager's gradient implementation does not use/need this function to compute gradients of operations that use TensorArrays.",
    );
  }
  constructor(
    dtype: TypeLike,
    size: number | Tensor | null = null,
    dynamic_size: boolean | null = null,
    clear_after_read: boolean | null = null,
    _name: string | null = null,
    _handle: unknown = null,
    _flow: unknown = null,
    _infer = true,
    element_shape: readonly (number | null)[] | null = null,
  ) {
    this._dtype = as_dtype(dtype);
    this.dynamic_size = dynamic_size ?? false;
    this._clear = clear_after_read ?? true;
    this._items = new Array<Tensor | null>(lengthOf(size)).fill(null);
    this._element = element_shape;
  }
  get dtype(): DType {
    return this._dtype;
  }
  get element_shape(): unknown {
    return this._element;
  }
  get flow(): null {
    return null;
  }
  get handle(): null {
    return null;
  }
  identity(): this {
    return this;
  }
  size(): Tensor {
    return toTensor(this._items.length);
  }
  close(): void {
    this._items.length = 0;
  }
  _put(i: number, value: unknown): void {
    if (i < 0) throw new OutOfRangeError("Writing to negative indices (index " + i + ") is not allowed.");
    if (i >= this._items.length) {
      if (!this.dynamic_size)
        throw new OutOfRangeError(
          `Tried to write to index ${i} but array is not resizeable and size is: ${this._items.length}`,
        );
      while (this._items.length <= i) this._items.push(null);
    }
    const t = toTensor(value, { hint: this._dtype });
    if (t.dtype !== this._dtype) {
      if (t._value?.weak) {
        this._items[i] = toTensor(t, { dtype: this._dtype });
        return;
      }
      throw new InvalidArgumentError(
        `TensorArray dtype is ${this._dtype.name} but Op is trying to write dtype ${t.dtype.name} [Op:TensorListSetItem] name: `,
      );
    }
    this._items[i] = t;
  }
  _get(i: number): Tensor {
    if (i < 0 || i >= this._items.length)
      throw new OutOfRangeError(`Tried to read from index ${i} but array size is: ${this._items.length}`);
    const t = this._items[i];
    if (t === null || t === undefined) {
      const shape = this._items.find((x) => x !== null)?.shape;
      if (!shape)
        throw new InvalidArgumentError(
          `Could not read index ${i} twice because it was cleared after a previous read (perhaps try setting clear_after_read = false?)`,
        );
      return one("Fill", [toTensor([...shape]), toTensor(0, { dtype: this._dtype })]);
    }
    if (this._clear) this._items[i] = this._items[i] ?? null;
    return t;
  }
  _all(): Tensor[] {
    const like = this._items.find((x): x is Tensor => x !== null);
    return this._items.map((t) => t ?? one("ZerosLike", [like ?? toTensor(0, { dtype: this._dtype })]));
  }
}
interface TensorArrayImpl {
  /** The array with an element written. */
  write(index: number | Tensor, value: unknown, name?: Name): TensorArray;
  read(index: number | Tensor, name?: Name): Tensor;
  /** All elements along a new first axis. */
  stack(name?: Name): Tensor;
  gather(indices: Data, name?: Name): Tensor;
  concat(name?: Name): Tensor;
  unstack(value: Data, name?: Name): TensorArray;
  scatter(indices: Data, value: Data, name?: Name): TensorArray;
  split(value: Data, lengths: Data, name?: Name): TensorArray;
}
const numbersOf = (x: Data): number[] => (toTensor(x).tolist() as (number | bigint)[]).map(Number);
const rows = (value: Data, n: number): Tensor[] => op("Unpack", [toTensor(value)], { num: n, axis: 0 });
type Self = TensorArrayImpl;
Object.assign(TensorArrayImpl.prototype, {
  write: method(
    def(
      "TensorArray.write",
      "self index value name",
      (self: Self, index: number | Tensor, value: unknown, _name: Name = null): Self => {
        self._put(Number(index), value);
        return self;
      },
    ),
  ),
  read: method(
    def(
      "TensorArray.read",
      "self index name",
      (self: Self, index: number | Tensor, _name: Name = null): Tensor => self._get(Number(index)),
    ),
  ),
  stack: method(
    def(
      "TensorArray.stack",
      "self name",
      (self: Self, _name: Name = null): Tensor => stack(self._all() as Data[]),
    ),
  ),
  gather: method(
    def(
      "TensorArray.gather",
      "self indices name",
      (self: Self, indices: Data, _name: Name = null): Tensor => {
        const all = self._all();
        return stack(numbersOf(indices).map((i) => all[i]!) as Data[]);
      },
    ),
  ),
  concat: method(
    def(
      "TensorArray.concat",
      "self name",
      (self: Self, _name: Name = null): Tensor => concat(self._all() as Data[], 0),
    ),
  ),
  unstack: method(
    def("TensorArray.unstack", "self value name", (self: Self, value: Data, _name: Name = null): Self => {
      const t = toTensor(value);
      const n = t.shape[0]!;
      if (self._items.length > 0 && n > self._items.length && !self.dynamic_size)
        throw new ValueError(
          `Size of \`value\` along the first dimension: ${n} must be no greater than the array's size ${self._items.length}`,
        );
      self._items.length = 0;
      self._items.push(...rows(t, n));
      return self;
    }),
  ),
  scatter: method(
    def(
      "TensorArray.scatter",
      "self indices value name",
      (self: Self, indices: Data, value: Data, _name: Name = null): Self => {
        const list = numbersOf(indices);
        const parts = rows(value, list.length);
        list.forEach((i, k) => void self._put(i, parts[k]));
        return self;
      },
    ),
  ),
  split: method(
    def(
      "TensorArray.split",
      "self value lengths name",
      (self: Self, value: Data, lengths: Data, _name: Name = null): Self => {
        const list = numbersOf(lengths);
        const parts = op("SplitV", [value, list, 0], { num_split: list.length });
        self._items.length = 0;
        self._items.push(...parts);
        return self;
      },
    ),
  ),
});

/** `tf.TensorArray`: tensors of one type, written and read by number. */
export const TensorArray = pyClass(
  "tensorflow.python.ops.tensor_array_ops.TensorArray",
  "dtype size dynamic_size clear_after_read tensor_array_name handle flow infer_shape element_shape colocate_with_first_write_call name",
  TensorArrayImpl,
);
export type TensorArray = TensorArrayImpl;
