import type { Data } from "../dtype/dtype.js";
import { MemoryError } from "../errors/errors.js";
import { Ranges } from "./ranges.js";
import { reclaimable, sweep, type Watchable, watch } from "./reclaim.js";
import { checkGuard, GUARD, MOVES, refuseReleased, released, SWEEPS, setGuard, spoil } from "./torture.js";
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
  /** Number of storages that were made over it. */
  handles = 0;
  /** The last sweep that saw one of them. */
  seen = 0;
  /** What finalizers hold of it, where sweeps do not work. */
  watched: Watched | null = null;
  /** A typed array over it in WASM memory, and the buffer that this is of. */
  view: Data | null = null;
  viewed: ArrayBufferLike | null = null;

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
/** What arrays took since the last sweep less what they gave back themselves, and what they took since the last full one. */
let sinceSweep = 0;
let sinceFull = 0;
let lastSweep = 0;
/** After how much the young are swept. */
const NURSERY = 32 << 20;
let nursery = NURSERY;
const spared: Body[] = [];

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
export function attach(body: Body, storage: Watchable): void {
  body.handles++;
  if (tracked) {
    tracked.add(body);
    // The youngest are those that somebody may be looking at.
    if (tracked.size > 100) tracked.delete(tracked.values().next().value!);
  }
  if (watch(storage, body.handles === 1) || !registry) return;
  body.watched ??= { handles: 0, resident: body.ptr !== 0 ? body : null };
  body.watched.handles++;
  registry.register(storage, body.watched);
}

/** Sizes are rounded up by at most an eighth, so that what is given back is soon taken again. */
function rounded(wanted: number): number {
  const bytes = wanted + GUARD;
  if (bytes <= 512) return (bytes + 63) & ~63;
  if (bytes >= 65536) return (bytes + 4095) & ~4095;
  const step = 1 << (28 - Math.clz32(bytes - 1));
  return (bytes + step - 1) & -step;
}

/** Merging what was given back takes time: new memory is taken before, up to this much. */
const LOOSE = 8 << 20;

function takeRange(bytes: number): number {
  let ptr = ranges.exact(bytes);
  if (ptr === 0 && ranges.free > LOOSE) ptr = ranges.cut(bytes, LOOSE / 2);
  if (ptr !== 0) return ptr;
  if (top + bytes + SLACK > Math.max(limit, HEAP_START + (1 << 20)) || !growTo(top + bytes + SLACK))
    return ranges.cut(bytes);
  top += bytes;
  return top - bytes;
}

/** {@link takeBytes} where that moves nothing, else 0. */
function takeEasily(bytes: number): number {
  const size = rounded(bytes);
  let ptr = ranges.exact(size);
  if (ptr === 0) {
    if (!memory || sinceSweep > nursery || top + size + SLACK > Math.min(limit, heapU8.byteLength)) return 0;
    ptr = top;
    top += size;
  }
  sinceSweep += size;
  used += size;
  if (SWEEPS) setGuard(ptr, bytes, size);
  return ptr;
}

/** Memory of `bytes` bytes with any contents, or 0 if there is none even after moving everything else out. */
export function takeBytes(bytes: number): number {
  if (!memory) return 0;
  const size = rounded(bytes);
  if ((SWEEPS || sinceSweep > nursery) && reclaimable()) sweepYoung();
  let ptr = takeRange(size);
  if (ptr === 0) {
    if (reclaimable() && sinceFull > limit / 8) sweepAll();
    ptr = takeRange(size);
  } else if (SWEEPS && ++sweeps % FULL_EVERY === 0 && reclaimable()) sweepAll();
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
  if (SWEEPS && ptr !== 0) setGuard(ptr, bytes, size);
  return ptr;
}

/** In a run that sweeps at each allocation, every so many are full ones. */
const FULL_EVERY = 40;
let sweeps = 0;

/** Gives memory back that {@link takeBytes} took. */
export function freeBytes(ptr: number, bytes: number): void {
  const size = rounded(bytes);
  if (SWEEPS) {
    checkGuard(ptr, bytes, size);
    spoil(ptr, size);
  }
  used -= size;
  ranges.give(ptr, size);
}

/** Frees what is dead. What the current call works on may have no other holder than the call itself. */
function dismissDead(full: boolean): number {
  const before = used;
  for (const body of sweep(full))
    if (body.stamp !== call) dismiss(body);
    else spared.push(body);
  sinceSweep = 0;
  return before - used;
}

/** Frees the young dead; where there are few of them, it is done less often. */
function sweepYoung(): void {
  const taken = sinceSweep;
  freeSpared();
  const freed = dismissDead(false);
  if (freed < taken / 2) nursery = Math.min(nursery * 2, limit / 4);
  else if (nursery > NURSERY) nursery = Math.max(nursery / 2, NURSERY);
}

