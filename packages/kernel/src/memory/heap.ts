import type { Data } from "../dtype/dtype.js";
import { MemoryError } from "../errors/errors.js";
import { Ranges } from "./ranges.js";
import { reclaimable, sweep, watch } from "./reclaim.js";
import { growTo, HEAP_START, heapU8, memory, SLACK } from "./wasm-memory.js";

type DataConstructor = (new (
  length: number,
) => Data) & {
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
};

/**
 * What a finalizer holds of a body. Finalizers do not run inside a synchronous job, and all that time their registry keeps
 * what it holds: so that a body on the JavaScript heap can be collected with its storages, it is named here only while it
 * lies in WASM memory.
 */
interface Watched {
  /** Number of storages that look at the body. */
  handles: number;
  resident: Body | null;
}

/**
 * The memory of one large storage, wherever it is: not taken yet (all zeros), in WASM memory, or on the JavaScript heap.
 * Storages that alias share one; it outlives none of them.
 */
export class Body {
  /** Address in WASM memory, 0 if it is not there. */
  ptr = 0;
  /** On the JavaScript heap, `null` if it is not there. */
  data: Data | null = null;
  /** A typed array over it was handed out for good, so it stays on the JavaScript heap. */
  held = false;
  /** The call that used it last. */
  stamp = 0;
  /** What finalizers hold of it. */
  readonly watch: Watched = { handles: 0, resident: null };
  /** The storages, where the platform can tell that they are gone; see `reclaim.ts`. */
  refs: WeakRef<object>[] | null = null;

  constructor(
    readonly Data: DataConstructor,
    readonly length: number,
  ) {}

  get bytes(): number {
    return this.length * this.Data.BYTES_PER_ELEMENT;
  }
}

const FIRST_LIMIT = 256 << 20;
/** Up to here the limit rises only because sweeps would follow each other too closely. */
const EASY_LIMIT = 512 << 20;
const HARD_LIMIT = 3 * 1024 ** 3;

const ranges = new Ranges();
const residents = new Set<Body>();
/** From where on nothing was taken yet. */
let top = HEAP_START;
let limit = FIRST_LIMIT;
let used = 0;
let call = 1;
let sinceSweep = 0;
let lastSweep = 0;

const registry =
  typeof FinalizationRegistry === "undefined"
    ? null
    : new FinalizationRegistry<Watched>((watched) => {
        if (--watched.handles === 0 && watched.resident) dismiss(watched.resident);
      });

/** A new call: what is used in it stays where it is until the next one begins. */
export const nextCall = (): number => ++call;

/** How much WASM memory arrays hold, how much there is, and how much may be taken before arrays are moved out. */
export const heapUse = (): { used: number; size: number; limit: number } => ({
  used,
  size: heapU8.byteLength,
  limit,
});

/** Sets how much may be taken (bytes) before arrays are moved out to the JavaScript heap. */
export function setHeapLimit(bytes: number): void {
  limit = Math.min(Math.max(bytes, 1 << 20), HARD_LIMIT);
}

/** Notes a storage that looks at `body`. */
export function attach(body: Body, storage: object): void {
  body.watch.handles++;
  if (tracked) {
    tracked.add(body);
    // The youngest are those that somebody may be looking at.
    if (tracked.size > 100) tracked.delete(tracked.values().next().value!);
  }
  registry?.register(storage, body.watch);
  watch(body, storage);
}

const rounded = (bytes: number): number => (bytes < 65536 ? (bytes + 63) & ~63 : (bytes + 4095) & ~4095);

function takeRange(bytes: number): number {
  const ptr = ranges.take(bytes);
  if (ptr !== 0) return ptr;
  if (top + bytes + SLACK > Math.max(limit, HEAP_START + (1 << 20)) || !growTo(top + bytes + SLACK)) return 0;
  top += bytes;
  return top - bytes;
}

/** Memory of `bytes` bytes with any contents, or 0 if there is none even after moving everything else out. */
export function takeBytes(bytes: number): number {
  if (!memory) return 0;
  const size = rounded(bytes);
  sinceSweep += size;
  let ptr = takeRange(size);
  if (ptr === 0) {
    if (reclaimable() && sinceSweep > limit / 8) sweepResidents();
    ptr = takeRange(size);
  }
  // What is alive needs more: up to the hard limit where the dead can be told from the living, else they go first.
  if (ptr === 0 && reclaimable() && limit < HARD_LIMIT) {
    setHeapLimit(Math.max(limit * 2, used + size + (1 << 20)));
    ptr = takeRange(size);
  }
  while (ptr === 0 && moveOut(Math.max(size, limit / 4))) ptr = takeRange(size);
  // One call may need more than the limit.
  if (ptr === 0 && limit < HARD_LIMIT) {
    setHeapLimit(top + size + (1 << 20));
    ptr = takeRange(size);
  }
  if (ptr !== 0) used += size;
  return ptr;
}

