import { ShapeError } from "../../errors/errors.js";
import { Strided } from "../../strided/strided.js";
import { fastLstm, fastLstmGrad, type LstmCall } from "../../wasm/kernels/lstm.js";
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
import { linear } from "./rnn.js";
import {
  asArray,
  copyBefore,
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

export interface LstmParams extends RecurrentParams {
  /** Order of the gates in stacked weights: input, forget, candidate (g or c), output. */
  readonly gates: string;
  /** Function of the three gates; sigmoid if left out. */
  readonly gate?: GateActivation;
  /** Function of the candidate; tanh if left out. */
  readonly candidate?: GateActivation;
  /** Function of the cell in the output; the candidate's if left out. */
  readonly output?: GateActivation;
}

const NAMES = ["x", "h", "c", "wx", "wh", "bx", "bh", "wp"] as const;

function open(op: string, operands: readonly Operand[], p: LstmParams) {
  const [x, h, c, wx, wh, bx, bh, wp, mask] = operands as readonly (Strided | null)[];
  const type = recurrentType(op, NAMES, [x!, h!, c!, wx!, wh!, bx!, bh!, wp!]);
  const sizes = sizesOf(op, 4, x!, h!, wx!, wh!, [bx!, bh!]);
  const { hidden, fed } = sizes;
  if (c!.rank !== 2 || c!.shape[0] !== h!.shape[0] || c!.shape[1] !== hidden)
    throw new ShapeError(op, "c", c!.shape, `[${h!.shape[0]}, ${hidden}]`);
  if (wp ? wp.rank !== 2 || wp.shape[0] !== fed || wp.shape[1] !== hidden : fed !== hidden)
    throw new ShapeError(
      op,
      wp ? "wp" : "h",
      (wp ?? h!).shape,
      wp ? `[${fed}, ${hidden}]` : `[batch, ${hidden}]`,
    );
  return {
    type,
    sizes,
    steps: stepsOf(op, x!.shape, h!.shape, p),
    runs: runsOf(op, mask!, x!, p),
    at: gateBlocks(op, p.gates, ["i", "f", "g", "o"]),
  };
}

/** The arrays in float64, for the reference. */
function unpacked(operands: readonly Operand[], p: LstmParams) {
  const [x, h, c, wx, wh, , , wp] = operands as readonly (Strided | null)[];
  return {
    x: packed(x!),
    h: packed(h!),
    c: packed(c!),
    wx: packed(wx!),
    wh: packed(wh!),
    wp: wp ? packed(wp) : null,
    ...functionsOf(p),
  };
}

/** What the fast path takes: functions that it knows, and no projection. */
function fastCall(operands: readonly Operand[], p: LstmParams, o: ReturnType<typeof open>): LstmCall | null {
  const [x, h, c, wx, wh, , , wp] = operands as readonly (Strided | null)[];
  const { gate = "sigmoid", candidate = "tanh", output = candidate } = p;
  const kinds = kindsOf(gate, candidate, output);
  if (wp || !kinds) return null;
  const { steps, sizes, runs, at } = o;
  return { steps, sizes, runs, at, params: p, kinds, x: x!, h: h!, c: c!, wx: wx!, wh: wh! };
}

function functionsOf(p: LstmParams) {
  const candidate = p.candidate ?? "tanh";
  return {
    gate: gateFunction(p.gate ?? "sigmoid"),
    candidate: gateFunction(candidate),
    output: gateFunction(p.output ?? candidate),
  };
}

/**
 * Long short-term memory over a whole sequence: c′ = f·c + i·g, h′ = o·tanh(c′), or wp·(o·tanh(c′)) with a projection, where
 * i, f, g, o come from wx·x + bx + wh·h + bh. Gives all outputs and the final states.
 *
 * wx is `[4·hidden, input]`, wh `[4·hidden, fed]`, h `[batch, fed]`, c `[batch, hidden]`, wp `[fed, hidden]`; the mask (true
 * where a step counts) `[steps, batch]`.
 */
export const lstm = defineOp({
  name: "lstm",
  inputs: ["x", "h", "c", "wx", "wh", "bx", "bh", "wp", "mask"],
  optional: ["bx", "bh", "wp", "mask"],
  outputs: ["y", "hn", "cn", "reserve"],
  dtype: "float",
  unrecorded: (p: LstmParams) => ({ ...p, keeps: false }),
  run: (operands, p: LstmParams) => {
    const checked = open("lstm", operands, p);
    const call = fastCall(operands, p, checked);
    let results: Strided[] | null = null;
    const fast =
      call &&
      runFast(
        () =>
          (results = fastLstm(call, operands[5] as Strided | null, operands[6] as Strided | null)) !== null,
      );
    if (fast) return results!;
    const o = { ...checked, ...unpacked(operands, p) };
    const { steps, sizes, at, gate, candidate, output, wp } = o;
    const { hidden, fed, stacked } = sizes;
    const gates = inputGates(o.x, o.wx, operands.slice(5, 7) as (Strided | null)[], steps.rows, sizes);
    const y = new Float64Array(steps.rows * fed);
    const records = [new Float64Array(steps.rows * fed), new Float64Array(steps.rows * hidden)];
    const inner = wp && new Float64Array(steps.batch * hidden);
    walk(
      steps,
      {
        widths: [fed, hidden],
        step: (row, n, [h, c], [hNext, cNext]) => {
          dotRows(h!, 0, o.wh, 0, gates, row * stacked, stacked, n, stacked, fed, true);
          const m = inner ?? hNext!;
          for (let r = 0; r < n; r++) {
            const base = (row + r) * stacked;
            const [bi, bf, bg, bo] = [
              base + at.i * hidden,
              base + at.f * hidden,
              base + at.g * hidden,
              base + at.o * hidden,
            ];
            for (let j = 0, k = r * hidden; j < hidden; j++, k++) {
              const i = (gates[bi + j] = gate.of(gates[bi + j]!));
              const f = (gates[bf + j] = gate.of(gates[bf + j]!));
              const g = (gates[bg + j] = candidate.of(gates[bg + j]!));
              const out = (gates[bo + j] = gate.of(gates[bo + j]!));
              const cell = f * c![k]! + i * g;
              cNext![k] = cell;
              m[k] = out * output.of(cell);
            }
          }
          if (wp) dotRows(m, 0, wp, 0, hNext!, 0, fed, n, fed, hidden, false);
        },
      },
      [o.h, o.c],
      records,
      y,
      o.runs,
      p.zeroOutput ?? false,
    );
    const x = operands[0] as Strided;
    return [
      asArray(y, [...x.shape.slice(0, -1), fed], o.type),
      asArray(o.h, [steps.batch, fed], o.type),
      asArray(o.c, [steps.batch, hidden], o.type),
      reserveOf(o.type, [gates, ...records], p),
    ];
  },
  saves: ["x", "h", "c", "wx", "wh", "bx", "bh", "wp", "mask", "reserve"],
  uses: (): Rows => [lstmGrad],
  vjps: ({ y, hn, cn }, saved, context) => {
    const { params, given, needs, higherOrder } = context;
    const { x, h, c, wx, wh, reserve } = saved;
    const mask = given(8) ? saved.mask : null;
    if (!higherOrder) {
      const wp = given(7) ? saved.wp : null;
      const p = { ...params, needsX: needs(0) };
      const [gx, gh, gc, gwx, gwh, gb, gwp] = x.lstmGrad(h, c, wx, wh, wp, mask, y, hn, cn, reserve, p);
      return {
        x: needs(0) ? gx : null,
        h: gh,
        c: gc,
        wx: gwx,
        wh: gwh,
        bx: given(5) ? gb : null,
        bh: given(6) ? gb : null,
        wp: wp ? gwp : null,
      };
    }
    const extra = optionalInputs(saved, context, [
      [5, "bx"],
      [6, "bh"],
      [7, "wp"],
    ]);
    const grads = context.through(
      ([x, h, c, wx, wh, ...rest]) =>
        byParts(
          x!,
          [h!, c!],
          wx!,
          wh!,
          extra.of(rest, "bx"),
          extra.of(rest, "bh"),
          extra.of(rest, "wp"),
          mask,
          params,
        ),
      [x, h, c, wx, wh, ...extra.values],
      [y, hn, cn],
    );
    const rest = grads.slice(5);
    return {
      x: grads[0],
      h: grads[1],
      c: grads[2],
      wx: grads[3],
      wh: grads[4],
      bx: extra.of(rest, "bx"),
      bh: extra.of(rest, "bh"),
      wp: extra.of(rest, "wp"),
    };
  },
  samples: [
    {
      inputs: [[3, 2, 2], [2, 2], [2, 2], [8, 2], [8, 2], [8], [8], null, null],
      params: { gates: "ifgo" },
    },
    {
      inputs: [[3, 1], [2, 1], [2, 2], [8, 1], [8, 1], [8], null, [1, 2], null],
      params: { gates: "ifco", batchSizes: [2, 1], reverse: true },
    },
    {
      inputs: [
        [3, 2, 1],
        [2, 1],
        [2, 1],
        [4, 1],
        [4, 1],
        null,
        null,
        null,
        { shape: [3, 2], values: [0, 1, 1, 0, 0, 1], dtype: "bool" },
      ],
      params: { gates: "oigf", zeroOutput: true, gate: "hardSigmoid", candidate: "softsign" },
    },
  ],
  source: "Hochreiter and Schmidhuber, Long short-term memory, 1997; Gers et al., Learning to forget, 2000",
});

/** Gradients of {@link lstm}: of x, h, c, wx, wh, (the same for both) the biases, and wp. */
export const lstmGrad = defineOp({
  name: "lstmGrad",
  inputs: ["x", "h", "c", "wx", "wh", "wp", "mask", "gy", "ghn", "gcn", "reserve"],
  optional: ["wp", "mask", "gy", "ghn", "gcn"],
  outputs: ["gx", "gh", "gc", "gwx", "gwh", "gb", "gwp"],
  dtype: "float",
  run: ([xo, ho, co, wxo, who, wpo, mask, gy, ghn, gcn, reserve], p: LstmParams) => {
    const operands = [xo!, ho!, co!, wxo!, who!, null, null, wpo!, mask!];
    const checked = open("lstmGrad", operands, p);
    const call = fastCall(operands, p, checked);
    let results: Strided[] | null = null;
    const [g1, g2, g3] = [gy, ghn, gcn] as readonly (Strided | null)[];
    if (call && runFast(() => (results = fastLstmGrad(call, g1!, g2!, g3!, reserve as Strided)) !== null))
      return [...results!, Strided.zeros(checked.type, [0])];
    const o = { ...checked, ...unpacked(operands, p) };
    const { steps, sizes, at, gate, candidate, output, wp } = o;
    const { hidden, fed, stacked } = sizes;
    const { rows } = steps;
    const [gates, hs, cs] = openReserve(reserve as Strided, o.type, [
      rows * stacked,
      rows * fed,
      rows * hidden,
    ]);
    const back = turned(o.wh, stacked, fed);
    const backProjection = wp && turned(wp, fed, hidden);
    const gm = wp && new Float64Array(steps.batch * hidden);
    const inner = wp && new Float64Array(rows * hidden);
    const projected = wp && new Float64Array(rows * fed);
    const gh = ghn ? packed(ghn as Strided) : new Float64Array(o.h.length);
    const gc = gcn ? packed(gcn as Strided) : new Float64Array(o.c.length);
    walkBack(
      steps,
      {
        widths: [fed, hidden],
        back: (row, n, [, c], [, cNext], [g, gcell], [gBefore, gcBefore]) => {
          if (gm) {
            dotRows(g!, 0, backProjection!, 0, gm, 0, hidden, n, hidden, fed, false);
            projected!.set(g!.subarray(0, n * fed), row * fed);
          }
          const grads = gm ?? g!;
          for (let r = 0; r < n; r++) {
            const base = (row + r) * stacked;
            const [bi, bf, bg, bo] = [
              base + at.i * hidden,
              base + at.f * hidden,
              base + at.g * hidden,
              base + at.o * hidden,
            ];
            for (let j = 0, k = r * hidden; j < hidden; j++, k++) {
              const [i, f, u, out] = [gates![bi + j]!, gates![bf + j]!, gates![bg + j]!, gates![bo + j]!];
              const shown = output.of(cNext![k]!);
              if (inner) inner[(row + r) * hidden + j] = out * shown;
              const d = grads[k]!;
              const dc = gcell![k]! + d * out * output.slope(shown);
              gcBefore![k] = dc * f;
              // The gates make room for their gradients.
              gates![bo + j] = d * shown * gate.slope(out);
              gates![bi + j] = dc * u * gate.slope(i);
              gates![bf + j] = dc * c![k]! * gate.slope(f);
              gates![bg + j] = dc * i * candidate.slope(u);
            }
          }
          dotRows(gates!, row * stacked, back, 0, gBefore!, 0, fed, n, fed, stacked, false);
        },
      },
      [o.h, o.c],
      [hs!, cs!],
      gy ? packed(gy as Strided) : null,
      [gh, gc],
      o.runs,
      p.zeroOutput ?? false,
    );
    const { gx, gwx, gb } = inputGradients(gates!, o.x, o.wx, rows, sizes, p.needsX);
    const before = new Float64Array(rows * fed);
    for (let k = 0; k < steps.offset.length; k++)
      copyBefore(steps, k, o.h, hs!, fed, before, steps.offset[k]! * fed);
    const gwh = weightGradient(gates!, before, rows, stacked, fed);
    const gwp = wp ? weightGradient(projected!, inner!, rows, fed, hidden) : new Float64Array(0);
    const shape = (v: Operand | undefined): readonly number[] => (v as Strided).shape;
    return [
      asArray(gx, p.needsX === false ? [0] : shape(xo), o.type),
      asArray(gh, shape(ho), o.type),
      asArray(gc, shape(co), o.type),
      asArray(gwx, shape(wxo), o.type),
      asArray(gwh, shape(who), o.type),
      asArray(gb, [stacked], o.type),
      asArray(gwp, wp ? [fed, hidden] : [0], o.type),
    ];
  },
  noGradient: "derivatives of derivatives go through the steps of lstm",
});

/** {@link lstm} step by step in terms of smaller ops, for derivatives of derivatives. */
function byParts(
  x: Value,
  states: readonly Value[],
  wx: Value,
  wh: Value,
  bx: Value | null,
  bh: Value | null,
  wp: Value | null,
  mask: Value | null,
  p: LstmParams,
): readonly Value[] {
  const { gate, candidate, output } = functionsOf(p);
  const at = gateBlocks("lstm", p.gates, ["i", "f", "g", "o"]);
  const hidden = wx.shape[0]! / 4;
  return unroll(x, states, wx, bx, mask, p, (gates, [h, c]) => {
    const all = gates.add(linear(h!, wh, bh));
    const [i, f, o] = [at.i, at.f, at.o].map((b) => gate.onValue(block(all, b, hidden)));
    const next = f!.mul(c!).add(i!.mul(candidate.onValue(block(all, at.g, hidden))));
    const shown = o!.mul(output.onValue(next));
    return [wp ? linear(shown, wp, null) : shown, next];
  });
}
