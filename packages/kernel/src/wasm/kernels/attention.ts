import { bool, float32 } from "../../dtype/dtype.js";
import { heapF32 } from "../../memory/wasm-memory.js";
import { broadcastTo } from "../../strided/broadcast.js";
import { contiguousStrides, type Strided, sizeOf } from "../../strided/strided.js";
import { abandon, begin, end, give, scratch, take, takeRows } from "../call.js";
import { wasm } from "../instance.js";

const LEAST = 2048;
/** Rows of scores that the kernels hold at once. */
const TILE = 64;

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

/** What both directions read: per batch the leading arguments of a kernel. */
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

const roomFor = ({ keys, width, values }: AttentionCall): number => {
  const e = wasm()!;
  const wide = Math.max(width, values);
  return scratch(
    Math.max(
      e.gemm_f32_room(TILE, keys, wide),
      e.gemm_f32_room(TILE, wide, keys),
      e.gemm_f32_room(keys, wide, TILE),
      e.gemm_f32_room(3, Math.max(keys, wide), Math.max(keys, wide)),
    ),
  );
};

/** `attention` into y, or declines. */
export function fastAttention(c: AttentionCall, operands: readonly (Strided | null)[], y: Strided): boolean {
  const e = fits(c, operands) ? wasm() : null;
  if (!e) return false;
  begin();
  const argumentsOf = open(c, operands);
  const to = argumentsOf && give(y);
  const w = to && scratch(TILE * c.keys * 4 + 64);
  const room = w && roomFor(c);
  if (!argumentsOf || !to || !room) return abandon();
  const step = c.queries * c.values * 4;
  for (let b = 0; b < sizeOf(c.lead); b++)
    (e.attention_f32 as (...a: readonly number[]) => void)(...argumentsOf(b), to + b * step, w!, room);
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
  const e = fits(c, [g, ...operands]) ? wasm() : null;
  if (!e) return false;
  begin();
  const argumentsOf = open(c, operands);
  const pg = argumentsOf && takeRows(g);
  const tq = pg && give(gq);
  const tk = tq && give(gk);
  const tv = tk && give(gv);
  const tm = gm ? tv && give(gm) : 0;
  const w = tv && scratch(TILE * c.keys * 4 + 64);
  const d = w && scratch(TILE * c.keys * 4 + 64);
  const room = d && roomFor(c);
  if (!argumentsOf || !room || (gm && !tm)) return abandon();
  const { queries, keys, width, values } = c;
  for (let b = 0; b < sizeOf(c.lead); b++)
    (e.attention_grad_f32 as (...a: readonly number[]) => void)(
      ...argumentsOf(b),
      pg! + b * queries * values * 4,
      tq! + b * queries * width * 4,
      tk! + b * keys * width * 4,
      tv! + b * keys * values * 4,
      tm ? tm + b * queries * keys * 4 : 0,
      w!,
      d!,
      room,
    );
  end();
  return true;
}
