import type { Strided } from "../../strided/strided.js";
import { kindsOf } from "../../wasm/kernels/recurrent.js";
import { fastRnn, fastRnnGrad, type RnnCall } from "../../wasm/kernels/rnn.js";
import { runFast } from "../../wasm/registry.js";
import { dotRows } from "../engines/dot-rows.js";
import { packed } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand } from "../row.js";
import type { Value } from "../value.js";
import { type GateActivation, gateFunction } from "./activations.js";
import { inputGates, inputGradients, sizesOf, weightGradient } from "./gates.js";
import { optionalInputs, unroll } from "./parts.js";
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

export interface RnnParams extends RecurrentParams {
  readonly activation: GateActivation;
}

const NAMES = ["x", "h", "wx", "wh", "bx", "bh"] as const;

function open(op: string, operands: readonly Operand[], p: RnnParams) {
  const [x, h, wx, wh, bx, bh, mask] = operands as readonly (Strided | null)[];
  const type = recurrentType(op, NAMES, [x!, h!, wx!, wh!, bx!, bh!]);
  const sizes = sizesOf(op, 1, x!, h!, wx!, wh!, [bx!, bh!]);
  return {
    type,
    sizes,
    steps: stepsOf(op, x!.shape, h!.shape, p),
    runs: runsOf(op, mask!, x!, p),
  };
}

/** The arrays in float64, for the reference. */
function unpacked(operands: readonly Operand[]) {
  const [x, h, wx, wh] = operands as readonly (Strided | null)[];
  return { x: packed(x!), h: packed(h!), wx: packed(wx!), wh: packed(wh!) };
}

/** What the fast path takes: functions that it knows. */
function fastCall(operands: readonly Operand[], p: RnnParams, o: ReturnType<typeof open>): RnnCall | null {
  const [x, h, wx, wh] = operands as readonly (Strided | null)[];
  const kinds = kindsOf(p.activation);
  if (!kinds) return null;
  const { steps, sizes, runs } = o;
  return { steps, sizes, runs, params: p, kind: kinds[0]!, x: x!, h: h!, wx: wx!, wh: wh! };
}

/**
 * h′ = f(wx·x + bx + wh·h + bh) over a whole sequence: all outputs and the final state. Weights are `[hidden, input]` and
 * `[hidden, hidden]`, the state `[batch, hidden]`, the mask (true where a step counts) `[steps, batch]`.
 */