/** Frees all that is dead, and raises the limit where that is too little or has to be done too often. */
function sweepAll(): void {
  const began = performance.now();
  freeSpared();
  dismissDead(true);
  const took = performance.now() - began;
  const tight = used > limit / 2 && limit < HARD_LIMIT / 2;
  const hasty = began - lastSweep < 4 * took && limit < EASY_LIMIT;
  if (tight || hasty) setHeapLimit(limit * 2);
  lastSweep = performance.now();
  sinceFull = 0;
}

/** Frees what was dead already when a call worked on it that is over. */
function freeSpared(): void {
  for (let i = spared.length - 1; i >= 0; i--) {
    const body = spared[i]!;
    if (body.stamp === call) continue;
    spared[i] = spared[spared.length - 1]!;
    spared.pop();
    dismiss(body);
  }
}

/** Moves the bodies that were used longest ago to the JavaScript heap; `false` if there are none, or no room there. */
function moveOut(bytes: number): boolean {
  const idle = [...residents].filter((b) => b.stamp !== call).sort((a, b) => a.stamp - b.stamp);
  let freed = 0;
  try {
    for (const body of idle) {
      if (freed >= bytes) break;
      toJavaScript(body);
      freed += body.bytes;
    }
  } catch (e) {
    // The op that needs the room says what it is for, where it cannot do without.
    if (!(e instanceof MemoryError)) throw e;
  }
  return freed > 0;
}

const tracked: Set<Body> | null = MOVES ? new Set() : null;

/** Moves everything that may move, in a run that does so wherever a kernel may run. */
export function tortured(): void {
  if (MOVES) moveEverything();
}

/** Moves everything that may move and spoils what was there: tests find views by it that were kept too long. */
export function moveEverything(): void {
  for (const body of [...residents]) {
    const { ptr, bytes } = body;
    toJavaScript(body);
    spoil(ptr, bytes);
  }
  for (const body of tracked ?? []) {
    const { data, held } = body;
    if (!data || held) continue;
    body.data = data.slice() as Data;
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength).fill(0xff);
  }
}

function leave(body: Body): void {
  const { ptr } = body;
  // First of all: an exception on the way (the end of the stack) may lose memory, but must not leave it with two owners.
  body.ptr = 0;
  body.view = body.viewed = null;
  residents.delete(body);
  if (body.watched) body.watched.resident = null;
  freeBytes(ptr, body.bytes);
}

/** Forgets a body that nobody can reach any more. */
function dismiss(body: Body): void {
  if (body.ptr !== 0) leave(body);
  body.data = null;
}

/** Frees a body at once; only for memory that the library knows to be its own. It reads as zeros afterwards. */
export function discard(body: Body): void {
  if (body.held) return;
  if (body.ptr !== 0) sinceSweep = Math.max(0, sinceSweep - body.bytes);
  dismiss(body);
  if (SWEEPS) released.add(body);
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
  if (SWEEPS) refuseReleased(body);
  if (body.data) return body.data;
  const data = newData(body);
  if (body.ptr !== 0) {
    (data as Float64Array).set(viewOf(body) as Float64Array);
    body.data = data;
    leave(body);
  } else body.data = data;
  return data;
}

/** A typed array over the body where it lies in WASM memory. */
export function viewOf(body: Body): Data {
  const { buffer } = heapU8;
  if (body.view !== null && body.viewed === buffer) return body.view;
  body.viewed = buffer;
  return (body.view = new (body.Data as unknown as new (b: ArrayBufferLike, at: number, n: number) => Data)(
    buffer,
    body.ptr,
    body.length,
  ));
}

/** Up to this size zeros come into being in WASM memory if there is room: a block of the JavaScript heap costs more. */
const SMALL = 1 << 16;

/** A typed array for a look at the body, wherever it is. */
export function look(body: Body): Data {
  if (SWEEPS) refuseReleased(body);
  if (body.ptr === 0 && body.data === null && body.bytes <= SMALL) {
    const ptr = takeEasily(body.bytes);
    if (ptr !== 0) {
      heapU8.fill(0, ptr, ptr + body.bytes);
      settle(body, ptr);
    }
  }
  return body.ptr !== 0 ? viewOf(body) : toJavaScript(body);
}

function settle(body: Body, ptr: number): void {
  body.ptr = ptr;
  residents.add(body);
  if (body.watched) body.watched.resident = body;
}

/**
 * The body's address in WASM memory, moving it there; 0 if it must stay on the JavaScript heap or there is no room.
 * With `overwrite` the caller writes all of it, so zeros that were not taken yet need not be written first.
 */
export function toWasm(body: Body, overwrite: boolean): number {
  if (SWEEPS) refuseReleased(body);
  body.stamp = call;
  if (body.ptr !== 0) return body.ptr;
  if (body.held) return 0;
  const { bytes } = body;
  sinceSweep += bytes;
  sinceFull += bytes;
  const ptr = takeBytes(bytes);
  if (ptr === 0) return 0;
  if (body.data) heapU8.set(new Uint8Array(body.data.buffer, body.data.byteOffset, bytes), ptr);
  else if (!overwrite) heapU8.fill(0, ptr, ptr + bytes);
  body.data = null;
  settle(body, ptr);
  return ptr;
}
