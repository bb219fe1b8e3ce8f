import { float32, float64, realOf } from "../../dtype/dtype.js";
import { chirp, convolutionLength, factorsOf, rootAt, roots } from "../../fft/roots.js";
import { transformOf } from "../../fft/transform.js";
import { freeBytes, takeBytes } from "../../memory/heap.js";
import { heapF32, heapF64, heapI32, SLACK } from "../../memory/wasm-memory.js";
import { type Shape, type Strided, sizeOf } from "../../strided/strided.js";
import { parts, runParts } from "../../threads/pool.js";
import { split } from "../../threads/split.js";
import { abandon, begin, end, give, giveAndTake, scratch, take } from "../call.js";
import { wasm } from "../instance.js";
import { runFast } from "../registry.js";

/** What lines hold before and after; the half is frequencies 0 … n/2. */
export const LINES = { complex: 0, realToHalf: 1, halfToReal: 2, realToFull: 3 } as const;

/** Bytes that tables of recent lengths may hold. */
const KEPT = 8 << 20;
/** Bytes of two blocks of lines that are transformed at once, so that they stay in the cache. */
const CACHED = 1 << 16;
/** Lines of a block. */
const WIDEST = 16;
/** From so many numbers on, lines are shared between threads, unless they are transformed in place. */
const SHARED = 1 << 16;
/** Which word of a plan says that its steps work in room of the plan's own, so that two threads cannot. */
const OWN_ROOM = 6;

interface Table {
  readonly ptr: number;
  readonly bytes: number;
}

const tables = new Map<string, Table>();
let held = 0;

/** The table of a name, made by `make` where it was not kept; `null` if there is no room. */
function table(name: string, bytes: number, make: (ptr: number) => void): Table | null {
  let found = tables.get(name);
  if (found) return found;
  const ptr = takeBytes(bytes + SLACK);
  if (ptr === 0) return null;
  make(ptr);
  found = { ptr, bytes: bytes + SLACK };
  tables.set(name, found);
  held += found.bytes;
  return found;
}

/** Forgets the oldest tables where they are too many. */
function trim(): void {
  for (const [name, { ptr, bytes }] of tables) {
    if (held <= KEPT) return;
    tables.delete(name);
    freeBytes(ptr, bytes);
    held -= bytes;
  }
}

const write = (wide: boolean, x: Float64Array, ptr: number): number => {
  if (wide) heapF64.set(x, ptr >>> 3);
  else heapF32.set(x, ptr >>> 2);
  return ptr + x.length * (wide ? 8 : 4);
};

/** Twiddles of one step: k·r·step of n for k < m, r = 1 … p − 1; of a factor without a step of its own the circle before. */
function twiddles(all: Float64Array, p: number, m: number, step: number, odd: boolean): Float64Array {
  const n = all.length / 2;
  const out = new Float64Array(2 * (m * (p - 1) + (odd ? p : 0)));
  let o = 0;
  if (odd)
    for (let j = 0; j < p; j++) {
      out[o++] = all[(2 * j * n) / p]!;
      out[o++] = all[(2 * j * n) / p + 1]!;
    }
  for (let k = 0; k < m; k++)
    for (let r = 1; r < p; r++) {
      const at = 2 * k * r * step;
      out[o++] = all[at]!;
      out[o++] = all[at + 1]!;
    }
  return out;
}

