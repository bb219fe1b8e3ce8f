import { float32 } from "../../dtype/dtype.js";
import type { Lines, StandardizeParams } from "../../ops/norm/groups.js";
import type { Strided } from "../../strided/strided.js";
import { sizeOf } from "../../strided/strided.js";
import { abandon, begin, end, give, scratch, take, takeRows } from "../call.js";
import { wasm } from "../instance.js";

const LEAST = 512;

/** How statistics lie in a row-major array: along whole rows, or for one axis between outer and inner ones. */
type Cut =
  | { readonly kind: "rows"; readonly rows: number; readonly n: number; readonly affine: boolean }
  | { readonly kind: "channels"; readonly outer: number; readonly channels: number; readonly inner: number };

function cutOf({ shape, axes, affine }: Lines): Cut | null {
  const rank = shape.length;
  const first = rank - axes.length;
  const listed = (list: readonly number[], from: number, n: number): boolean =>
    list.length === n && list.every((a, i) => a === from + i);
  if (listed(axes, first, rank - first)) {
    if (affine.length > 0 && !listed(affine, first, rank - first)) return null;
    const n = sizeOf(shape.slice(first));
    return { kind: "rows", rows: sizeOf(shape.slice(0, first)), n, affine: affine.length > 0 };
  }
  const kept = shape.map((_, i) => i).filter((i) => !axes.includes(i));
  if (kept.length !== 1 || affine.length > 1 || (affine.length === 1 && affine[0] !== kept[0])) return null;
  const c = kept[0]!;
  return {
    kind: "channels",
    outer: sizeOf(shape.slice(0, c)),
    channels: shape[c]!,
    inner: sizeOf(shape.slice(c + 1)),
  };
}

/** Lines shorter than this lie too far apart for vectors. */
const NARROW = 8;

const cutFor = (x: Strided, l: Lines): Cut | null => {
  if (x.size < LEAST || x.dtype !== float32 || !x.contiguous) return null;
  const cut = cutOf(l);
  return cut && (cut.kind === "rows" ? cut.n : cut.inner) >= NARROW ? cut : null;
};

const same = (arrays: readonly (Strided | null)[]): boolean => arrays.every((x) => !x || x.dtype === float32);

/** Computes what `standardize` gives into y, mean and variance, or declines. */
export function fastStandardize(
  x: Strided,
  w: Strided | null,
  b: Strided | null,
  l: Lines,
  { eps, center = true }: StandardizeParams,
  y: Strided,
  mean: Strided,
  variance: Strided,
): boolean {
  const cut = cutFor(x, l);
  const e = cut && y.contiguous && same([w, b]) ? wasm() : null;
  if (!cut || !e) return false;
  begin();
  const px = take(x);
  const pw = w ? takeRows(w) : 0;
  const pb = b ? takeRows(b) : 0;
  const py = px && give(y);
  const pm = py && give(mean);
  const pv = pm && give(variance);
  if (!pv || (w && !pw) || (b && !pb)) return abandon();
  const flag = center ? 1 : 0;
  if (cut.kind === "rows") e.layer_norm_f32(px, cut.rows, cut.n, pw, pb, eps, flag, py, pm, pv);
  else e.batch_norm_f32(px, cut.outer, cut.channels, cut.inner, pw, pb, eps, flag, py, pm, pv);
  end();
  return true;
}

/** Computes what `standardizeGrad` gives from the gradient of y alone, or declines. */
export function fastStandardizeGrad(
  gy: Strided,
  x: Strided,
  w: Strided | null,
  l: Lines,
  { eps, center = true }: StandardizeParams,
  gx: Strided,
  gw: Strided,
  gb: Strided,
): boolean {
  const cut = cutFor(x, l);
  const e = cut && gx.contiguous && same([gy, w]) ? wasm() : null;
  if (!cut || !e) return false;
  begin();
  const px = take(x);
  const pg = px && takeRows(gy);
  const pw = w ? takeRows(w) : 0;
  const to = pg && give(gx);
  const affine = l.affine.length > 0;
  const tw = affine ? to && give(gw) : 0;
  const tb = affine ? to && give(gb) : 0;
  if (!to || (w && !pw) || (affine && (!tw || !tb))) return abandon();
  const flag = center ? 1 : 0;
  if (cut.kind === "rows") {
    const sums = scratch(cut.n * 16);
    const line = scratch(cut.n * 4 + 16);
    if (!sums || !line) return abandon();
    e.layer_norm_grad_f32(pg, px, cut.rows, cut.n, pw, eps, flag, to, tw, tb, sums, line);
  } else e.batch_norm_grad_f32(pg, px, cut.outer, cut.channels, cut.inner, pw, eps, flag, to, tw, tb);
  end();
  return true;
}
