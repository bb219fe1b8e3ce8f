import { float32 } from "../../dtype/dtype.js";
import { heapI32, heapU8 } from "../../memory/wasm-memory.js";
import type { GateActivation } from "../../ops/recurrent/activations.js";
import type { Sizes } from "../../ops/recurrent/gates.js";
import type { RecurrentParams, Steps } from "../../ops/recurrent/sequence.js";
import { Strided } from "../../strided/strided.js";
import { parts, runParts } from "../../threads/pool.js";
import { cut } from "../../threads/split.js";
import { abandon, begin, end, give, scratch, take, takeRows } from "../call.js";
import type { Exports } from "../exports.js";
import { wasm } from "../instance.js";
import { ADD, COLUMNS, FRESH, SHARED } from "./gemm.js";

/* What the kernels of whole sequences share. */

/** What every recurrence runs on. */
export interface RecurrentCall {
  readonly steps: Steps;
  readonly sizes: Sizes;
  readonly runs: Uint8Array | null;
  readonly params: RecurrentParams;
  readonly x: Strided;
  readonly h: Strided;
  readonly wx: Strided;
  readonly wh: Strided;
}

/** Numbers of gate functions, as `wasm/recurrent/lines.ts` has them. */
const KINDS: Readonly<Partial<Record<GateActivation, number>>> = {
  sigmoid: 0,
  tanh: 1,
  relu: 2,
  linear: 3,
  hardSigmoid: 4,
  hardSigmoid5: 5,
};

/** The numbers of gate functions, or `null` if the kernels lack one. */
export function kindsOf(...names: readonly GateActivation[]): number[] | null {
  const kinds = names.map((name) => KINDS[name]);
  return kinds.every((k) => k !== undefined) ? kinds : null;
}

/** From so many rows a step on, weights are packed if there are several steps. */
const PACKED_ROWS = 4;

/** The room of a call; any of it that there was not makes the whole call decline. */
class Room {
  short = false;
  get(bytes: number): number {
    return this.checked(scratch(bytes + 16));
  }
  each(count: number, bytes: number): number[] {
    return Array.from({ length: count }, () => this.get(bytes));
  }
  zeros(bytes: number): number {
    const ptr = this.get(bytes);
    if (ptr) heapU8.fill(0, ptr, ptr + bytes);
    return ptr;
  }
  take(x: Strided): number {
    return this.checked(take(x));
  }
  rows(x: Strided): number {
    return this.checked(takeRows(x));
  }
  give(y: Strided): number {
    return this.checked(give(y));
  }
  /** A copy of a row-major array that the kernel changes, or zeros. */
  copy(x: Strided | null, bytes: number): number {
    if (!x) return this.zeros(bytes);
    const from = this.rows(x);
    const to = this.get(bytes);
    if (from && to) heapU8.copyWithin(to, from, from + bytes);
    return to;
  }
  private checked(ptr: number): number {
    if (ptr === 0) this.short = true;
    return ptr;
  }
}

/** Steps that are walked together, so that what they work on stays in the cache. */
export interface Chunk {
  /** The first of them in walking order, and the one behind the last. */
  readonly first: number;
  readonly end: number;
  /** The lowest of their rows, which lie side by side, and how many these are. */
  readonly row: number;
  readonly rows: number;
}

/** Rows of a block of products. */
const ROWS = 3;

/** Bytes of gates that a chunk may have, and the fewest rows that products run well on. */
const CHUNK_BYTES = 1 << 18;
const CHUNK_ROWS = 96;

function chunksOf({ offset, size }: Steps, stacked: number): Chunk[] {
  const enough = Math.max(CHUNK_ROWS, Math.floor(CHUNK_BYTES / (stacked * 4)));
  const chunks: Chunk[] = [];
  for (let end = 0; end < offset.length; ) {
    const first = end;
    let rows = 0;
    while (end < offset.length && rows < enough) rows += size[end++]!;
    chunks.push({ first, end, row: Math.min(offset[first]!, offset[end - 1]!), rows });
  }
  return chunks;
}

