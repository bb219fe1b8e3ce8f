import { type DType, int64 } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { storeIntegers } from "../../strided/integers.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { packed, unpack } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand, type OpRow } from "../row.js";
import type { Value } from "../value.js";
import { cubicWeights } from "./taps.js";

export interface GridSampleParams {
  readonly kernel: "linear" | "nearest" | "cubic";
  /** What lies beyond the image: zeros, its border, or its mirror image. */
  readonly padding: "zeros" | "border" | "reflection";
  /** −1 and 1 are the centres of the first and last element; else their outer edges. */
  readonly alignCorners: boolean;
}

const A = -0.75;
const WIDTH = { nearest: 1, linear: 2, cubic: 4 } as const;

interface Task {
  readonly type: DType;
  readonly x: Float64Array;
  readonly grid: Float64Array;
  readonly batch: number;
  readonly channels: number;
  /** Lengths of the image's axes, and elements of one plane. */
  readonly spatial: readonly number[];
  readonly plane: number;
  /** Shape of the places asked for, and how many there are in one image. */
  readonly places: readonly number[];
  readonly points: number;
}

function taskOf(op: string, image: Operand, where: Operand): Task {
  const [x, grid] = [image as Strided, where as Strided];
  if (x.dtype.kind !== "float") throw new DTypeError(op, "x", x.dtype.name, "a floating type");
  if (grid.dtype !== x.dtype) throw new DTypeError(op, "grid", grid.dtype.name, `${x.dtype.name} like x`);
  const axes = x.rank - 2;
  if (axes < 1 || grid.rank !== x.rank || grid.shape[0] !== x.shape[0] || grid.shape[grid.rank - 1] !== axes)
    throw new ShapeError(op, "grid", grid.shape, `[${x.shape[0]}, …, ${axes}] with ${x.rank} axes`);
  const places = grid.shape.slice(1, -1);
  return {
    type: x.dtype,
    x: packed(x),
    grid: packed(grid),
    batch: x.shape[0]!,
    channels: x.shape[1]!,
    spatial: x.shape.slice(2),
    plane: sizeOf(x.shape.slice(2)),
    places,
    points: sizeOf(places),
  };
}

/** A coordinate in elements as slope·g + shift of the normalised g, after padding has moved it. */
interface Affine {
  slope: number;
  shift: number;
}

/** Where the normalised coordinate g lands on an axis of length n, piece by piece an affine function of g. */
function place(g: number, n: number, p: GridSampleParams, out: Affine): number {
  out.slope = p.alignCorners ? (n - 1) / 2 : n / 2;
  out.shift = (n - 1) / 2;
  // Cubic kernels pad each neighbour, not the coordinate.
  if (p.kernel !== "cubic" && p.padding !== "zeros") pad(out.slope * g + out.shift, n, p, out);
  return out.slope * g + out.shift;
}

/** Follows {@link place} by reflection and clipping. */
function pad(at: number, n: number, p: GridSampleParams, f: Affine): void {
  if (p.padding === "reflection") {
    const [low, high] = p.alignCorners ? [0, n - 1] : [-0.5, n - 0.5];
    const span = high - low;
    if (span === 0) {
      f.slope = 0;
      f.shift = 0;
      return;
    }
    const sign = at < low ? -1 : 1;
    const distance = Math.abs(at - low);
    const turns = Math.floor(distance / span);
    // low + (distance − turns·span), or counted from the other end after an odd number of turns.
    const [slope, shift] =
      turns % 2 === 0 ? [sign, low - sign * low - turns * span] : [-sign, high + sign * low + turns * span];
    f.slope *= slope;
    f.shift = f.shift * slope + shift;
    at = slope * at + shift;
  }
  if (at <= 0 || at >= n - 1) {
    f.slope = 0;
    f.shift = at <= 0 ? 0 : n - 1;
  }
}

const scratch: Affine = { slope: 0, shift: 0 };

