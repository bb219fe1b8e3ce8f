import type { Data, DType } from "../dtype/dtype.js";
import { freeBytes, nextCall, takeBytes } from "../memory/heap.js";
import {
  heapF32,
  heapF64,
  heapI32,
  heapI64,
  heapU8,
  SCRATCH_BYTES,
  SCRATCH_START,
  SLACK,
} from "../memory/wasm-memory.js";
import { collapse } from "../strided/iterate.js";
import type { Strided } from "../strided/strided.js";
import { noteFinite } from "./finite.js";
import { wasm } from "./instance.js";

/*
 * How arrays reach a kernel: those in WASM memory by their address, small ones and those that settled on the JavaScript
 * heap through scratch space, from where results are copied back. One call at a time: begin, take and give, end.
 */

const END = SCRATCH_START + SCRATCH_BYTES - SLACK;
let top = SCRATCH_START;
const taken: number[] = [];
const takenSizes: number[] = [];
const outs: Strided[] = [];
const outPtrs: number[] = [];

/** Begins a call. What one left behind that ended by an exception is dropped. */
export function begin(): void {
  if (outs.length + taken.length > 0) abandon();
  top = SCRATCH_START;
  noteFinite(null);
  nextCall();
}

/** Scratch memory of a call, 16-byte aligned; 0 if there is none. */
export function scratch(bytes: number): number {
  const size = (bytes + 15) & ~15;
  if (top + size <= END) {
    top += size;
    return top - size;
  }
  const ptr = takeBytes(bytes + SLACK);
  if (ptr !== 0) {
    taken.push(ptr);
    takenSizes.push(bytes + SLACK);
  }
  return ptr;
}

/** Room to work in for each of the threads; `null` if there is none. */
export function rooms(count: number, bytes: number): number[] | null {
  const list = Array.from({ length: count }, () => scratch(bytes));
  return list.includes(0) ? null : list;
}

/** A place, 0 at first, where kernels say that they met what they do not take; 0 if there is no room. */
export function flag(): number {
  const at = scratch(4);
  if (at) heapI32[at >>> 2] = 0;
  return at;
}

/** Ends a call: results go to where they belong, scratch memory is free again. */
export function end(): void {
  for (let i = 0; i < outs.length; i++) {
    const y = outs[i]!;
    const { lanes } = y.dtype;
    copyOut(outPtrs[i]!, y.storage.data(y.dtype), y.offset * lanes, y.size * lanes);
  }
  abandon();
}

/** Ends a call that was not made. Returns `false`, what a kernel says that declines. */
export function abandon(): false {
  if (outs.length > 0) outs.length = outPtrs.length = 0;
  while (taken.length > 0) freeBytes(taken.pop()!, takenSizes.pop()!);
  return false;
}

/** So many elements are copied one by one: a view costs more, and a small array's first view moves it off the heap. */
const FEW = 24;

function copyIn(data: Data, from: number, n: number, ptr: number): void {
  if (data instanceof Float32Array) {
    const at = ptr >>> 2;
    if (n <= FEW) for (let i = 0; i < n; i++) heapF32[at + i] = data[from + i]!;
    else heapF32.set(from === 0 && n === data.length ? data : data.subarray(from, from + n), at);
  } else if (data instanceof Float64Array && n <= FEW) {
    const at = ptr >>> 3;
    for (let i = 0; i < n; i++) heapF64[at + i] = data[from + i]!;
  } else if (data instanceof Float64Array)
    heapF64.set(from === 0 && n === data.length ? data : data.subarray(from, from + n), ptr >>> 3);
  else if (data instanceof Uint8Array) heapU8.set(data.subarray(from, from + n), ptr);
  else if (data instanceof Int32Array) heapI32.set(data.subarray(from, from + n), ptr >>> 2);
  else {
    const width = data.BYTES_PER_ELEMENT;
    heapU8.set(new Uint8Array(data.buffer, data.byteOffset + from * width, n * width), ptr);
  }
}

function copyOut(ptr: number, data: Data, to: number, n: number): void {
  if (data instanceof Float32Array) {
    const at = ptr >>> 2;
    if (n <= FEW) for (let i = 0; i < n; i++) data[to + i] = heapF32[at + i]!;
    else data.set(heapF32.subarray(at, at + n), to);
  } else if (data instanceof Float64Array && n <= FEW) {
    const at = ptr >>> 3;
    for (let i = 0; i < n; i++) data[to + i] = heapF64[at + i]!;
  } else if (data instanceof BigInt64Array && n <= FEW) {
    const at = ptr >>> 3;
    for (let i = 0; i < n; i++) data[to + i] = heapI64[at + i]!;
  } else if (data instanceof Float64Array) data.set(heapF64.subarray(ptr >>> 3, (ptr >>> 3) + n), to);
  else {
    const width = data.BYTES_PER_ELEMENT;
    new Uint8Array(data.buffer, data.byteOffset + to * width, n * width).set(
      heapU8.subarray(ptr, ptr + n * width),
    );
  }
}