/** The recurrent weights as a call multiplies by them: so many blocks of rows of wh, forward turned. */
export interface Recurrent {
  readonly blocks: number;
  /** Columns and summed axis of each product. */
  readonly width: number;
  readonly k: number;
  readonly turned: boolean;
}

/** A call under way: where its arrays are. */
export interface Open {
  readonly e: Exports;
  readonly room: Room;
  readonly chunks: readonly Chunk[];
  /** Rows of the largest chunk. */
  readonly most: number;
  readonly x: number;
  readonly h: number;
  readonly wx: number;
  /** The mask. */
  readonly runs: number;
  /** Rows of the batch, which do not depend on each other: those that a thread walks by itself, and where their tables of steps are. */
  readonly cuts: readonly { readonly from: number; readonly to: number; readonly tables: number }[];
  /** Room for the products of each thread. */
  readonly rooms: readonly number[];
  /** The recurrent weights: address, steps between rows and between columns. */
  readonly wh: readonly [wh: number, rows: number, columns: number];
  /** The packed weights; 0 if they are not to be packed. */
  readonly packed: number;
  /** Packs the recurrent weights. */
  readonly pack: () => void;
  /** Whether masked rows put out zeros. */
  readonly zero: number;
}

/** Opens a call, or declines with `null`. */
export function openCall(
  call: RecurrentCall,
  more: readonly (Strided | null)[],
  { blocks, width, k, turned }: Recurrent,
): Open | null {
  const { steps, sizes, runs, params, x, h, wx, wh } = call;
  if (steps.rows * sizes.hidden * sizes.input === 0) return null;
  for (const a of [x, h, wx, wh]) if (a.dtype !== float32) return null;
  for (const a of more) if (a && a.dtype !== float32) return null;
  const e = wasm();
  if (!e) return null;
  begin();
  const room = new Room();
  const [rows, columns] = wh.strides as [number, number];
  const count = steps.offset.length;
  const masks = runs ? room.get(runs.length) : 0;
  const block = count > 1 && steps.batch >= PACKED_ROWS ? e.packed_f32_size(width, k) : 0;
  const packed = block > 0 ? room.get(blocks * block) : 0;
  const pw = room.take(wh);
  const chunks = chunksOf(steps, sizes.stacked);
  const most = chunks.reduce((n, chunk) => Math.max(n, chunk.rows), 0);
  // Only of packed weights a row's products are the same in any company.
  const threads = packed && most * sizes.stacked * sizes.hidden >= SHARED ? parts() : 1;
  const cuts = cut(steps.batch, threads, ROWS, 0).map(([from, to]) => ({
    from,
    to,
    tables: room.get(count * 8),
  }));
  const open: Open = {
    e,
    room,
    chunks,
    most,
    x: room.rows(x),
    h: room.rows(h),
    wx: room.take(wx),
    runs: masks,
    cuts,
    rooms: room.each(threads, Math.max(e.gemm_f32_room(steps.batch, width, k), 1024)),
    wh: [pw, rows, columns],
    packed,
    pack: () => {
      const [down, over] = turned ? [columns, rows] : [rows, columns];
      for (let b = 0; b < blocks && packed; b++)
        e.pack_f32(width, k, pw + b * sizes.hidden * rows * 4, down, over, packed + b * block, 0, width);
    },
    zero: params.zeroOutput ? 1 : 0,
  };
  if (!room.short) {
    for (const { from, to, tables } of cuts)
      for (let t = 0, at = tables >>> 2; t < count; t++, at++) {
        heapI32[at] = steps.offset[t]! + from;
        heapI32[at + count] = Math.max(Math.min(steps.size[t]!, to) - from, 0);
      }
    if (runs) heapU8.set(runs, masks);
  }
  return open;
}

/** The chunks from the last to the first, and whether nothing came before. */
export const backwards = ({ chunks }: Open): (readonly [fresh: boolean, chunk: Chunk])[] =>
  chunks.map((chunk, i) => [i === chunks.length - 1, chunk] as const).reverse();

/**
 * Walks the steps of a chunk. `list` gives a kernel's arguments between what all begin and end with, for the rows of the batch
 * from the one on before which there are so many states.
 */
