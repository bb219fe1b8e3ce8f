import { float32 } from "../../dtype/dtype.js";
import { heapI32, heapU8 } from "../../memory/wasm-memory.js";
import type { GateActivation } from "../../ops/recurrent/activations.js";
import type { Sizes } from "../../ops/recurrent/gates.js";
import type { RecurrentParams, Steps } from "../../ops/recurrent/sequence.js";
import { Strided } from "../../strided/strided.js";
import { abandon, begin, end, give, scratch, take, takeRows } from "../call.js";
import type { Exports } from "../exports.js";
import { wasm } from "../instance.js";
import { COLUMNS, FRESH } from "./gemm.js";

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

/** Fewer numbers than this are left to the reference. */
const LEAST = 64;
/** From so many rows a step on, weights are packed if there are several steps. */
const PACKED_ROWS = 4;

/** The room of a call; any of it that there was not makes the whole call decline. */
class Room {
  short = false;
  get(bytes: number): number {
    return this.checked(scratch(bytes + 16));
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

/** A call under way: where its arrays are. */
export interface Open {
  readonly e: Exports;
  readonly room: Room;
  readonly x: number;
  readonly h: number;
  readonly wx: number;
  /** The arguments that all kernels begin with: steps, and where their tables and the mask are. */
  readonly walk: readonly [steps: number, offset: number, sizes: number, runs: number];
  /** The recurrent weights: address, steps between rows and between columns. */
  readonly wh: readonly [wh: number, rows: number, columns: number];
  /** Room for packed weights (0: not to be packed) and for products. */
  readonly packed: readonly [packed: number, room: number];
  /** Whether masked rows put out zeros. */
  readonly zero: number;
}

/** Opens a call, or declines with `null`. `blocks` products of weights of `width` columns each are to be packed. */
export function openCall(
  call: RecurrentCall,
  more: readonly (Strided | null)[],
  blocks: number,
  width: number,
  k: number,
): Open | null {
  const { steps, sizes, runs, params, x, h, wx, wh } = call;
  if (steps.rows * sizes.hidden < LEAST || sizes.input === 0) return null;
  for (const a of [x, h, wx, wh]) if (a.dtype !== float32) return null;
  for (const a of more) if (a && a.dtype !== float32) return null;
  const e = wasm();
  if (!e) return null;
  begin();
  const room = new Room();
  const [rows, columns] = wh.strides as [number, number];
  const count = steps.offset.length;
  const tables = [room.get(count * 4), room.get(count * 4)] as const;
  const mask = runs ? room.get(runs.length) : 0;
  const packs = count > 1 && steps.batch >= PACKED_ROWS;
  const open: Open = {
    e,
    room,
    x: room.rows(x),
    h: room.rows(h),
    wx: room.take(wx),
    walk: [count, tables[0], tables[1], mask],
    wh: [room.take(wh), rows, columns],
    packed: [
      packs ? room.get(blocks * e.packed_f32_size(width, k)) : 0,
      room.get(Math.max(e.gemm_f32_room(steps.batch, width, k), 1024)),
    ],
    zero: params.zeroOutput ? 1 : 0,
  };
  if (!room.short) {
    heapI32.set(steps.offset, tables[0] >>> 2);
    heapI32.set(steps.size, tables[1] >>> 2);
    if (runs) heapU8.set(runs, mask);
  }
  return open;
}

/** Ends a call with what it computed, or declines where room was short. */
export function close(open: Open, results: Strided[], run: () => void): Strided[] | null {
  if (open.room.short) {
    abandon();
    return null;
  }
  run();
  end();
  return results;
}

/** x·wxᵀ and the biases of all rows at once. */
export function inputGates(
  { e, room, x, wx }: Open,
  { steps, sizes, wx: weights }: RecurrentCall,
  biases: readonly (Strided | null)[],
  gates: number,
): () => void {
  const { rows } = steps;
  const { input, stacked } = sizes;
  const given = biases.filter((b) => b !== null).map((b) => room.rows(b));
  const both = given.length > 1 ? room.get(stacked * 4) : 0;
  const wide = room.get(e.gemm_f32_room(rows, stacked, input));
  const [wr, wc] = weights.strides as [number, number];
  return () => {
    if (both) e.add_f32(given[0]!, 1, 0, given[1]!, 1, 0, both, stacked, 1);
    const bias = both || (given[0] ?? 0);
    e.gemm_f32(
      rows,
      stacked,
      input,
      x,
      input,
      1,
      wx,
      wc,
      wr,
      gates,
      stacked,
      1,
      bias ? COLUMNS : FRESH,
      bias,
      wide,
    );
  };
}

/** The gradients of the input (if wanted), its weights and their bias from those of the gates' inputs. */
export function inputGradients(
  open: Open,
  { steps, sizes, wx: weights, params }: RecurrentCall,
  grads: number,
  [gx, gwx, gb]: readonly [Strided, Strided, Strided],
): () => void {
  const { e, room, x, wx } = open;
  const { rows } = steps;
  const { input, stacked } = sizes;
  const wanted = params.needsX !== false;
  const [tx, tw, tb] = [wanted ? room.give(gx) : 0, room.give(gwx), room.give(gb)];
  const wide = room.get(
    Math.max(e.gemm_f32_room(rows, input, stacked), e.gemm_f32_room(stacked, input, rows), stacked * 8),
  );
  const [wr, wc] = weights.strides as [number, number];
  return () => {
    if (wanted) e.gemm_f32(rows, input, stacked, grads, stacked, 1, wx, wr, wc, tx, input, 1, FRESH, 0, wide);
    e.gemm_f32(stacked, input, rows, grads, 1, stacked, x, input, 1, tw, input, 1, FRESH, 0, wide);
    e.sum_f32(grads, 1, rows, stacked, 1, tb, wide);
  };
}

/** The gradient of `width` rows of recurrent weights: what their products received, and the states they were of. */
export function stateWeights(
  { e, room }: Open,
  { steps, sizes }: RecurrentCall,
  width: number,
): (grads: number, states: number, gwh: number) => void {
  const { hidden, stacked } = sizes;
  const wide = room.get(e.gemm_f32_room(width, hidden, steps.rows));
  return (grads, states, gwh) =>
    e.gemm_f32(
      width,
      hidden,
      steps.rows,
      grads,
      1,
      stacked,
      states,
      hidden,
      1,
      gwh,
      hidden,
      1,
      FRESH,
      0,
      wide,
    );
}

/** Writes the states of all rows as they were before their step. */
export function statesBefore(
  { offset, size }: Steps,
  width: number,
  initial: number,
  hs: number,
  out: number,
): void {
  const bytes = width * 4;
  for (let k = 0; k < offset.length; k++) {
    const there = k === 0 ? 0 : Math.min(size[k]!, size[k - 1]!);
    const to = out + offset[k]! * bytes;
    if (there > 0) {
      const from = hs + offset[k - 1]! * bytes;
      heapU8.copyWithin(to, from, from + there * bytes);
    }
    if (there < size[k]!)
      heapU8.copyWithin(to + there * bytes, initial + there * bytes, initial + size[k]! * bytes);
  }
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
