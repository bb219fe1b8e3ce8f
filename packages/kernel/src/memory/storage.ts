import type { Data, DType } from "../dtype/dtype.js";
import { attach, Body, discard, look, toJavaScript, toWasm } from "./heap.js";
import { answersInspector } from "./reclaim.js";
import { Slab } from "./slab.js";

/**
 * One block of memory that any number of strided arrays look at.
 *
 * Everything reads and writes through {@link data} or {@link peek}. Small blocks lie on the JavaScript heap; large ones
 * come into being where they are first used, in WASM memory or on the heap, and may move (see {@link Body}). `version`
 * counts in-place writes; arrays that share a storage share the count, which is how a changed saved value is noticed.
 */
export class Storage {
  /** Number of in-place writes so far. */
  version = 0;
  private _first: Data | null;
  private readonly _dtype: DType;
  private _others: Data[] | undefined = undefined;
  private readonly _body: Body | null;

  constructor(data: Data | Body, dtype: DType) {
    this._dtype = dtype;
    if (data instanceof Body) {
      this._first = null;
      this._body = data;
      attach(data, this);
    } else {
      this._first = data;
      this._body = null;
    }
  }

  /** A large block of zeros whose place is decided at first use. */
  static deferred(dtype: DType, count: number): Storage {
    return new Storage(new Body(dtype.Data as never, count * dtype.lanes), dtype);
  }

  /** What may move, or `null` for a block of the JavaScript heap. */
  get body(): Body | null {
    return this._body;
  }

  get byteLength(): number {
    return this._first !== null ? this._first.byteLength : this._body!.bytes;
  }

  /**
   * The typed array over the whole block for elements of `dtype`; a trailing partial element is left out. It stays valid for
   * good: a large block settles on the JavaScript heap by it. Code that is done before the next op should {@link peek}.
   */
  data(dtype: DType): Data {
    if (this._first === null) {
      const body = this._body!;
      this._first = toJavaScript(body);
      body.held = true;
    }
    if (dtype === this._dtype) return this._first;
    this._others ??= [];
    return (this._others[dtype.code] ??= reinterpret(this._first, dtype));
  }

  /** {@link data} for a short look: valid until the next op runs or memory is taken. */
  peek(dtype: DType): Data {
    if (this._first !== null) return this.data(dtype);
    const first = look(this._body!);
    return dtype === this._dtype ? first : reinterpret(first, dtype);
  }

  /**
   * The block's address in WASM memory, or 0 if it lies on the JavaScript heap and stays there. With `overwrite` the caller
   * writes every byte.
   */
  pointer(overwrite: boolean): number {
    return this._body === null ? 0 : toWasm(this._body, overwrite);
  }

  /** Gives a block that shares a buffer with others one of its own, before somebody gets to see the buffer. */
  part(): void {
    if (!(this._first?.buffer instanceof Slab)) return;
    this._first = this._first.slice() as Data;
    this._others = undefined;
  }

  /** Whether the block lies in WASM memory, or may yet. */
  get movable(): boolean {
    return this._body !== null && !this._body.held;
  }

  /** Gives the memory back at once: for temporaries that nobody else can hold. */
  release(): void {
    if (this._body !== null && this._body.handles === 1) discard(this._body);
  }

  /** A second storage over the same bytes with a version count of its own (PyTorch's `x.data`). */
  alias(): Storage {
    this.part();
    return new Storage(this._body ?? this._first!, this._dtype);
  }

  /** `true` when both look at the same bytes in memory. */
  sameMemory(other: Storage): boolean {
    if (this === other) return true;
    if (this._body !== null || other._body !== null) return this._body === other._body;
    const [a, b] = [this._first!, other._first!];
    return a.buffer === b.buffer && a.byteOffset === b.byteOffset;
  }

  /** The address of the first byte within its buffer, and that buffer's identity number: what `data_ptr` prints. */
  get address(): number {
    if (this._body !== null) return numberOf(this._body, this._body.bytes);
    this.part();
    const { buffer, byteOffset } = this._first!;
    return numberOf(buffer, buffer.byteLength) + byteOffset;
  }
}

answersInspector(Storage);

function reinterpret({ buffer, byteOffset, byteLength }: Data, dtype: DType): Data {
  return new dtype.Data(buffer, byteOffset, Math.floor(byteLength / dtype.Data.BYTES_PER_ELEMENT));
}

const numbers = new WeakMap<object, number>();
let nextNumber = 0x10000;

function numberOf(memory: object, bytes: number): number {
  let n = numbers.get(memory);
  if (n === undefined) {
    n = nextNumber;
    nextNumber += Math.ceil((bytes + 1) / 64) * 64;
    numbers.set(memory, n);
  }
  return n;
}
