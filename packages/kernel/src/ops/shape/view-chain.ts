import { accumulateInto } from "../../strided/accumulate.js";
import { castTo, cloneContiguous, copyInto } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import { defineOp, type OpRow } from "../row.js";
import { asStrided } from "./as-strided.js";
import { expand } from "./expand.js";
import { indexView } from "./index-view.js";
import { imag, real } from "./parts.js";
import { permute } from "./permute.js";
import { reshape } from "./reshape.js";
import { slice } from "./slice.js";

const VIEWS = { asStrided, expand, imag, indexView, permute, real, reshape, slice } as unknown as Record<
  ViewStep["op"],
  OpRow
>;

/** One step from an array to a view of it: a view row and its parameters. */
export interface ViewStep {
  readonly op: "asStrided" | "expand" | "imag" | "indexView" | "permute" | "real" | "reshape" | "slice";
  readonly params?: unknown;
}

const walk = (x: Strided, chain: readonly ViewStep[]): Strided =>
  chain.reduce((v, step) => VIEWS[step.op].run([v], step.params) as Strided, x);

/** Several views one after the other, as one. */
export const viewChain = defineOp({
  name: "viewChain",
  inputs: ["x"],
  dtype: "same",
  view: true,
  run: ([x], { chain }: { chain: readonly ViewStep[] }) => walk(x as Strided, chain),
  vjp: (gy, _saved, { params, shape }) => ({ x: gy.full(shape(0), 0).viewScatter(gy, params) }),
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
    const y = cloneContiguous(b as Strided);
    const target = walk(y, chain);
    const src = castTo(s as Strided, y.dtype);
    if (accumulate) accumulateInto(target, src);
    else copyInto(target, src);
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
  ],
});
