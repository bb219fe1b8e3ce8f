import { ShapeError } from "../../errors/errors.js";
import type { Strided } from "../../strided/strided.js";
import { fastGru, fastGruGrad, type GruCall } from "../../wasm/kernels/gru.js";
import { kindsOf } from "../../wasm/kernels/recurrent.js";
import { runFast } from "../../wasm/registry.js";
import { dotRows } from "../engines/dot-rows.js";
import { packed } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand } from "../row.js";
import type { Value } from "../value.js";
import { type GateActivation, gateFunction } from "./activations.js";
import { gateBlocks, inputGates, inputGradients, sizesOf, weightGradient } from "./gates.js";
import { block, optionalInputs, unroll } from "./parts.js";
import {
  asArray,
  columnSums,
  openReserve,
  type RecurrentParams,
  recurrentType,
  reserveOf,
  runsOf,
  stepsOf,
  turned,
  walk,
  walkBack,
} from "./sequence.js";

export interface GruParams extends RecurrentParams {
  /** Order of the gates in stacked weights: reset, update (z), candidate (n or h). */
  readonly gates: string;
  /** The reset gate scales wh·h + bh of the candidate; else it scales h before that product. */
  readonly resetAfter: boolean;
  /** Function of the two gates; sigmoid if left out. */
  readonly gate?: GateActivation;
  /** Function of the candidate; tanh if left out. */
  readonly candidate?: GateActivation;
}

const NAMES = ["x", "h", "wx", "wh", "bx", "bh"] as const;

function open(op: string, operands: readonly Operand[], p: GruParams) {
  const [x, h, wx, wh, bx, bh, mask] = operands as readonly (Strided | null)[];
  const type = recurrentType(op, NAMES, [x!, h!, wx!, wh!, bx!, bh!]);
  const sizes = sizesOf(op, 3, x!, h!, wx!, wh!, [bx!, bh!]);
  if (sizes.fed !== sizes.hidden) throw new ShapeError(op, "h", h!.shape, `[batch, ${sizes.hidden}]`);
  return {
    type,
    sizes,
    steps: stepsOf(op, x!.shape, h!.shape, p),
    runs: runsOf(op, mask!, x!, p),
    at: gateBlocks(op, p.gates, ["r", "z", "n"]),
  };
}

/** The arrays in float64, for the reference. */
function unpacked(operands: readonly Operand[], p: GruParams) {
  const [x, h, wx, wh] = operands as readonly (Strided | null)[];
  return {
    x: packed(x!),
    h: packed(h!),
    wx: packed(wx!),
    wh: packed(wh!),
    gate: gateFunction(p.gate ?? "sigmoid"),
    candidate: gateFunction(p.candidate ?? "tanh"),
  };
}

/** What the fast path takes: functions that it knows. */
function fastCall(operands: readonly Operand[], p: GruParams, o: ReturnType<typeof open>): GruCall | null {
  const [x, h, wx, wh] = operands as readonly (Strided | null)[];
  const kinds = kindsOf(p.gate ?? "sigmoid", p.candidate ?? "tanh");
  if (!kinds) return null;
  const { steps, sizes, runs, at } = o;
  const { resetAfter } = p;
  return { steps, sizes, runs, at, params: p, kinds, resetAfter, x: x!, h: h!, wx: wx!, wh: wh! };
}

/**
 * Gated recurrent units over a whole sequence: h′ = (1 − z)·n + z·h with n = tanh(wx·x + bx + r·(wh·h + bh)) when the reset
 * comes after the product, n = tanh(wx·x + bx + wh·(r·h) + bh) when it comes before. All outputs and the final state.
 *
 * wx is `[3·hidden, input]`, wh `[3·hidden, hidden]`, h `[batch, hidden]`, the mask (true where a step counts)
 * `[steps, batch]`.
 */
