import { bool, float32 } from "../../dtype/dtype.js";
import { heapF32, heapI32 } from "../../memory/wasm-memory.js";
import { broadcastTo } from "../../strided/broadcast.js";
import { contiguousStrides, type Strided, sizeOf } from "../../strided/strided.js";
import { parts, runParts } from "../../threads/pool.js";
import { split } from "../../threads/split.js";
import { abandon, begin, end, give, rooms, scratch, take, takeRows } from "../call.js";
import { wasm } from "../instance.js";

const LEAST = 2048;
/** From this many multiplications on a call is worth sharing between threads. */
const SHARED = 1 << 20;

/** An array that the leading axes of a call stretch, where a kernel finds each batch's matrix. */
interface Batches {
  readonly base: number;
  readonly strides: readonly number[];
  readonly row: number;
  readonly column: number;
}

function batchesOf(x: Strided, lead: readonly number[], shape: readonly number[]): Batches | null {
  const full = broadcastTo(x, [...lead, ...shape]);
  const base = take(x);
  const r = full.rank;
  return base === 0
    ? null
    : {
        base,
        strides: full.strides.slice(0, r - 2),
        row: full.strides[r - 2]!,
        column: full.strides[r - 1]!,
      };
}

/** A mask or dropout as float32 whose rows have no gaps; true and false become 0 and −∞. */
function rowsOf(x: Strided, lead: readonly number[], shape: readonly number[]): Batches | null {
  if (x.dtype === bool) {
    const ptr = scratch(x.size * 4 + 16);
    if (ptr === 0) return null;
    const flags = x.peek;
    const strides = contiguousStrides(x.shape);
    for (let i = 0; i < x.size; i++) {
      let at = x.offset;
      for (let d = 0; d < x.rank; d++) at += (Math.floor(i / strides[d]!) % x.shape[d]!) * x.strides[d]!;
      heapF32[(ptr >>> 2) + i] = flags[at] ? 0 : Number.NEGATIVE_INFINITY;
    }
    const own = broadcastTo(x.view(x.shape, strides, 0), [...lead, ...shape]);
    return settled(own, ptr, shape);
  }
  const full = broadcastTo(x, [...lead, ...shape]);
  const base = take(x);
  return base === 0 ? null : settled(full, base, shape);
}

/** Rows as they lie, or `null` where neighbours do not lie side by side. */
function settled(full: Strided, base: number, shape: readonly number[]): Batches | null {
  const r = full.rank;
  const [row, column] = [full.strides[r - 2]!, full.strides[r - 1]!];
  if (column === 1 || shape[1] === 1) return { base, strides: full.strides.slice(0, r - 2), row, column };
  return null;
}

const positionOf = (b: Batches, lead: readonly number[], batch: number): number => {
  let rest = batch;
  let at = b.base;
  for (let i = lead.length - 1; i >= 0; i--) {
    const c = rest % lead[i]!;
    rest = (rest - c) / lead[i]!;
    at += c * b.strides[i]! * 4;
  }
  return at;
};

export interface AttentionCall {
  readonly lead: readonly number[];
  readonly queries: number;
  readonly keys: number;
  readonly width: number;
  readonly values: number;
  readonly scale: number;
  readonly causal: boolean;
}

/** Entries of a record. */
const RECORD = 25;
/** Which of them is no whole number. */
const SCALE = 17;

/** What both directions read: per batch the first entries of its record (see `packages/kernel/wasm/attention`). */
function open(c: AttentionCall, operands: readonly (Strided | null)[]): ((batch: number) => number[]) | null {
  const [q, k, v, mask, keep] = operands;
  const { lead, queries, keys, width, values } = c;
  const bq = batchesOf(q!, lead, [queries, width]);
  const bk = bq && batchesOf(k!, lead, [keys, width]);
  const bv = bk && batchesOf(v!, lead, [keys, values]);
  const bm = mask ? rowsOf(mask, lead, [queries, keys]) : null;
  const bd = keep ? rowsOf(keep, lead, [queries, keys]) : null;
  if (!bq || !bk || !bv || (mask && !bm) || (keep && !bd)) return null;
  return (batch) => [
    queries,
    keys,
    width,
    values,
    positionOf(bq, lead, batch),
    bq.row,
    bq.column,
    positionOf(bk, lead, batch),
    bk.row,
    bk.column,
    positionOf(bv, lead, batch),
    bv.row,
    bv.column,
    bm ? positionOf(bm, lead, batch) : 0,
    bm ? bm.row : 0,
    bd ? positionOf(bd, lead, batch) : 0,
    bd ? bd.row : 0,
    c.scale,
    c.causal ? 1 : 0,
  ];
}

function fits(c: AttentionCall, arrays: readonly (Strided | null)[]): boolean {
  const { lead, queries, keys, width, values } = c;
  if (sizeOf(lead) * queries * keys * (width + values) < LEAST || width === 0 || values === 0) return false;
  return arrays.every((x) => !x || x.dtype === float32 || x.dtype === bool);
}

/** Calls a kernel for all batches, in as many parts as there are threads. */
function overBatches(
  name: "attention_f32" | "attention_grad_f32",
  c: AttentionCall,
  record: (batch: number) => readonly number[],
): boolean {
  const e = wasm()!;
  const { keys, width, values } = c;
  const batches = sizeOf(c.lead);
  const table = scratch(batches * RECORD * 4);
  if (!table) return false;
  for (let b = 0; b < batches; b++) {
    const at = (table >>> 2) + b * RECORD;
    heapI32.set(record(b), at);
    heapF32[at + SCALE] = c.scale;
  }
  const threads = batches * c.queries * keys * (width + values) >= SHARED ? parts() : 1;
  const own = rooms(threads, e.attention_f32_room(keys, width, values, +(name === "attention_grad_f32")));
  if (!own) return false;
  const lists = split(batches, threads, 1, 1).map(([from, to]) => [table + from * RECORD * 4, to - from]);
  runParts(name, lists, own);
  return true;
}

/** `attention` into y, or declines. */
export function fastAttention(c: AttentionCall, operands: readonly (Strided | null)[], y: Strided): boolean {
  if (!fits(c, operands) || !wasm()) return false;
  begin();
  const read = open(c, operands);
  const to = read && give(y);
  if (!read || !to) return abandon();
  const step = c.queries * c.values * 4;
  if (!overBatches("attention_f32", c, (b) => [...read(b), to + b * step])) return abandon();
  end();
  return true;
}

/** `attentionGrad` into gq, gk, gv and (where a mask was added) gm, or declines. */
export function fastAttentionGrad(
  c: AttentionCall,
  g: Strided,
  operands: readonly (Strided | null)[],
  gq: Strided,
  gk: Strided,
  gv: Strided,
  gm: Strided | null,
): boolean {
  if (!fits(c, [g, ...operands]) || !wasm()) return false;
  begin();
  const read = open(c, operands);
  const pg = read && takeRows(g);
  const tq = pg && give(gq);
  const tk = tq && give(gk);
  const tv = tk && give(gv);
  const tm = gm ? tv && give(gm) : 0;
  if (!read || !pg || !tq || !tk || !tv || (gm && !tm)) return abandon();
  const { queries, keys, width, values } = c;
  const done = overBatches("attention_grad_f32", c, (b) => [
    ...read(b),
    0,
    pg + b * queries * values * 4,
    tq + b * queries * width * 4,
    tk + b * keys * width * 4,
    tv + b * keys * values * 4,
    tm ? tm + b * queries * keys * 4 : 0,
  ]);
  if (!done) return abandon();
  end();
  return true;
}