/** What `wasm/fft/passes.ts` calls a plan. */
function planOf(n: number, wide: boolean): Table | null {
  const size = convolutionLength(n);
  const length = size || n;
  const factors = factorsOf(length);
  const widest = Math.max(...factors, 1);
  const odd = (p: number): boolean => p !== 2 && p !== 3 && p !== 4 && p !== 5 && p !== 8;
  const own = wide ? 8 : 4;
  const header = (8 + 2 * factors.length + 3) & ~3;
  let count = size > 0 ? 2 * n + 2 * size : 0;
  for (let i = 0, rest = length; i < factors.length; i++) {
    rest /= factors[i]!;
    count += 2 * (rest * (factors[i]! - 1) + (odd(factors[i]!) ? factors[i]! : 0));
  }
  return table(`${n} ${wide}`, header * 4 + 16 * (widest + 1) + count * own, (ptr) => {
    const head = heapI32.subarray(ptr >>> 2, (ptr >>> 2) + header);
    let at = ptr + header * 4;
    head.set([n, size, factors.length, 0, 0, at, factors.some(odd) ? 1 : 0]);
    at += 16 * (widest + 1);
    const all = roots(length);
    for (let i = 0, rest = length; i < factors.length; i++) {
      const p = factors[i]!;
      const before = length / rest;
      rest /= p;
      head[8 + 2 * i] = p;
      head[9 + 2 * i] = at;
      at = write(wide, twiddles(all, p, rest, before, odd(p)), at);
    }
    if (size === 0) return;
    const c = chirp(n);
    head[3] = at;
    at = write(wide, c, at);
    head[4] = at;
    write(wide, spectrumOf(c, n, size), at);
  });
}

/** The spectrum of e^(πi·k²/n) on both sides of 0, over the length, as `passes.ts` multiplies by it. */
function spectrumOf(c: Float64Array, n: number, size: number): Float64Array {
  const filter = new Float64Array(2 * size);
  for (let k = 0; k < n; k++)
    for (const at of k === 0 ? [0] : [k, size - k]) {
      filter[2 * at] = c[2 * k]!;
      filter[2 * at + 1] = c[2 * k + 1]!;
    }
  transformOf(size).run(filter, true);
  for (let k = 0; k < 2 * size; k += 2) {
    filter[k]! /= size;
    filter[k + 1]! /= -size;
  }
  return filter;
}

/** cos and sin of k·2π/n up to n/4, for real lines of even length. */
const quarter = (n: number, wide: boolean): Table | null =>
  table(`real ${n} ${wide}`, (n / 4 + 1) * 2 * (wide ? 8 : 4), (ptr) => {
    const w = new Float64Array(2 * (Math.floor(n / 4) + 1));
    for (let k = 0; 2 * k < w.length; k++) rootAt(k, n, w, 2 * k);
    write(wide, w, ptr);
  });

/** One axis's part of a call: what `fft_lines` takes, but for where arrays and room are. */
interface Pass {
  readonly plan: Table;
  readonly block: number;
  readonly width: number;
  /** Groups of lines that lie behind each other (or lines, where there is one group), and their bytes. */
  readonly total: number;
  readonly grain: number;
  readonly stepX: number;
  readonly stepY: number;
  args(x: number, y: number, count: number, room: number): readonly number[];
}

/** The pass along `axis` from an array of shape xs to one of shape ys; `null` if there is no room for its tables. */
function passOf(
  kind: number,
  wide: boolean,
  xs: Shape,
  ys: Shape,
  axis: number,
  n: number,
  forward: boolean,
  scale: number,
): Pass | null {
  const halves = kind !== LINES.complex && n % 2 === 0;
  const own = halves ? n / 2 : n;
  const plan = planOf(own, wide);
  const w = halves ? plan && quarter(n, wide) : plan;
  if (!plan || !w) return null;
  const inner = sizeOf(xs.slice(axis + 1));
  const outer = sizeOf(xs.slice(0, axis));
  const number = wide ? 16 : 8;
  const bx = kind === LINES.realToHalf || kind === LINES.realToFull ? number / 2 : number;
  const by = kind === LINES.halfToReal ? number / 2 : number;
  const [lx, ly] = [xs[axis]!, ys[axis]!];
  // Along the last axis lines follow each other; else groups of neighbours do.
  const rows = inner === 1;
  const steps = [inner * bx, (rows ? lx : 1) * bx, rows ? 0 : lx * inner * bx];
  const steps2 = [inner * by, (rows ? ly : 1) * by, rows ? 0 : ly * inner * by];
  const [groups, lines] = rows ? [1, outer] : [outer, inner];
  const length = Math.max(n + 1, convolutionLength(own));
  const least = wide ? 1 : 2;
  const fit = Math.floor(CACHED / (2 * length * number)) & ~1;
  const width = Math.max(
    least,
    Math.min(WIDEST, fit || (rows ? least : 4), Math.ceil(lines / least) * least),
  );
  const block = length * width * number;
  const many = groups > 1;
  return {
    plan,
    block,
    width,
    total: many ? groups : lines,
    grain: many ? 1 : width,
    stepX: steps[many ? 2 : 1]!,
    stepY: steps2[many ? 2 : 1]!,
    args: (x, y, count, room) => [
      wide ? 1 : 0,
      kind,
      plan.ptr,
      n,
      x,
      ...steps,
      y,
      ...steps2,
      many ? count : 1,
      many ? lines : count,
      scale,
      forward ? 1 : 0,
      w.ptr,
      width,
      room,
      block,
    ],
  };
}