export const gru = defineOp({
  name: "gru",
  inputs: ["x", "h", "wx", "wh", "bx", "bh", "mask"],
  optional: ["bx", "bh", "mask"],
  outputs: ["y", "hn", "reserve"],
  dtype: "float",
  unrecorded: (p: GruParams) => ({ ...p, keeps: false }),
  run: (operands, p: GruParams) => {
    const checked = open("gru", operands, p);
    const [bx, bh] = operands.slice(4, 6) as [Strided | null, Strided | null];
    const call = fastCall(operands, p, checked);
    let results: Strided[] | null = null;
    if (call && runFast(() => (results = fastGru(call, bx, bh)) !== null)) return results!;
    const o = { ...checked, ...unpacked(operands, p) };
    const { steps, sizes, at, gate, candidate } = o;
    const { hidden, stacked } = sizes;
    const { rows, batch } = steps;
    const gates = inputGates(o.x, o.wx, [bx], rows, sizes);
    const recurrent = new Float64Array(batch * stacked);
    const bias = bh ? packed(bh) : null;
    // What the reset gate scales: the candidate's product, which backward needs.
    const scaled = p.resetAfter ? new Float64Array(rows * hidden) : new Float64Array(0);
    const reset = new Float64Array(p.resetAfter ? 0 : batch * hidden);
    const y = new Float64Array(rows * hidden);
    const record = new Float64Array(rows * hidden);
    const blockOf = (b: number): number => b * hidden * hidden;
    walk(
      steps,
      {
        widths: [hidden],
        step: (row, n, [h], [next]) => {
          for (let r = 0; r < n; r++)
            for (let j = 0; j < stacked; j++) recurrent[r * stacked + j] = bias ? bias[j]! : 0;
          const product = (b: number, from: Float64Array): void =>
            dotRows(from, 0, o.wh, blockOf(b), recurrent, b * hidden, stacked, n, hidden, hidden, true);
          if (p.resetAfter) dotRows(h!, 0, o.wh, 0, recurrent, 0, stacked, n, stacked, hidden, true);
          else {
            product(at.r, h!);
            product(at.z, h!);
          }
          for (let r = 0; r < n; r++)
            for (let j = 0; j < hidden; j++) {
              const g = (row + r) * stacked + j;
              const q = r * stacked + j;
              const k = r * hidden + j;
              gates[g + at.r * hidden] = gate.of(gates[g + at.r * hidden]! + recurrent[q + at.r * hidden]!);
              gates[g + at.z * hidden] = gate.of(gates[g + at.z * hidden]! + recurrent[q + at.z * hidden]!);
              if (!p.resetAfter) reset[k] = gates[g + at.r * hidden]! * h![k]!;
            }
          if (!p.resetAfter) product(at.n, reset);
          for (let r = 0; r < n; r++)
            for (let j = 0; j < hidden; j++) {
              const g = (row + r) * stacked + j;
              const k = r * hidden + j;
              const inner = recurrent[r * stacked + j + at.n * hidden]!;
              if (p.resetAfter) scaled[(row + r) * hidden + j] = inner;
              const share = p.resetAfter ? gates[g + at.r * hidden]! * inner : inner;
              const u = (gates[g + at.n * hidden] = candidate.of(gates[g + at.n * hidden]! + share));
              const z = gates[g + at.z * hidden]!;
              next![k] = (1 - z) * u + z * h![k]!;
            }
        },
      },
      [o.h],
      [record],
      y,
      o.runs,
      p.zeroOutput ?? false,
    );
    const x = operands[0] as Strided;
    return [
      asArray(y, [...x.shape.slice(0, -1), hidden], o.type),
      asArray(o.h, [batch, hidden], o.type),
      reserveOf(o.type, [gates, record, scaled], p),
    ];
  },
  saves: ["x", "h", "wx", "wh", "bx", "bh", "mask", "reserve"],
  uses: (): Rows => [gruGrad],
  vjps: ({ y, hn }, saved, context) => {
    const { params, given, needs, higherOrder } = context;
    const { x, h, wx, wh, reserve } = saved;
    const mask = given(6) ? saved.mask : null;
    if (!higherOrder) {
      const p = { ...params, needsX: needs(0) };
      const [gx, gh, gwx, gwh, gbx, gbh] = x.gruGrad(h, wx, wh, mask, y, hn, reserve, p);
      const [bx, bh] = [given(4) ? gbx : null, given(5) ? gbh : null];
      return { x: needs(0) ? gx : null, h: gh, wx: gwx, wh: gwh, bx, bh };
    }
    const biases = optionalInputs(saved, context, [
      [4, "bx"],
      [5, "bh"],
    ]);
    const grads = context.through(
      ([x, h, wx, wh, ...rest]) =>
        byParts(x!, h!, wx!, wh!, biases.of(rest, "bx"), biases.of(rest, "bh"), mask, params),
      [x, h, wx, wh, ...biases.values],
      [y, hn],
    );
    return {
      x: grads[0],
      h: grads[1],
      wx: grads[2],
      wh: grads[3],
      bx: biases.of(grads.slice(4), "bx"),
      bh: biases.of(grads.slice(4), "bh"),
    };
  },
  samples: [
    {
      inputs: [[3, 2, 2], [2, 2], [6, 2], [6, 2], [6], [6], null],
      params: { gates: "rzn", resetAfter: true },
    },
    {
      inputs: [[3, 1], [2, 2], [6, 1], [6, 2], [6], [6], null],
      params: { gates: "zrh", resetAfter: false, batchSizes: [2, 1], reverse: true },
    },
    {
      inputs: [
        [3, 2, 1],
        [2, 2],
        [6, 1],
        [6, 2],
        [6],
        null,
        { shape: [3, 2], values: [0, 1, 1, 0, 0, 1], dtype: "bool" },
      ],
      params: { gates: "zrn", resetAfter: true, gate: "hardSigmoid5" },
    },
  ],
  source: "Cho et al., Learning phrase representations using RNN encoder-decoder, 2014",
});