/**
 * The address of the first element of x (the one at its offset); its strides hold there. 0 if there is no room. A view
 * that reaches far more memory than it has elements declines the same way.
 */
export function take(x: Strided): number {
  const { storage, dtype, offset } = x;
  const base = storage.pointer(false);
  if (base !== 0) return base + offset * dtype.itemsize;
  let [low, high] = [0, 0];
  if (x.contiguous) high = x.size - 1;
  else
    for (let i = 0; i < x.shape.length; i++) {
      const reach = (x.shape[i]! - 1) * x.strides[i]!;
      if (reach < 0) low += reach;
      else high += reach;
    }
  const n = high - low + 1;
  if (n > 4 * x.size + 1024) return 0;
  const ptr = scratch(n * dtype.itemsize + SLACK);
  if (ptr === 0) return 0;
  copyIn(storage.data(dtype), (offset + low) * dtype.lanes, n * dtype.lanes, ptr);
  return ptr - low * dtype.itemsize;
}

/** Where a kernel writes the contiguous array y, all of it; 0 if there is no room. */
export function give(y: Strided): number {
  const { storage, dtype } = y;
  const base = storage.pointer(y.size * dtype.itemsize === storage.byteLength);
  if (base !== 0) return base + y.offset * dtype.itemsize;
  const ptr = scratch(y.size * dtype.itemsize);
  if (ptr === 0) return 0;
  outs.push(y);
  outPtrs.push(ptr);
  return ptr;
}

/** {@link give} for an array whose elements fill its memory in any order of axes (channels last). */
export function giveSpan(y: Strided): number {
  return y.contiguous || fillsSpan(y) ? give(y) : 0;
}

/** Whether an array's elements fill a span of memory without gaps. */
function fillsSpan(y: Strided): boolean {
  let reach = 0;
  for (let i = 0; i < y.rank; i++) {
    if (y.strides[i]! < 0) return false;
    reach += (y.shape[i]! - 1) * y.strides[i]!;
  }
  return reach === y.size - 1;
}

/** {@link give} for an array that the kernel also reads. */
export function giveAndTake(y: Strided): number {
  const { storage, dtype } = y;
  const base = storage.pointer(false);
  if (base !== 0) return base + y.offset * dtype.itemsize;
  const ptr = scratch(y.size * dtype.itemsize);
  if (ptr === 0) return 0;
  copyIn(storage.data(dtype), y.offset * dtype.lanes, y.size * dtype.lanes, ptr);
  outs.push(y);
  outPtrs.push(ptr);
  return ptr;
}

/** A number of some type in scratch memory. */
export function takeScalar(v: number | bigint, dtype: DType): number {
  const ptr = scratch(8);
  if (dtype.big) heapI64[ptr >>> 3] = BigInt(v);
  else if (dtype.kind !== "float") heapI32[ptr >>> 2] = Number(v);
  else if (dtype.itemsize === 4) heapF32[ptr >>> 2] = Number(v);
  else heapF64[ptr >>> 3] = Number(v);
  return ptr;
}

/** The address of the elements of x without gaps, row-major, gathered if they do not lie so; 0 if not. */
export function takeRows(x: Strided): number {
  if (x.contiguous) return take(x);
  return gather(x, x.shape, x.strides);
}

/** {@link takeRows} of x seen under other strides (broadcast). */
export function gather(x: Strided, shape: readonly number[], strides: readonly number[]): number {
  const bytes = x.dtype.itemsize;
  if ((bytes !== 4 && bytes !== 8) || !wasm()) return 0;
  const from = take(x);
  if (from === 0) return 0;
  let size = bytes;
  for (const n of shape) size *= n;
  const ptr = scratch(size + SLACK);
  if (ptr !== 0) copyNest(shape, strides, from, bytes, ptr);
  return ptr;
}

/** Copies elements of four or eight bytes under any strides to where they lie without gaps. */
export function copyNest(
  shape: readonly number[],
  strides: readonly number[],
  from: number,
  bytes: number,
  to: number,
): void {
  const e = wasm()!;
  const nest = collapse(shape, [strides]);
  const axes = Math.min(nest.shape.length, 4);
  const skip = nest.shape.length - axes;
  const copy = bytes === 4 ? e.copy_32 : e.copy_64;
  const n = (i: number): number => (i < 4 - axes ? 1 : nest.shape[skip + i - 4 + axes]!);
  const s = (i: number): number => (i < 4 - axes ? 0 : nest.strides[0]![skip + i - 4 + axes]!);
  const block = n(0) * n(1) * n(2) * n(3) * bytes;
  let blocks = 1;
  for (let i = 0; i < skip; i++) blocks *= nest.shape[i]!;
  for (let k = 0; k < blocks; k++) {
    let rest = k;
    let at = from;
    for (let i = skip - 1; i >= 0; i--) {
      const c = rest % nest.shape[i]!;
      rest = (rest - c) / nest.shape[i]!;
      at += c * nest.strides[0]![i]! * bytes;
    }
    copy(at, n(0), s(0), n(1), s(1), n(2), s(2), n(3), s(3), to + k * block);
  }
}