/** Whether kernels have the element type of x and y, and there is anything to do. */
function transforms(x: Strided, y: Strided): boolean {
  const real = realOf(x.dtype);
  return (real === float64 || real === float32) && x.size > 0 && y.size > 0;
}

/**
 * Transforms every line of length n along an axis of x into y (both without gaps, of one shape but for the axis; y may be x) and
 * multiplies by `scale`. `false` where the kernels cannot.
 */
export function transformLines(
  kind: number,
  x: Strided,
  y: Strided,
  axis: number,
  n: number,
  forward: boolean,
  scale: number,
): boolean {
  if (!transforms(x, y)) return false;
  return runFast(() => {
    if (!wasm()) return false;
    const pass = passOf(kind, realOf(x.dtype) === float64, x.shape, y.shape, axis, n, forward, scale);
    if (!pass) return false;
    begin();
    const px = x === y ? giveAndTake(y) : take(x);
    const py = px && (x === y ? px : give(y));
    if (!py) return abandon();
    const free = heapI32[(pass.plan.ptr >>> 2) + OWN_ROOM] === 0;
    const shared = x.size >= SHARED && x !== y && free ? parts() : 1;
    const lists: (readonly number[])[] = [];
    for (const [from, to] of split(pass.total, shared, pass.grain, pass.grain)) {
      const room = scratch(2 * pass.block);
      if (!room) return abandon();
      lists.push(pass.args(px + from * pass.stepX, py + from * pass.stepY, to - from, room));
    }
    runParts("fft_lines", lists);
    end();
    trim();
    return true;
  });
}

/** Bytes of results that go through all passes before the next ones, so that they stay in the cache. */
const NEAR = 1 << 19;

/**
 * {@link transformLines} from x to y along `axis`, then in place along the others, by one thread: part by part of the axes before
 * all of them.
 */
export function transformAxes(
  kind: number,
  x: Strided,
  y: Strided,
  axis: number,
  n: number,
  others: readonly number[],
  forward: boolean,
  scale: number,
): boolean {
  if (!transforms(x, y)) return false;
  return runFast(() => {
    const e = wasm();
    if (!e) return false;
    const wide = realOf(x.dtype) === float64;
    const lead = Math.min(axis, ...others);
    const parted = sizeOf(x.shape.slice(0, lead));
    const [bytesX, bytesY] = [(x.size / parted) * x.dtype.itemsize, (y.size / parted) * y.dtype.itemsize];
    const some = Math.min(parted, Math.max(1, Math.floor(NEAR / bytesY)));
    const of = (v: Strided): Shape => [some, ...v.shape.slice(lead)];
    const all = [axis, ...others].map((d, i) =>
      passOf(
        i === 0 ? kind : LINES.complex,
        wide,
        of(i === 0 ? x : y),
        of(y),
        d - lead + 1,
        i === 0 ? n : y.shape[d]!,
        forward,
        i === others.length ? scale : 1,
      ),
    );
    if (all.includes(null)) return false;
    const passes = all as Pass[];
    begin();
    const px = take(x);
    const py = px && give(y);
    const room = py && scratch(2 * Math.max(...passes.map((p) => p.block)));
    if (!room) return abandon();
    const run = e.fft_lines as (...args: readonly number[]) => void;
    for (let b = 0; b < parted; b += some) {
      const count = Math.min(some, parted - b);
      const at = py + b * bytesY;
      passes.forEach((p, i) =>
        run(...p.args(i === 0 ? px + b * bytesX : at, at, (p.total / some) * count, room)),
      );
    }
    end();
    trim();
    return true;
  });
}