export function walk(
  { cuts, rooms, runs, packed }: Open,
  { steps, sizes }: RecurrentCall,
  name: string,
  { first, end }: Chunk,
  list: (states: number) => readonly number[],
): void {
  runParts(
    name,
    cuts.map(({ from, tables }) => [
      ...[first, end, tables, tables + steps.offset.length * 4, runs],
      ...list(from * sizes.hidden * 4),
      packed,
    ]),
    rooms,
  );
}

/**
 * A product, its rows between the threads, one piece for each, as every piece may have to pack the weights. `list` gives the
 * arguments for rows `i` … `i + m − 1`, but for room.
 */
const share = (
  name: string,
  rows: number,
  rooms: readonly number[],
  list: (i: number, m: number) => number[],
) =>
  runParts(
    name,
    cut(rows, Math.max(1, Math.min(rooms.length, Math.floor(rows / 12))), ROWS, 0).map(([i, j]) =>
      list(i, j - i),
    ),
    rooms,
  );

/**
 * Where the kernels find lines of `width` numbers a row: at `kept`, those of all rows, or, where that is 0, in room for those
 * of one chunk. The address is that of row 0.
 */
export function linesOf({ room, most }: Open, width: number, kept = 0): (chunk: Chunk) => number {
  if (kept) return () => kept;
  const at = room.get(most * width * 4);
  return ({ row }) => at - row * width * 4;
}

/** Ends a call with what it computed, or declines where room was short. */
export function close(open: Open, results: Strided[], run: () => void): Strided[] | null {
  if (open.room.short) {
    abandon();
    return null;
  }
  open.pack();
  run();
  end();
  return results;
}

/** The product of rows with weights of any strides, packed at the first of several times. */
function weightProduct(
  { e, room, chunks, most, rooms }: Open,
  n: number,
  k: number,
  [w, down, over]: readonly [number, number, number],
): (rows: number, a: number, c: number, bias: number) => void {
  const packed = chunks.length > 1 ? room.get(e.packed_f32_size(n, k)) : 0;
  const weights = packed ? [packed] : [w, down, over];
  const wide = room.each(rooms.length, e.gemm_f32_room(most, n, k));
  let ready = !packed;
  return (rows, a, c, bias) => {
    if (!ready) e.pack_f32(n, k, w, down, over, packed, 0, n);
    ready = true;
    share(packed ? "gemm_packed_f32" : "gemm_f32", rows, wide, (i, m) => [
      ...[m, n, k, a + i * k * 4, k, 1, ...weights],
      ...[c + i * n * 4, n, 1, bias ? COLUMNS : FRESH, bias],
    ]);
  };
}

/** x·wxᵀ and the biases of a chunk's rows. */
export function inputGates(
  open: Open,
  { sizes, wx: weights }: RecurrentCall,
  biases: readonly (Strided | null)[],
): (chunk: Chunk, gates: number) => void {
  const { e, room, x, wx } = open;
  const { input, stacked } = sizes;
  const given = biases.filter((b) => b !== null).map((b) => room.rows(b));
  const both = given.length > 1 ? room.get(stacked * 4) : 0;
  const [wr, wc] = weights.strides as [number, number];
  const product = weightProduct(open, stacked, input, [wx, wc, wr]);
  return ({ first, row, rows }, gates) => {
    if (first === 0 && both) e.add_f32(given[0]!, 1, 0, given[1]!, 1, 0, both, stacked, 1);
    product(rows, x + row * input * 4, gates + row * stacked * 4, both || (given[0] ?? 0));
  };
}

/** Adds the products of a chunk's gradients with what they belong to, and with 1, to the gradients of weights and bias. */
function weightGradient(
  { e, room, most, rooms }: Open,
  width: number,
  input: number,
  stacked: number,
): (chunk: Chunk, fresh: boolean, grads: number, inputs: number, gw: number) => void {
  const wide = room.each(rooms.length, e.gemm_f32_room(width, input, most));
  return ({ rows }, fresh, grads, inputs, gw) =>
    share("gemm_f32", width, wide, (i, m) => [
      ...[m, input, rows, grads + i * 4, 1, stacked, inputs, input, 1],
      ...[gw + i * input * 4, input, 1, fresh ? FRESH : ADD, 0],
    ]);
}

