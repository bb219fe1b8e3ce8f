import { float32, uint8 } from "../../dtype/dtype.js";
import { heapI32, heapU8 } from "../../memory/wasm-memory.js";
import type { Sizes } from "../../ops/recurrent/gates.js";
import type { Steps } from "../../ops/recurrent/sequence.js";
import { Strided } from "../../strided/strided.js";
import { abandon, begin, end, give, scratch, take, takeRows } from "../call.js";
import type { Exports } from "../exports.js";
import { wasm } from "../instance.js";
import { COLUMNS, FRESH } from "./gemm.js";

/** The blocks of the four gates in stacked weights. */
export type GateBlocks = Readonly<Record<"i" | "f" | "g" | "o", number>>;

/** What a recurrence with four gates runs on; no mask and no projection. */
export interface LstmCall {
  readonly steps: Steps;
  readonly sizes: Sizes;
  readonly at: GateBlocks;
  readonly x: Strided;
  readonly h: Strided;
  readonly c: Strided;
  readonly wx: Strided;
  readonly wh: Strided;
}

const LEAST = 256;

function fits({ steps, sizes, x, h, c, wx, wh }: LstmCall, more: readonly (Strided | null)[]): boolean {
  if (steps.rows * sizes.hidden < LEAST || sizes.input === 0) return false;
  return [x, h, c, wx, wh, ...more].every((a) => !a || a.dtype === float32);
}

/** The tables of steps: [first rows, numbers of rows]. */
function tables({ offset, size }: Steps): [number, number] {
  const at = scratch(offset.length * 4);
  const n = scratch(offset.length * 4);
  if (at && n) {
    heapI32.set(offset, at >>> 2);
    heapI32.set(size, n >>> 2);
  }
  return [at, n];
}

/** A copy in scratch memory of a row-major array, as the kernels change it. */
function copyOf(x: Strided): number {
  const from = takeRows(x);
  const to = from && scratch(x.size * 4 + 16);
  if (to) heapU8.copyWithin(to, from, from + x.size * 4);
  return to;
}

const zeros = (bytes: number): number => {
  const ptr = scratch(bytes + 16);
  if (ptr) heapU8.fill(0, ptr, ptr + bytes);
  return ptr;
};

/** Room for the products of steps, and what a packed matrix takes. */
function rooms(e: Exports, n: number, k: number, rows: number): [packed: number, room: number] {
  return [scratch(e.packed_f32_size(n, k)), scratch(Math.max(e.gemm_f32_room(rows, n, k), 1024))];
}

/** y, hn, cn and the reserve of `lstm`, or `null`. */
export function fastLstm(call: LstmCall, bx: Strided | null, bh: Strided | null): Strided[] | null {
  const { steps, sizes, at, x, h, c, wx, wh } = call;
  if (!fits(call, [bx, bh])) return null;
  const e = wasm();
  if (!e) return null;
  const { input, hidden, stacked } = sizes;
  const { rows, batch } = steps;
  const y = Strided.zeros(float32, [...x.shape.slice(0, -1), hidden]);
  const hn = Strided.zeros(float32, [batch, hidden]);
  const cn = Strided.zeros(float32, [batch, hidden]);
  const reserve = Strided.zeros(uint8, [(rows * stacked + 2 * rows * hidden) * 4]);
  begin();
  const [offset, counts] = tables(steps);
  const px = takeRows(x);
  const [ph, pc, pwx, pwh] = [takeRows(h), takeRows(c), take(wx), takeRows(wh)];
  const [py, phn, pcn, gates] = [give(y), give(hn), give(cn), give(reserve)];
  const bias = scratch(stacked * 4 + 16);
  const [packed, room] = rooms(e, stacked, hidden, batch);
  const wide = scratch(e.gemm_f32_room(rows, stacked, input));
  const biases = [bx, bh].filter((b) => b !== null).map((b) => takeRows(b));
  if (
    ![offset, counts, px, ph, pc, pwx, pwh, py, phn, pcn, gates, bias, packed, room, wide, ...biases].every(
      Boolean,
    )
  ) {
    abandon();
    return null;
  }
  heapU8.copyWithin(phn, ph, ph + batch * hidden * 4);
  heapU8.copyWithin(pcn, pc, pc + batch * hidden * 4);
  if (biases.length === 2) e.add_f32(biases[0]!, 1, 0, biases[1]!, 1, 0, bias, stacked, 1);
  const first = biases.length === 2 ? bias : (biases[0] ?? 0);
  const mode = first ? COLUMNS : FRESH;
  const [wr, wc] = wx.strides as [number, number];
  e.gemm_f32(rows, stacked, input, px, input, 1, pwx, wc, wr, gates, stacked, 1, mode, first, wide);
  const hs = gates + rows * stacked * 4;
  const cs = hs + rows * hidden * 4;
  e.lstm_f32(
    steps.offset.length,
    offset,
    counts,
    hidden,
    pwh,
    at.i,
    at.f,
    at.g,
    at.o,
    phn,
    pcn,
    gates,
    hs,
    cs,
    py,
    packed,
    room,
  );
  end();
  return [y, hn, cn, reserve];
}

