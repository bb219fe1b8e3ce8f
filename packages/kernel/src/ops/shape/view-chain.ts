import { type Data, float64, int64 } from "../../dtype/dtype.js";
import { Storage } from "../../memory/storage.js";
import { accumulateInto } from "../../strided/accumulate.js";
import { castTo, cloneContiguous, copyInto } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { indexPut } from "../indexing/index-op.js";
import { defineOp, type OpRow } from "../row.js";
import { asStrided } from "./as-strided.js";
import { bitcast } from "./bitcast.js";
import { diagonal } from "./diagonal.js";
import { expand } from "./expand.js";
import { indexView } from "./index-view.js";
import { imag, real, viewAsComplex, viewAsReal } from "./parts.js";
import { permute } from "./permute.js";
import { reshape } from "./reshape.js";
import { slice } from "./slice.js";
import { unfold } from "./unfold.js";

const VIEWS = {
  asStrided,
  bitcast,
  diagonal,
  expand,
  imag,
  indexView,
  permute,
  real,
  reshape,
  slice,
  unfold,
  viewAsComplex,
  viewAsReal,
} as unknown as Record<ViewStep["op"], OpRow>;

/** One step from an array to a view of it: a view row and its parameters. */
export interface ViewStep {
  readonly op:
    | "asStrided"
    | "bitcast"
    | "diagonal"
    | "expand"
    | "imag"
    | "indexView"
    | "permute"
    | "real"
    | "reshape"
    | "slice"
    | "unfold"
    | "viewAsComplex"
    | "viewAsReal";
  readonly params?: unknown;
}

const walk = (x: Strided, chain: readonly ViewStep[]): Strided =>
  chain.reduce((v, { op, params }) => VIEWS[op].run([v], params) as Strided, x);

/**
 * A row-major copy of base to write a view of. `asStrided` counts from the start of the storage, so for it the whole
 * storage is copied as it lies.
 */
function copyFor(base: Strided, chain: readonly ViewStep[]): Strided {
  const inPlace = (base.contiguous && base.offset === 0) || base.strides.includes(0);
  if (inPlace || chain.every((step) => step.op !== "asStrided")) return cloneContiguous(base);
  const data = base.data.slice() as Data;
  return new Strided(new Storage(data, base.dtype), base.dtype, base.shape, base.strides, base.offset);
}

/** Where in y (row-major) the elements stand that the chain shows, found by walking it over an array of positions. */
function shownPositions(y: Strided, chain: readonly ViewStep[]): Strided {
  const numbers = Strided.zeros(float64, y.shape);
  const data = numbers.data as Float64Array;
  for (let i = 0; i < data.length; i++) data[i] = i;
  return castTo(walk(numbers, chain), int64);
}

/** Writes src where the chain leads. */
function writeThrough(y: Strided, chain: readonly ViewStep[], src: Strided, accumulate: boolean): void {
  const target = walk(y, chain);
  if (target.storage !== y.storage) {
    // A `reshape` that is a view of the strides that the base had is a copy here.
    const flat = y.view([y.size], [1], y.offset);
    const indices = [shownPositions(y, chain)];
    indexPut.run([flat, castTo(src, y.dtype)], { indices, accumulate }, flat);
  } else if (accumulate) accumulateInto(target, castTo(src, target.dtype));
  else copyInto(target, src);
}

/** Several views one after the other, as one. */
export const viewChain = defineOp({
  name: "viewChain",
  inputs: ["x"],
  dtype: "same",
  view: true,
  run: ([x], { chain }: { chain: readonly ViewStep[] }) => walk(x as Strided, chain),
  // The view may show an element more than once, and in another type.
  vjp: (gy, _saved, { params, shape, dtype }) => ({
    x: gy
      .full(shape(0), 0)
      .cast({ dtype: dtype(0), copy: false })
      .viewScatter(gy, { ...params, accumulate: true }),
  }),
  samples: [
    {
      inputs: [[3, 4]],
      params: {
        chain: [
          { op: "slice", params: { dim: 0, start: 1, step: 1, length: 2 } },
          { op: "permute", params: { axes: [1, 0] } },
        ],
      },
    },
    { inputs: [[3, 1]], params: { chain: [{ op: "expand", params: { shape: [3, 2] } }] } },
    { inputs: [[3, 2]], params: { chain: [{ op: "viewAsComplex" }, { op: "real" }] } },
  ],
});

export interface ViewScatterParams {
  readonly chain: readonly ViewStep[];
  /** Add where the view shows an element more than once (overlapping strides). */
  readonly accumulate?: boolean;
}

/** A copy of base in which the view that the chain describes holds src: what an in-place write to a view leaves. */
export const viewScatter = defineOp({
  name: "viewScatter",
  inputs: ["base", "src"],
  dtype: "same",
  run: ([b, s], { chain, accumulate = false }: ViewScatterParams) => {
    const y = copyFor(b as Strided, chain);
    writeThrough(y, chain, s as Strided, accumulate);
    return y;
  },
  vjp: (gy, _saved, { params, needs, shape }) => ({
    base: needs(0)
      ? params.accumulate
        ? gy
        : gy.viewScatter(gy.full(shape(1), 0), { chain: params.chain })
      : null,
    src: needs(1) ? gy.viewChain({ chain: params.chain }) : null,
  }),
  samples: [
    {
      inputs: [
        [3, 4],
        [3, 2],
      ],
      params: { chain: [{ op: "slice", params: { dim: 1, start: 1, step: 2, length: 2 } }] },
    },
    {
      inputs: [[3, 4], [12]],
      params: {
        chain: [
          { op: "permute", params: { axes: [1, 0] } },
          { op: "reshape", params: { shape: [12] } },
        ],
      },
    },
  ],
});
