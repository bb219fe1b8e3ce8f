import { bool, type DType, float32, type NumericData, uint8 } from "../../dtype/dtype.js";
import { DTypeError, ParamError, ShapeError } from "../../errors/errors.js";
import { castTo } from "../../strided/copy.js";
import { type Shape, Strided } from "../../strided/strided.js";
import { packed, unpack } from "../engines/pack.js";

/** How a recurrent op walks over its sequences. */
export interface RecurrentParams {
  /** From the last step to the first. */
  readonly reverse?: boolean;
  /**
   * x is packed `[rows, input]`: the first so many sequences at step 0, then those at step 1, and so on (never more than
   * before). Without it x is `[steps, batch, input]`.
   */
  readonly batchSizes?: readonly number[];
  /** A masked step puts out zeros; else the last output again. */
  readonly zeroOutput?: boolean;
  /** Whether the reserve is kept, without which there is no backward; yes if left out. */
  readonly keeps?: boolean;
  /** Backward only: whether the gradient of x is wanted; else an empty array stands in its place. */
  readonly needsX?: boolean;
}

/** The steps in the order in which they are walked: their first row, and how many rows run. */
export interface Steps {
  readonly rows: number;
  readonly batch: number;
  readonly offset: Int32Array;
  readonly size: Int32Array;
}

export function stepsOf(op: string, x: Shape, h: Shape, p: RecurrentParams): Steps {
  const [batch] = h as readonly [number];
  const sizes = p.batchSizes;
  if (h.length !== 2) throw new ShapeError(op, "h", h, "[batch, hidden]");
  if (!sizes) {
    if (x.length !== 3) throw new ShapeError(op, "x", x, "[steps, batch, input]");
    if (x[1] !== batch) throw new ShapeError(op, "h", h, `[${x[1]}, hidden] (x is [${x.join(", ")}])`);
    return inOrder(new Array<number>(x[0]!).fill(batch), batch, p);
  }
  if (x.length !== 2) throw new ShapeError(op, "x", x, "[rows, input] (packed)");
  const total = sizes.reduce((a, b) => a + b, 0);
  if (total !== x[0] || sizes.some((n, i) => n > (i === 0 ? batch : sizes[i - 1]!)))
    throw new ParamError(
      op,
      "batchSizes",
      `[${sizes.join(", ")}]`,
      `falling numbers up to ${batch} that add up to ${x[0]}`,
    );
  return inOrder(sizes, batch, p);
}

function inOrder(sizes: readonly number[], batch: number, { reverse }: RecurrentParams): Steps {
  const size = Int32Array.from(sizes);
  const offset = new Int32Array(size.length);
  let rows = 0;
  size.forEach((n, t) => {
    offset[t] = rows;
    rows += n;
  });
  return { rows, batch, offset: reverse ? offset.reverse() : offset, size: reverse ? size.reverse() : size };
}

/** One kind of recurrence: how the states of some rows follow from those before, and how gradients go back. */
export interface Cell {
  /** Widths of the states; the first is the output. */
  readonly widths: readonly number[];
  /** New states of rows 0 … n − 1 of the batch, which are rows `row` … of the sequence. */
  step(row: number, n: number, states: readonly Float64Array[], next: readonly Float64Array[]): void;
}

/** The way back through a {@link Cell}. */
export interface CellBack {
  readonly widths: readonly number[];
  /** Gradients of the states before a step from those after it; gates' gradients are kept by the cell. */
  back(
    row: number,
    n: number,
    before: readonly Float64Array[],
    after: readonly Float64Array[],
    gafter: readonly Float64Array[],
    gbefore: readonly Float64Array[],
  ): void;
}

/** Walks forward. `states` begins with the initial ones and ends with the final ones; `records` takes those of each row. */
export function walk(
  { offset, size, batch }: Steps,
  cell: Cell,
  states: readonly Float64Array[],
  records: readonly Float64Array[],
  y: Float64Array,
  runs: Uint8Array | null,
  zeroOutput: boolean,
): void {
  const next = cell.widths.map((w) => new Float64Array(batch * w));
  const [width] = cell.widths as readonly [number];
  const last = runs && new Float64Array(batch * width);
  for (let k = 0; k < offset.length; k++) {
    const [row, n] = [offset[k]!, size[k]!];
    cell.step(row, n, states, next);
    for (let s = 0; s < states.length; s++) {
      const w = cell.widths[s]!;
      const [now, then] = [states[s]!, next[s]!];
      for (let r = 0; r < n; r++) {
        if (runs && !runs[row + r]) continue;
        for (let i = r * w; i < (r + 1) * w; i++) now[i] = then[i]!;
      }
      records[s]!.set(now.subarray(0, n * w), row * w);
    }
    for (let r = 0; r < n; r++) {
      const at = (row + r) * width;
      if (!runs || runs[row + r]) {
        for (let i = 0; i < width; i++) y[at + i] = states[0]![r * width + i]!;
        if (last) for (let i = 0; i < width; i++) last[r * width + i] = y[at + i]!;
      } else if (!zeroOutput) for (let i = 0; i < width; i++) y[at + i] = last![r * width + i]!;
    }
  }
}