/** Gradients of x, h, c, wx, wh and the biases, or `null`. */
export function fastLstmGrad(
  call: LstmCall,
  gy: Strided | null,
  ghn: Strided | null,
  gcn: Strided | null,
  reserve: Strided,
): Strided[] | null {
  const { steps, sizes, at, x, h, c, wx, wh } = call;
  if (!fits(call, [gy, ghn, gcn])) return null;
  const e = wasm();
  if (!e) return null;
  const { input, hidden, stacked } = sizes;
  const { rows, batch } = steps;
  const [gx, gwx, gwh] = [x, wx, wh].map((a) => Strided.zeros(float32, a.shape)) as [
    Strided,
    Strided,
    Strided,
  ];
  const [gh, gc] = [Strided.zeros(float32, [batch, hidden]), Strided.zeros(float32, [batch, hidden])];
  const gb = Strided.zeros(float32, [stacked]);
  begin();
  const [offset, counts] = tables(steps);
  const px = takeRows(x);
  const [ph, pc, pwx, pwh] = [takeRows(h), takeRows(c), take(wx), takeRows(wh)];
  const kept = take(reserve);
  const grads = kept && scratch(rows * stacked * 4 + 16);
  const pgy = gy ? takeRows(gy) : 0;
  const states = batch * hidden * 4;
  const pgh = ghn ? copyOf(ghn) : zeros(states);
  const pgc = gcn ? copyOf(gcn) : zeros(states);
  const before = scratch(rows * hidden * 4 + 16);
  const [tx, th, tc, twx, twh, tb] = [give(gx), give(gh), give(gc), give(gwx), give(gwh), give(gb)];
  const [packed, room] = rooms(e, hidden, stacked, batch);
  const wide = scratch(
    Math.max(
      e.gemm_f32_room(rows, input, stacked),
      e.gemm_f32_room(stacked, input, rows),
      e.gemm_f32_room(stacked, hidden, rows),
      stacked * 8,
    ),
  );
  const all = [offset, counts, px, ph, pc, pwx, pwh, kept, grads, pgh, pgc, before, tx, th, tc, twx, twh, tb];
  if (![...all, packed, room, wide].every(Boolean) || (gy && !pgy)) {
    abandon();
    return null;
  }
  const hs = kept + rows * stacked * 4;
  const cs = hs + rows * hidden * 4;
  heapU8.copyWithin(grads, kept, hs);
  e.lstm_grad_f32(
    steps.offset.length,
    offset,
    counts,
    hidden,
    pwh,
    at.i,
    at.f,
    at.g,
    at.o,
    pc,
    grads,
    cs,
    pgy,
    pgh,
    pgc,
    packed,
    room,
  );
  heapU8.copyWithin(th, pgh, pgh + states);
  heapU8.copyWithin(tc, pgc, pgc + states);
  statesBefore(steps, hidden, ph, hs, before);
  const [wr, wc] = wx.strides as [number, number];
  e.gemm_f32(rows, input, stacked, grads, stacked, 1, pwx, wr, wc, tx, input, 1, FRESH, 0, wide);
  e.gemm_f32(stacked, input, rows, grads, 1, stacked, px, input, 1, twx, input, 1, FRESH, 0, wide);
  e.gemm_f32(stacked, hidden, rows, grads, 1, stacked, before, hidden, 1, twh, hidden, 1, FRESH, 0, wide);
  e.sum_f32(grads, 1, rows, stacked, 1, tb, wide);
  end();
  return [gx, gh, gc, gwx, gwh, gb];
}

/** Writes the states of all rows as they were before their step. */
function statesBefore(
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
