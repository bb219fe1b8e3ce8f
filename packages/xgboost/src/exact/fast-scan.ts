import { TreeArena } from "@cognate/kernel";
import type { Matrix } from "../data/matrix.js";
import type { Columns } from "../data/storage.js";
import { kernelsFrom } from "../hist/gradient-index.js";
import { RT_EPS } from "../numeric/float32.js";
import type { Split } from "../tree/split.js";
import type { TrainParam } from "../tree/train-param.js";

/** A node's record in the kernel's memory, in bytes; see packages/kernel/wasm/trees/exact.ts. */
const NODE = 80;
/** The record's fields as indices of float64, float32 and int32. */
const GRAD = 0;
const HESS = 1;
const BEST_GRAD = 4;
const BEST_HESS = 5;
const GAIN = 12;
const LAST = 13;
const BEST_LOSS = 14;
const BEST_VALUE = 15;
const BEST_FEATURE = 16;
const BEST_STEP = 17;
const OPEN = 18;

/** What the grower knows about its nodes. */
interface Nodes {
  readonly grad: Float64Array;
  readonly hess: Float64Array;
  readonly gain: Float32Array;
  readonly best: readonly Split[];
}

/** The scan of sorted columns by the kernel: columns, rows' nodes, pairs and nodes' records in its memory. */
export class FastScan {
  private readonly f64: Float64Array;
  private readonly f32: Float32Array;
  private readonly i32: Int32Array;

  constructor(
    private readonly arena: TreeArena,
    private readonly rows: Uint32Array,
    private readonly values: Float32Array,
    readonly position: Int32Array,
    readonly gpair: Float32Array,
    private readonly records: Uint8Array,
    private readonly list: Int32Array,
    private readonly p: TrainParam,
  ) {
    const { buffer, byteOffset, length } = records;
    this.f64 = new Float64Array(buffer, byteOffset, length / 8);
    this.f32 = new Float32Array(buffer, byteOffset, length / 4);
    this.i32 = new Int32Array(buffer, byteOffset, length / 4);
  }

  /** Begins a level. */
  begin(nodes: readonly number[], known: Nodes): void {
    this.list.set(nodes);
    for (const n of nodes) {
      const [d, w] = [(n * NODE) / 8, (n * NODE) / 4];
      this.f64[d + GRAD] = known.grad[n]!;
      this.f64[d + HESS] = known.hess[n]!;
      this.f32[w + GAIN] = known.gain[n]!;
      this.f32[w + LAST] = 0;
      this.f32[w + BEST_LOSS] = 0;
      this.i32[w + BEST_STEP] = 0;
    }
  }
  /** Which nodes may split on the next feature. */
  allow(nodes: readonly number[], open: Uint8Array): void {
    for (const n of nodes) this.i32[(n * NODE) / 4 + OPEN] = open[n]!;
  }
  scan(feature: number, from: number, to: number, step: 1 | -1, count: number): void {
    const { lambda, alpha, minChildWeight } = this.p;
    this.arena.kernels.scan_column(
      this.rows.byteOffset,
      this.values.byteOffset,
      from,
      to,
      step,
      this.position.byteOffset,
      this.gpair.byteOffset,
      this.records.byteOffset,
      this.list.byteOffset,
      count,
      feature,
      lambda,
      alpha,
      minChildWeight,
      RT_EPS,
    );
  }
  /** Ends a level: the best splits as the grower keeps them. */
  end(nodes: readonly number[], known: Nodes): void {
    for (const n of nodes) {
      const [d, w] = [(n * NODE) / 8, (n * NODE) / 4];
      const step = this.i32[w + BEST_STEP]!;
      if (step === 0) continue;
      const [g, h] = [this.f64[d + BEST_GRAD]!, this.f64[d + BEST_HESS]!];
      const [go, ho] = [known.grad[n]! - g, known.hess[n]! - h];
      const [loss, value, feature] = [
        this.f32[w + BEST_LOSS]!,
        this.f32[w + BEST_VALUE]!,
        this.i32[w + BEST_FEATURE]!,
      ];
      const best = known.best[n]!;
      if (step > 0) best.update(loss, feature, value, false, false, g, h, go, ho);
      else best.update(loss, feature, value, true, false, go, ho, g, h);
    }
  }
}

/** Trees deeper than this would need too many records. */
const DEEPEST = 14;

/** A scan over a matrix's columns, whose copies in the kernel's memory are kept; null where there are none. */
export function fastScan(matrix: Matrix, columns: Columns, p: TrainParam): FastScan | null {
  const { values } = columns;
  if (values.length < kernelsFrom.values || p.maxDepth > DEEPEST) return null;
  const known = matrix.cache.get("exact") as { depth: number; scan: Parts | null } | undefined;
  let parts = known?.scan ?? null;
  if (!known || known.depth < p.maxDepth) {
    parts = place(matrix, columns, 2 ** (p.maxDepth + 1));
    matrix.cache.set("exact", { depth: p.maxDepth, scan: parts });
  }
  if (!parts) return null;
  const { arena, rows, values: own, position, gpair, records, list } = parts;
  return new FastScan(arena, rows, own, position, gpair, records, list, p);
}

type Parts = NonNullable<ReturnType<typeof place>>;

function place({ info }: Matrix, columns: Columns, nodes: number) {
  const { values, rows } = columns;
  const n = info.numRow;
  const arena = TreeArena.of(8 * values.length + 12 * n + nodes * (NODE + 4) + 4096);
  const own = arena?.f32(values.length);
  const ownRows = arena?.u32(rows.length);
  const position = arena?.i32(n);
  const gpair = arena?.f32(2 * n);
  const records = arena?.u8(nodes * NODE);
  const list = arena?.i32(nodes);
  if (!arena || !own || !ownRows || !position || !gpair || !records || !list) return null;
  own.set(values);
  ownRows.set(rows);
  return { arena, rows: ownRows, values: own, position, gpair, records, list };
}