export const rnn = defineOp({
  name: "rnn",
  inputs: ["x", "h", "wx", "wh", "bx", "bh", "mask"],
  optional: ["bx", "bh", "mask"],
  outputs: ["y", "hn", "reserve"],
  dtype: "float",
  unrecorded: (p: RnnParams) => ({ ...p, keeps: false }),
  run: (operands, p: RnnParams) => {
    const checked = open("rnn", operands, p);
    const biases = operands.slice(4, 6) as [Strided | null, Strided | null];
    const call = fastCall(operands, p, checked);
    let results: Strided[] | null = null;
    if (call && runFast(() => (results = fastRnn(call, ...biases)) !== null)) return results!;
    const o = { ...checked, ...unpacked(operands) };
    const { steps, sizes, h } = o;
    const { hidden } = sizes;
    const f = gateFunction(p.activation);
    const gates = inputGates(o.x, o.wx, biases, steps.rows, sizes);
    const [y, record] = [new Float64Array(steps.rows * hidden), new Float64Array(steps.rows * hidden)];
    walk(
      steps,
      {
        widths: [hidden],
        step: (row, n, [state], [next]) => {
          dotRows(state!, 0, o.wh, 0, gates, row * hidden, hidden, n, hidden, hidden, true);
          for (let i = 0, at = row * hidden; i < n * hidden; i++, at++) next![i] = f.of(gates[at]!);
        },
      },
      [h],
      [record],
      y,
      o.runs,
      p.zeroOutput ?? false,
    );
    const x = operands[0] as Strided;
    return [
      asArray(y, [...x.shape.slice(0, -1), hidden], o.type),
      asArray(h, [steps.batch, hidden], o.type),
      reserveOf(o.type, [record], p),
    ];
  },
  saves: ["x", "h", "wx", "wh", "bx", "bh", "mask", "reserve"],
  uses: (): Rows => [rnnGrad],
  vjps: ({ y, hn }, saved, context) => {
    const { params, given, needs, higherOrder } = context;
    const { x, h, wx, wh, reserve } = saved;
    const mask = given(6) ? saved.mask : null;
    if (!higherOrder) {
      const p = { ...params, needsX: needs(0) };
      const [gx, gh, gwx, gwh, gb] = x.rnnGrad(h, wx, wh, mask, y, hn, reserve, p);
      return {
        x: needs(0) ? gx : null,
        h: gh,
        wx: gwx,
        wh: gwh,
        bx: given(4) ? gb : null,
        bh: given(5) ? gb : null,
      };
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
    { inputs: [[3, 2, 2], [2, 3], [3, 2], [3, 3], [3], [3], null], params: { activation: "tanh" } },
    {
      inputs: [[5, 2], [3, 2], [2, 2], [2, 2], [2], null, null],
      params: { activation: "tanh", batchSizes: [3, 2], reverse: true },
    },
    {
      inputs: [
        [3, 2, 1],
        [2, 2],
        [2, 1],
        [2, 2],
        null,
        null,
        { shape: [3, 2], values: [0, 1, 1, 0, 0, 1], dtype: "bool" },
      ],
      params: { activation: "softsign" },
    },
  ],
});

/** Gradients of {@link rnn}: of x, h, wx, wh and (the same for both) the biases. */
export const rnnGrad = defineOp({
  name: "rnnGrad",
  inputs: ["x", "h", "wx", "wh", "mask", "gy", "ghn", "reserve"],
  optional: ["mask", "gy", "ghn"],
  outputs: ["gx", "gh", "gwx", "gwh", "gb"],
  dtype: "float",
  run: ([xo, ho, wxo, who, mask, gy, ghn, reserve], p: RnnParams) => {
    const operands = [xo!, ho!, wxo!, who!, null, null, mask!];
    const checked = open("rnnGrad", operands, p);
    const call = fastCall(operands, p, checked);
    let results: Strided[] | null = null;
    const [g1, g2, kept] = [gy, ghn, reserve] as [Strided | null, Strided | null, Strided];
    if (call && runFast(() => (results = fastRnnGrad(call, g1, g2, kept)) !== null)) return results!;
    const o = { ...checked, ...unpacked(operands) };
    const { steps, sizes } = o;
    const { hidden } = sizes;
    const f = gateFunction(p.activation);
    const [record] = openReserve(reserve as Strided, o.type, [steps.rows * hidden]);
    const gates = new Float64Array(steps.rows * hidden);
    const back = turned(o.wh, hidden, hidden);
    const gh = ghn ? packed(ghn as Strided) : new Float64Array(o.h.length);
    walkBack(
      steps,
      {
        widths: [hidden],
        back: (row, n, _before, [after], [g], [gbefore]) => {
          for (let i = 0, at = row * hidden; i < n * hidden; i++, at++)
            gates[at] = g![i]! * f.slope(after![i]!);
          dotRows(gates, row * hidden, back, 0, gbefore!, 0, hidden, n, hidden, hidden, false);
        },
      },
      [o.h],
      [record!],
      gy ? packed(gy as Strided) : null,
      [gh],
      o.runs,
      p.zeroOutput ?? false,
    );
    const { gx, gwx, gb } = inputGradients(gates, o.x, o.wx, steps.rows, sizes, p.needsX);
    const before = new Float64Array(steps.rows * hidden);
    for (let k = 0; k < steps.offset.length; k++)
      copyBefore(steps, k, o.h, record!, hidden, before, steps.offset[k]! * hidden);
    const gwh = weightGradient(gates, before, steps.rows, hidden, hidden);
    const shape = (v: Operand | undefined): readonly number[] => (v as Strided).shape;
    return [
      asArray(gx, p.needsX === false ? [0] : shape(xo), o.type),
      asArray(gh, shape(ho), o.type),
      asArray(gwx, shape(wxo), o.type),
      asArray(gwh, shape(who), o.type),
      asArray(gb, [hidden], o.type),
    ];
  },
  noGradient: "derivatives of derivatives go through the steps of rnn",
});

/** {@link rnn} step by step in terms of smaller ops, for derivatives of derivatives. */
function byParts(
  x: Value,
  h: Value,
  wx: Value,
  wh: Value,
  bx: Value | null,
  bh: Value | null,
  mask: Value | null,
  p: RnnParams,
): readonly Value[] {
  const f = gateFunction(p.activation);
  return unroll(x, [h], wx, bx, mask, p, (gates, [state]) => [f.onValue(gates.add(linear(state!, wh, bh)))]);
}

/** x·wᵀ + b. */
export const linear = (x: Value, w: Value, b: Value | null): Value => {
  const y = x.matmul(w.permute({ axes: [1, 0] }));
  return b ? y.add(b) : y;
};