/** Gives memory back that {@link takeBytes} took. */
export function freeBytes(ptr: number, bytes: number): void {
  const size = rounded(bytes);
  used -= size;
  ranges.give(ptr, size);
}

/** Frees the dead, and raises the limit where that is too little or has to be done too often. */
function sweepResidents(): void {
  const began = performance.now();
  const dead = sweep(residents);
  // What the current call works on may have no other holder than the call itself.
  for (const body of dead) if (body.stamp !== call) dismiss(body);
  const took = performance.now() - began;
  const tight = used > limit / 2 && limit < HARD_LIMIT / 2;
  const hasty = began - lastSweep < 4 * took && limit < EASY_LIMIT;
  if (tight || hasty) setHeapLimit(limit * 2);
  lastSweep = performance.now();
  sinceSweep = 0;
}

/** Moves the bodies that were used longest ago to the JavaScript heap; `false` if there are none. */
function moveOut(bytes: number): boolean {
  const idle = [...residents].filter((b) => b.stamp !== call).sort((a, b) => a.stamp - b.stamp);
  let freed = 0;
  for (const body of idle) {
    if (freed >= bytes) break;
    freed += body.bytes;
    toJavaScript(body);
  }
  return freed > 0;
}

let tracked: Set<Body> | null = null;

/** Begins to note bodies, for {@link moveEverything}. */
export function trackBodies(): true {
  tracked = new Set();
  return true;
}

/** Moves everything that may move and spoils what was there: tests find views by it that were kept too long. */
export function moveEverything(): void {
  for (const body of [...residents]) {
    const { ptr, bytes } = body;
    toJavaScript(body);
    heapU8.fill(0xff, ptr, ptr + bytes);
  }
  for (const body of tracked ?? []) {
    const { data, held } = body;
    if (!data || held) continue;
    body.data = data.slice() as Data;
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength).fill(0xff);
  }
}

function leave(body: Body): void {
  residents.delete(body);
  body.watch.resident = null;
  freeBytes(body.ptr, body.bytes);
  body.ptr = 0;
}

/** Forgets a body that nobody can reach any more. */
function dismiss(body: Body): void {
  if (body.ptr !== 0) leave(body);
  body.data = null;
}

/** Frees a body at once; only for memory that the library knows to be its own. It reads as zeros afterwards. */
export function discard(body: Body): void {
  if (!body.held) dismiss(body);
}

function newData(body: Body): Data {
  try {
    return new body.Data(body.length);
  } catch (cause) {
    throw new MemoryError(body.bytes, `${body.length} entries of ${body.Data.name}`, { cause });
  }
}

/** The body on the JavaScript heap. @throws MemoryError where there is no room; the body stays where it is */
export function toJavaScript(body: Body): Data {
  if (body.data) return body.data;
  const data = newData(body);
  if (body.ptr !== 0) {
    (data as Float64Array).set(viewOf(body) as Float64Array);
    leave(body);
  }
  body.data = data;
  return data;
}

/** A typed array over the body where it lies in WASM memory. */
export function viewOf(body: Body): Data {
  return new (body.Data as unknown as new (b: ArrayBufferLike, at: number, n: number) => Data)(
    heapU8.buffer,
    body.ptr,
    body.length,
  );
}

/**
 * The body's address in WASM memory, moving it there; 0 if it must stay on the JavaScript heap or there is no room.
 * With `overwrite` the caller writes all of it, so zeros that were not taken yet need not be written first.
 */
export function toWasm(body: Body, overwrite: boolean): number {
  body.stamp = call;
  if (body.ptr !== 0) return body.ptr;
  if (body.held) return 0;
  const { bytes } = body;
  const ptr = takeBytes(bytes);
  if (ptr === 0) return 0;
  if (body.data) heapU8.set(new Uint8Array(body.data.buffer, body.data.byteOffset, bytes), ptr);
  else if (!overwrite) heapU8.fill(0, ptr, ptr + bytes);
  body.data = null;
  body.ptr = ptr;
  residents.add(body);
  body.watch.resident = body;
  return ptr;
}