/** Adds the sums over a chunk's rows to the gradient of a bias. */
export function biasGradient(
  { e, room }: Open,
  { sizes: { stacked } }: RecurrentCall,
  gb: number,
): (chunk: Chunk, fresh: boolean, grads: number) => void {
  const [sums, wide] = [room.get(stacked * 4), room.get(stacked * 8)];
  return ({ row, rows }, fresh, grads) => {
    e.sum_f32(grads + row * stacked * 4, 1, rows, stacked, 1, fresh ? gb : sums, wide);
    if (!fresh) e.add_f32(gb, 1, 0, sums, 1, 0, gb, stacked, 1);
  };
}

/** The gradients of the input (if wanted), its weights and their bias from those of the gates' inputs, chunk by chunk. */
export function inputGradients(
  open: Open,
  call: RecurrentCall,
  [gx, gwx, gb]: readonly [Strided, Strided, Strided],
): (chunk: Chunk, fresh: boolean, grads: number) => void {
  const { room, x, wx } = open;
  const { input, stacked } = call.sizes;
  const wanted = call.params.needsX !== false;
  const [tx, tw, tb] = [wanted ? room.give(gx) : 0, room.give(gwx), room.give(gb)];
  const [wr, wc] = call.wx.strides as [number, number];
  const product = wanted ? weightProduct(open, input, stacked, [wx, wr, wc]) : null;
  const weights = weightGradient(open, stacked, input, stacked);
  const bias = biasGradient(open, call, tb);
  return (chunk, fresh, grads) => {
    const { row, rows } = chunk;
    const own = grads + row * stacked * 4;
    product?.(rows, own, tx + row * input * 4, 0);
    weights(chunk, fresh, own, x + row * input * 4, tw);
    bias(chunk, fresh, grads);
  };
}

/** The same for `width` rows of recurrent weights from what their products received and the states that they were of. */
export function stateWeights(
  open: Open,
  { sizes: { hidden, stacked } }: RecurrentCall,
  width: number,
  gwh: number,
): (chunk: Chunk, fresh: boolean, grads: number, states: number) => void {
  const weights = weightGradient(open, width, hidden, stacked);
  return (chunk, fresh, grads, states) => weights(chunk, fresh, grads + chunk.row * stacked * 4, states, gwh);
}

/**
 * Where the states stand of a chunk's rows as they were before their step: those after the step before, or, where these are
 * of other rows or the initial ones, gathered.
 */
export function statesBefore(
  { room, most, h }: Open,
  { steps: { offset, size }, sizes: { hidden } }: RecurrentCall,
  hs: number,
): (chunk: Chunk) => number {
  const bytes = hidden * 4;
  const out = room.get(most * bytes);
  const even = size[0] === size[size.length - 1];
  return ({ first, end, row }) => {
    if (even && first > 0) return hs + (row + offset[first - 1]! - offset[first]!) * bytes;
    for (let k = first; k < end; k++) {
      const there = k === 0 ? 0 : Math.min(size[k]!, size[k - 1]!);
      const to = out + (offset[k]! - row) * bytes;
      if (there > 0) move(hs + offset[k - 1]! * bytes, to, there * bytes);
      if (there < size[k]!) move(h + there * bytes, to + there * bytes, (size[k]! - there) * bytes);
    }
    return out;
  };
}

/** Where gradients of outputs wait that masked rows put out again; 0 if there are none. */
export const carriedBy = ({ room }: Open, { runs, steps, params }: RecurrentCall, width: number): number =>
  runs && !params.zeroOutput ? room.zeros(steps.batch * width * 4) : 0;

/** Copies bytes within the memory of the kernels. */
export const move = (from: number, to: number, bytes: number): void => {
  heapU8.copyWithin(to, from, from + bytes);
};

/** Zeros of float32 of some shapes. */
export const results = (...shapes: readonly (readonly number[])[]): Strided[] =>
  shapes.map((shape) => Strided.zeros(float32, shape));

/** The shape of the gradient of x: empty where it is not wanted. */
export const shapeOfX = ({ x, params }: RecurrentCall): readonly number[] =>
  params.needsX === false ? [0] : x.shape;