/** Gradients of {@link gru}: of x, h, wx, wh, bx and bh. */
export const gruGrad = defineOp({
  name: "gruGrad",
  inputs: ["x", "h", "wx", "wh", "mask", "gy", "ghn", "reserve"],
  optional: ["mask", "gy", "ghn"],
  outputs: ["gx", "gh", "gwx", "gwh", "gbx", "gbh"],
  dtype: "float",
  run: ([xo, ho, wxo, who, mask, gy, ghn, reserve], p: GruParams) => {
    const operands = [xo!, ho!, wxo!, who!, null, null, mask!];
    const checked = open("gruGrad", operands, p);
    const call = fastCall(operands, p, checked);
    let results: Strided[] | null = null;
    const [g1, g2, kept] = [gy, ghn, reserve] as [Strided | null, Strided | null, Strided];
    if (call && runFast(() => (results = fastGruGrad(call, g1, g2, kept)) !== null)) return results!;
    const o = { ...checked, ...unpacked(operands, p) };
    const { steps, sizes, at, gate, candidate } = o;
    const { hidden, stacked } = sizes;
    const { rows } = steps;
    const [gates, record, scaled] = openReserve(reserve as Strided, o.type, [
      rows * stacked,
      rows * hidden,
      p.resetAfter ? rows * hidden : 0,
    ]);
    // Gradients at the gates' inputs from x; those from h differ in the candidate when the reset comes after.
    const own = new Float64Array(rows * stacked);
    const fed = p.resetAfter ? new Float64Array(rows * stacked) : own;
    // What the candidate's recurrent weights were multiplied with.
    const before = new Float64Array(rows * hidden);
    const reset = p.resetAfter ? before : new Float64Array(rows * hidden);
    const turnedBlocks = [0, 1, 2].map((b) =>
      turned(o.wh.subarray(b * hidden * hidden, (b + 1) * hidden * hidden), hidden, hidden),
    );
    const part = new Float64Array(steps.batch * hidden);
    const through = new Float64Array(steps.batch * hidden);
    const gh = ghn ? packed(ghn as Strided) : new Float64Array(o.h.length);
    walkBack(
      steps,
      {
        widths: [hidden],
        back: (row, n, [h], _after, [g], [gBefore]) => {
          const blockOf = (all: Float64Array, b: number): Float64Array => {
            for (let r = 0; r < n; r++)
              for (let j = 0; j < hidden; j++)
                part[r * hidden + j] = all[(row + r) * stacked + b * hidden + j]!;
            return part;
          };
          before.set(h!.subarray(0, n * hidden), row * hidden);
          for (let r = 0; r < n; r++)
            for (let j = 0; j < hidden; j++) {
              const q = (row + r) * stacked + j;
              const k = r * hidden + j;
              const [z, u] = [gates![q + at.z * hidden]!, gates![q + at.n * hidden]!];
              const d = g![k]!;
              own[q + at.z * hidden] = d * (h![k]! - u) * gate.slope(z);
              own[q + at.n * hidden] = d * (1 - z) * candidate.slope(u);
              gBefore![k] = d * z;
            }
          if (!p.resetAfter) {
            const inner = blockOf(own, at.n);
            dotRows(inner, 0, turnedBlocks[at.n]!, 0, through, 0, hidden, n, hidden, hidden, false);
          }
          for (let r = 0; r < n; r++)
            for (let j = 0; j < hidden; j++) {
              const q = (row + r) * stacked + j;
              const k = r * hidden + j;
              const gateR = gates![q + at.r * hidden]!;
              const inner = own[q + at.n * hidden]!;
              if (p.resetAfter) {
                own[q + at.r * hidden] = inner * scaled![(row + r) * hidden + j]! * gate.slope(gateR);
                fed[q + at.n * hidden] = inner * gateR;
                fed[q + at.r * hidden] = own[q + at.r * hidden]!;
                fed[q + at.z * hidden] = own[q + at.z * hidden]!;
              } else {
                own[q + at.r * hidden] = through[k]! * h![k]! * gate.slope(gateR);
                reset[(row + r) * hidden + j] = gateR * h![k]!;
                gBefore![k]! += through[k]! * gateR;
              }
            }
          for (const b of p.resetAfter ? [at.r, at.z, at.n] : [at.r, at.z])
            dotRows(blockOf(fed, b), 0, turnedBlocks[b]!, 0, gBefore!, 0, hidden, n, hidden, hidden, true);
        },
      },
      [o.h],
      [record!],
      gy ? packed(gy as Strided) : null,
      [gh],
      o.runs,
      p.zeroOutput ?? false,
    );
    const { gx, gwx, gb } = inputGradients(own, o.x, o.wx, rows, sizes, p.needsX);
    const gwh = weightGradient(fed, before, rows, stacked, hidden);
    if (!p.resetAfter) {
      const candidateRows = new Float64Array(rows * hidden);
      for (let r = 0; r < rows; r++)
        for (let j = 0; j < hidden; j++)
          candidateRows[r * hidden + j] = fed[r * stacked + at.n * hidden + j]!;
      gwh.set(weightGradient(candidateRows, reset, rows, hidden, hidden), at.n * hidden * hidden);
    }
    const shape = (v: Operand | undefined): readonly number[] => (v as Strided).shape;
    return [
      asArray(gx, p.needsX === false ? [0] : shape(xo), o.type),
      asArray(gh, shape(ho), o.type),
      asArray(gwx, shape(wxo), o.type),
      asArray(gwh, shape(who), o.type),
      asArray(gb, [stacked], o.type),
      asArray(p.resetAfter ? columnSums(fed, rows, stacked) : gb, [stacked], o.type),
    ];
  },
  noGradient: "derivatives of derivatives go through the steps of gru",
});