/** Walks back. `gstates` begins with the gradients of the final states and ends with those of the initial ones. */
export function walkBack(
  steps: Steps,
  cell: CellBack,
  initial: readonly Float64Array[],
  records: readonly Float64Array[],
  gy: Float64Array | null,
  gstates: readonly Float64Array[],
  runs: Uint8Array | null,
  zeroOutput: boolean,
): void {
  const { offset, size, batch } = steps;
  const { widths } = cell;
  const [width] = widths as readonly [number];
  const buffers = (): Float64Array[] => widths.map((w) => new Float64Array(batch * w));
  const [before, after, gafter, gbefore] = [buffers(), buffers(), buffers(), buffers()];
  const carried = runs && new Float64Array(batch * width);
  for (let k = offset.length - 1; k >= 0; k--) {
    const [row, n] = [offset[k]!, size[k]!];
    for (let r = 0; r < n; r++) {
      const on = !runs || runs[row + r] === 1;
      if (gy)
        for (let i = r * width, at = (row + r) * width; i < (r + 1) * width; i++, at++) {
          const g = gy[at]!;
          if (!carried) gstates[0]![i]! += g;
          else if (on) {
            gstates[0]![i]! += g + carried[i]!;
            carried[i] = 0;
          } else if (!zeroOutput) carried[i]! += g;
        }
      for (let s = 0; s < widths.length; s++) {
        const w = widths[s]!;
        for (let i = r * w; i < (r + 1) * w; i++) gafter[s]![i] = on ? gstates[s]![i]! : 0;
      }
    }
    for (let s = 0; s < widths.length; s++) {
      const w = widths[s]!;
      copyBefore(steps, k, initial[s]!, records[s]!, w, before[s]!);
      after[s]!.set(records[s]!.subarray(row * w, (row + n) * w));
      gbefore[s]!.fill(0, 0, n * w);
    }
    cell.back(row, n, before, after, gafter, gbefore);
    for (let s = 0; s < widths.length; s++) {
      const w = widths[s]!;
      for (let r = 0; r < n; r++) {
        // A masked step hands its states on, and with them their gradients.
        if (runs && !runs[row + r]) continue;
        for (let i = r * w; i < (r + 1) * w; i++) gstates[s]![i] = gbefore[s]![i]!;
      }
    }
  }
}

/** The states of the rows of walked step k as they were before it. */
export function copyBefore(
  { offset, size }: Steps,
  k: number,
  initial: Float64Array,
  record: Float64Array,
  width: number,
  out: Float64Array,
  at = 0,
): void {
  const there = k === 0 ? 0 : Math.min(size[k]!, size[k - 1]!);
  if (there > 0) out.set(record.subarray(offset[k - 1]! * width, (offset[k - 1]! + there) * width), at);
  if (there < size[k]!) out.set(initial.subarray(there * width, size[k]! * width), at + there * width);
}

/** The arrays of a recurrent op in float64, with their type checked. */
export function recurrentType(
  op: string,
  names: readonly string[],
  arrays: readonly (Strided | null)[],
): DType {
  const type = arrays[0]!.dtype;
  if (type.kind !== "float") throw new DTypeError(op, names[0]!, type.name, "a floating type");
  arrays.forEach((x, i) => {
    if (x && x.dtype !== type)
      throw new DTypeError(op, names[i]!, x.dtype.name, `${type.name} like ${names[0]}`);
  });
  return type;
}

/** Which rows run, or `null` for all. */
export function runsOf(op: string, mask: Strided | null, x: Strided, p: RecurrentParams): Uint8Array | null {
  if (!mask) return null;
  if (mask.dtype !== bool) throw new DTypeError(op, "mask", mask.dtype.name, "bool");
  if (p.batchSizes || mask.rank !== 2 || mask.shape[0] !== x.shape[0] || mask.shape[1] !== x.shape[1])
    throw new ShapeError(op, "mask", mask.shape, "[steps, batch]");
  return Uint8Array.from(packed(mask));
}

/**
 * What backward needs besides the inputs, as bytes, so that nobody takes it for a result: `parts` one behind the other
 * in the type that the op computes in.
 */
export function reserveOf(type: DType, parts: readonly Float64Array[], { keeps }: RecurrentParams): Strided {
  if (keeps === false) return Strided.zeros(uint8, [0]);
  const real = type.half ? float32 : type;
  const count = parts.reduce((n, a) => n + a.length, 0);
  const bytes = Strided.zeros(uint8, [count * real.itemsize]);
  const data = bytes.storage.data(real) as NumericData;
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The parts of a reserve, given their lengths. */
export function openReserve(reserve: Strided, type: DType, lengths: readonly number[]): Float64Array[] {
  const data = reserve.storage.data(type.half ? float32 : type) as NumericData;
  let at = 0;
  return lengths.map((n) => {
    const part = Float64Array.from(data.subarray(at, at + n));
    at += n;
    return part;
  });
}

/** Row-major float64 numbers as an array of a type. */
export const asArray = (data: Float64Array, shape: Shape, type: DType): Strided =>
  castTo(unpack(data, Strided.zeros(type, shape)), type);

/** A matrix turned: `[columns, rows]`. */
export function turned(a: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j]!;
  return out;
}

/** Sums of the columns of a matrix. */
export function columnSums(a: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j]! += a[i * columns + j]!;
  return out;
}