/** An integer coordinate after padding, or −1 where nothing lies. */
function neighbour(i: number, n: number, p: GridSampleParams): number {
  if (p.kernel === "cubic" && p.padding !== "zeros") {
    scratch.slope = 1;
    scratch.shift = 0;
    pad(i, n, p, scratch);
    return Math.trunc(scratch.slope * i + scratch.shift);
  }
  return i >= 0 && i < n ? i : -1;
}

/** Rounds half to even. */
function nearby(x: number): number {
  const r = Math.round(x);
  return Math.abs(x % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

/** The first neighbour on an axis. */
const firstOf = (at: number, p: GridSampleParams): number =>
  p.kernel === "nearest" ? nearby(at) : Math.floor(at) - (p.kernel === "cubic" ? 1 : 0);

/** Neighbours of one point: on each axis their coordinates, weights, and slopes of the weights. */
interface Neighbours {
  readonly index: Int32Array[];
  readonly weight: Float64Array[];
  readonly slope: Float64Array[];
}

const neighbours = (axes: number, width: number): Neighbours => ({
  index: Array.from({ length: axes }, () => new Int32Array(width)),
  weight: Array.from({ length: axes }, () => new Float64Array(width)),
  slope: Array.from({ length: axes }, () => new Float64Array(width)),
});

function cubicSlopes(t: number): [number, number, number, number] {
  const outer = (x: number): number => (3 * A * x - 10 * A) * x + 8 * A;
  const inner = (x: number): number => (3 * (A + 2) * x - 2 * (A + 3)) * x;
  return [outer(t + 1), inner(t), -inner(1 - t), -outer(2 - t)];
}

/** Calls `each` with the neighbours of every point; the last axis of the image is the first coordinate of the grid. */
function forEachPoint(
  task: Task,
  p: GridSampleParams,
  each: (image: number, point: number, near: Neighbours) => void,
): void {
  const { spatial, grid, batch, points } = task;
  const axes = spatial.length;
  const near = neighbours(axes, WIDTH[p.kernel]);
  const f: Affine = { slope: 0, shift: 0 };
  for (let n = 0; n < batch; n++)
    for (let q = 0; q < points; q++) {
      for (let a = 0; a < axes; a++) {
        const length = spatial[a]!;
        const at = place(grid[(n * points + q) * axes + axes - 1 - a]!, length, p, f);
        const first = firstOf(at, p);
        const [index, weight, slope] = [near.index[a]!, near.weight[a]!, near.slope[a]!];
        for (let j = 0; j < index.length; j++) index[j] = neighbour(first + j, length, p);
        if (p.kernel === "nearest") weight[0] = 1;
        else if (p.kernel === "linear") {
          const t = at - first;
          weight[0] = 1 - t;
          weight[1] = t;
          slope[0] = -f.slope;
          slope[1] = f.slope;
        } else {
          const t = at - first - 1;
          weight.set(cubicWeights(t, A));
          slope.set(cubicSlopes(t));
          for (let j = 0; j < 4; j++) slope[j]! *= f.slope;
        }
      }
      each(n, q, near);
    }
}

/** Calls `each` for every combination of neighbours that lies in the image, with its place and the tap of each axis. */
function forEachTap(
  near: Neighbours,
  spatial: readonly number[],
  each: (place: number, taps: readonly number[]) => void,
): void {
  const axes = spatial.length;
  const width = near.index[0]!.length;
  const taps = new Array<number>(axes).fill(0);
  const total = width ** axes;
  for (let k = 0; k < total; k++) {
    let rest = k;
    let at = 0;
    let inside = true;
    for (let a = axes - 1; a >= 0; a--) {
      taps[a] = rest % width;
      rest = Math.floor(rest / width);
      if (near.index[a]![taps[a]!]! < 0) inside = false;
    }
    if (!inside) continue;
    for (let a = 0; a < axes; a++) at = at * spatial[a]! + near.index[a]![taps[a]!]!;
    each(at, taps);
  }
}

/**
 * Images x `[batch, channels, …spatial]` looked up at places of grid `[batch, …places, axes]`, whose coordinates run from
 * −1 to 1 over each axis, the last spatial axis first: `[batch, channels, …places]`.
 */
export const gridSample: OpRow<GridSampleParams> = defineOp({
  name: "gridSample",
  inputs: ["x", "grid"],
  dtype: "float",
  run: ([x, grid], p: GridSampleParams) => {
    const task = taskOf("gridSample", x!, grid!);
    const { batch, channels, points, plane } = task;
    const out = new Float64Array(batch * channels * points);
    forEachPoint(task, p, (n, q, near) =>
      forEachTap(near, task.spatial, (at, taps) => {
        let w = 1;
        for (let a = 0; a < taps.length; a++) w *= near.weight[a]![taps[a]!]!;
        for (let c = 0; c < channels; c++)
          out[(n * channels + c) * points + q]! += w * task.x[(n * channels + c) * plane + at]!;
      }),
    );
    return unpack(out, Strided.zeros(task.type, [batch, channels, ...task.places]));
  },
  saves: ["x", "grid"],
  uses: (): Rows => [gridSampleGrad],
  vjp: (gy, { x, grid }, context) => {
    const { params, higherOrder, needs } = context;
    const [gx, ggrid] = higherOrder
      ? context.through(([u, v]) => [byParts(u!, v!, params)], [x, grid], [gy])
      : gy.gridSampleGrad(x, grid, params);
    return { x: needs(0) ? gx : null, grid: needs(1) ? ggrid : null };
  },
  samples: [
    {
      inputs: [[1, 2, 3, 3], { shape: [1, 2, 2, 2], values: [-0.7, 0.1, 1.4, 0.33, -0.2, -1.7, 0.5, 0.8] }],
      params: { kernel: "linear", padding: "reflection", alignCorners: false },
    },
    {
      inputs: [[1, 1, 3, 4], { shape: [1, 1, 3, 2], values: [-0.7, 0.1, 1.4, 0.3, -0.2, -0.55] }],
      params: { kernel: "cubic", padding: "border", alignCorners: true },
    },
    {
      inputs: [[1, 1, 2, 2, 3], { shape: [1, 1, 1, 2, 3], values: [-0.7, 0.1, 0.4, 0.3, -0.2, -0.55] }],
      params: { kernel: "linear", padding: "zeros", alignCorners: false },
    },
    {
      inputs: [[1, 1, 3], { shape: [1, 3, 1], values: [-0.7, 0.1, 0.44] }],
      params: { kernel: "nearest", padding: "zeros", alignCorners: false },
    },
  ],
});

/** Gradients of {@link gridSample} in images and grid. */
export const gridSampleGrad = defineOp({
  name: "gridSampleGrad",
  inputs: ["gy", "x", "grid"],
  outputs: ["gx", "ggrid"],
  dtype: "float",
  run: ([grad, x, grid], p: GridSampleParams) => {
    const task = taskOf("gridSampleGrad", x!, grid!);
    const { channels, points, plane } = task;
    const axes = task.spatial.length;
    const g = packed(grad as Strided);
    const [gx, gg] = [new Float64Array(task.x.length), new Float64Array(task.grid.length)];
    forEachPoint(task, p, (n, q, near) =>
      forEachTap(near, task.spatial, (at, taps) => {
        let w = 1;
        for (let a = 0; a < axes; a++) w *= near.weight[a]![taps[a]!]!;
        let dot = 0;
        for (let c = 0; c < channels; c++) {
          const [v, i] = [g[(n * channels + c) * points + q]!, (n * channels + c) * plane + at];
          gx[i]! += w * v;
          dot += v * task.x[i]!;
        }
        for (let a = 0; a < axes; a++) {
          let slope = near.slope[a]![taps[a]!]!;
          for (let b = 0; b < axes; b++) if (b !== a) slope *= near.weight[b]![taps[b]!]!;
          gg[(n * points + q) * axes + axes - 1 - a]! += slope * dot;
        }
      }),
    );
    return [
      unpack(gx, Strided.zeros(task.type, (x as Strided).shape)),
      unpack(gg, Strided.zeros(task.type, (grid as Strided).shape)),
    ];
  },
  noGradient: "derivatives of derivatives go through the parts of gridSample",
});

/** Weights of the neighbours at t behind the first (cubic: the second) one. */
function weightsAt(t: Value, p: GridSampleParams): readonly Value[] {
  if (p.kernel === "nearest") return [t.full(t.shape, 1)];
  if (p.kernel === "linear") return [t.rsub(1), t];
  const outer = (x: Value): Value =>
    x
      .mul(A)
      .sub(5 * A)
      .mul(x)
      .add(8 * A)
      .mul(x)
      .sub(4 * A);
  const inner = (x: Value): Value =>
    x
      .mul(A + 2)
      .sub(A + 3)
      .mul(x)
      .mul(x)
      .add(1);
  return [outer(t.add(1)), inner(t), inner(t.rsub(1)), outer(t.rsub(2))];
}

/** {@link gridSample} in terms of smaller ops, for derivatives of derivatives. */
function byParts(x: Value, grid: Value, p: GridSampleParams): Value {
  const task = taskOf("gridSample", x.array, grid.array);
  const { batch, channels, points, plane, spatial } = task;
  const axes = spatial.length;
  const width = WIDTH[p.kernel];
  const flat = [batch, 1, points];
  const numbers = (data: Float64Array): Value => x.constant(unpack(data, Strided.zeros(x.dtype, flat)));
  const f: Affine = { slope: 0, shift: 0 };
  const count = batch * points;
  const weights: (readonly Value[])[] = [];
  const indices: Int32Array[] = [];
  for (let a = 0; a < axes; a++) {
    const [slope, shift] = [new Float64Array(count), new Float64Array(count)];
    const index = new Int32Array(count * width);
    for (let k = 0; k < count; k++) {
      const at = place(task.grid[k * axes + axes - 1 - a]!, spatial[a]!, p, f);
      const first = firstOf(at, p);
      slope[k] = f.slope;
      shift[k] = f.shift - (p.kernel === "cubic" ? first + 1 : first);
      for (let j = 0; j < width; j++) index[k * width + j] = neighbour(first + j, spatial[a]!, p);
    }
    const g = grid
      .slice({ dim: grid.shape.length - 1, start: axes - 1 - a, step: 1, length: 1 })
      .reshape({ shape: flat });
    weights.push(weightsAt(g.mul(numbers(slope)).add(numbers(shift)), p));
    indices.push(index);
  }
  const images = x.reshape({ shape: [batch, channels, plane] });
  let y: Value | null = null;
  for (let k = 0; k < width ** axes; k++) {
    const taps = Array.from({ length: axes }, (_, a) => Math.floor(k / width ** (axes - 1 - a)) % width);
    const places = new Float64Array(count);
    const inside = new Float64Array(count).fill(1);
    for (let q = 0; q < count; q++)
      for (let a = 0; a < axes; a++) {
        const i = indices[a]![q * width + taps[a]!]!;
        if (i < 0) inside[q] = 0;
        places[q] = places[q]! * spatial[a]! + Math.max(i, 0);
      }
    const index = Strided.zeros(int64, flat);
    storeIntegers(index, 0, 1, places, count);
    const found = images.gather(x.constant(index).expand({ shape: [batch, channels, points] }), { dim: 2 });
    const weight = taps.reduce((w, t, a) => w.mul(weights[a]![t]!), numbers(inside));
    const part = found.mul(weight);
    y = y ? y.add(part) : part;
  }
  return y!.reshape({ shape: [batch, channels, ...task.places] });
}