/** {@link gru} step by step in terms of smaller ops, for derivatives of derivatives. */
function byParts(
  x: Value,
  h: Value,
  wx: Value,
  wh: Value,
  bx: Value | null,
  bh: Value | null,
  mask: Value | null,
  p: GruParams,
): readonly Value[] {
  const gate = gateFunction(p.gate ?? "sigmoid");
  const candidate = gateFunction(p.candidate ?? "tanh");
  const at = gateBlocks("gru", p.gates, ["r", "z", "n"]);
  const hidden = wx.shape[0]! / 3;
  const weights = (b: number): Value =>
    wh.slice({ dim: 0, start: b * hidden, step: 1, length: hidden }).permute({ axes: [1, 0] });
  const bias = (b: number): Value | undefined =>
    bh?.slice({ dim: 0, start: b * hidden, step: 1, length: hidden });
  return unroll(x, [h], wx, bx, mask, p, (gates, [state]) => {
    const fed = (b: number, from: Value): Value => {
      const y = from.matmul(weights(b));
      const more = bias(b);
      return more ? y.add(more) : y;
    };
    const [r, z] = [at.r, at.z].map((b) => gate.onValue(block(gates, b, hidden).add(fed(b, state!))));
    const inner = p.resetAfter ? r!.mul(fed(at.n, state!)) : fed(at.n, r!.mul(state!));
    const n = candidate.onValue(block(gates, at.n, hidden).add(inner));
    return [n.add(z!.mul(state!.sub(n)))];
  });
}
