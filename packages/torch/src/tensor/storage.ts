import { type DType, elementAt, Strided, uint8 } from "@cognate/kernel";
import { classNames, floatRepr, IndexError, UserWarning, warn } from "@cognate/py";
import { cpu, type device } from "../device.js";
import { type dtype, fromKernel } from "../dtype.js";
import { scalarAt } from "./tensor.js";

/** What both kinds of storage share: a line of elements over all of one block of memory. */
abstract class Elements {
  readonly _array: Strided;

  constructor(array: Strided, type: DType) {
    const { storage } = array;
    this._array = new Strided(storage, type, [Math.floor(storage.byteLength / type.itemsize)], [1], 0);
  }

  protected abstract title(): string;

  get device(): device {
    return cpu;
  }
  get length(): number {
    return this._array.size;
  }
  __len__(): number {
    return this.length;
  }
  /** Number of elements. */
  size(): number {
    return this.length;
  }
  nbytes(): number {
    return this._array.storage.byteLength;
  }
  element_size(): number {
    return this._array.dtype.itemsize;
  }
  /** Address of the first element. */
  data_ptr(): number {
    return this._array.storage.address;
  }
  /** The element at a place, from the end where it is negative. @throws IndexError */
  at(index: number): unknown {
    const n = this.length;
    if (index < -n || index >= n)
      throw new IndexError(`index ${index} out of range for storage of size ${n}`);
    return scalarAt(this._array, index < 0 ? index + n : index);
  }
  tolist(): unknown[] {
    return [...this];
  }
  is_shared(): boolean {
    return false;
  }
  is_pinned(): boolean {
    return false;
  }
  get is_cuda(): boolean {
    return false;
  }
  cpu(): this {
    return this;
  }
  *[Symbol.iterator](): Generator<unknown> {
    for (let i = 0; i < this.length; i++) yield scalarAt(this._array, i);
  }
  __repr__(): string {
    const { kind } = this._array.dtype;
    const text = (i: number): string => {
      const v = elementAt(this._array, i);
      return kind === "float" ? floatRepr(v as number) : String(scalarAt(this._array, i));
    };
    const lines = Array.from({ length: this.length }, (_, i) => ` ${text(i)}\n`).join("");
    return `${lines}[${this.title()} of size ${this.length}]`;
  }
  toString(): string {
    return this.__repr__();
  }
}

/** `torch.UntypedStorage`: the bytes behind tensors that share memory. */
export class UntypedStorage extends Elements {
  constructor(array: Strided) {
    super(array, uint8);
  }
  protected title(): string {
    return "torch.storage.UntypedStorage(device=cpu)";
  }
  untyped(): this {
    return this;
  }
}

/** `torch.TypedStorage`: the elements behind tensors that share memory. */
export class TypedStorage extends Elements {
  constructor(array: Strided) {
    super(array, array.dtype);
  }
  protected title(): string {
    return `torch.storage.TypedStorage(dtype=${this.dtype}, device=cpu)`;
  }
  get dtype(): dtype {
    return fromKernel(this._array.dtype);
  }
  untyped(): UntypedStorage {
    return new UntypedStorage(this._array);
  }
}
classNames.set(UntypedStorage, "UntypedStorage");
classNames.set(TypedStorage, "TypedStorage");

/** A typed storage, which PyTorch discourages. */
export function typedStorage(array: Strided): TypedStorage {
  warn(
    "TypedStorage is deprecated. It will be removed in the future and UntypedStorage will be the only storage class. This should only matter to you if you are using storages directly.  To access UntypedStorage directly, use tensor.untyped_storage() instead of tensor.storage()",
    UserWarning,
  );
  return new TypedStorage(array);
}

/** Whether something is a storage. */
export const is_storage = (obj: unknown): boolean => obj instanceof Elements;
