import { int64, ops } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { AbortedError, KernelProblem } from "../core/errors.js";
import { type Dims, type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import {
  conv,
  convDims,
  convFilter,
  convTranspose,
  depthwiseInput,
  depthwiseOrder,
  isLast,
  onImage,
  samePadding,
  shown,
  windowsOf,
} from "./convolution.js";
import { ctcBeam, ctcGreedy, ctcLoss } from "./ctc.js";
import { isotonic } from "./isotonic.js";
import { maxPoolWithArgmax, pool } from "./pool.js";
import { castValue, demand, filled, numbers, reshape, run, same, viaRow } from "./tools.js";

/** Σ t·(log Σeˣ − x), whose derivative TensorFlow defines as softmax(x) − t whatever the labels add up to. */
function softmaxCrossEntropy(x: Value, t: Value): [Value, Value] {
  const shape = x.shape;
  const over = { dims: [shape.length - 1] };
  const line = { ...over, keepdim: true };
  const shifted = x.sub(run(ops.amax, [x.detach()], line));
  const lse = run(ops.logsumexp, [shifted as Value], over);
  const excess = t.sum(over).sub(1).mul(lse.detach());
  const loss = lse.sub(t.mul(shifted).sum(over)).add(excess) as Value;
  return [
    loss,
    x
      .detach()
      .softmax({ dim: shape.length - 1 })
      .sub(t.detach()) as Value,
  ];
}

function sparseCrossEntropy(x: Value, labels: Value): [Value, Value] {
  if (x.shape.length !== 2) throw new KernelProblem(`logits must be 2-D, but got shape ${shown(x.shape)}`);
  if (labels.shape.length !== 1)
    throw new KernelProblem(`labels must be 1-D, but got shape ${shown(labels.shape)}`);
  if (labels.shape[0] !== x.shape[0])
    throw new KernelProblem(
      `logits and labels must have the same first dimension, got logits shape ${shown(x.shape)} and labels shape ${shown(labels.shape)}`,
    );
  const classes = x.shape[1]!;
  const list = numbers(labels);
  const bad = list.find((l) => l < 0 || l >= classes);
  if (bad !== undefined)
    throw new KernelProblem(
      `Received a label value of ${bad} which is outside the valid range of [0, ${classes}).  Label values: ${list.join(" ")}`,
    );
  const logp = x.logSoftmax({ dim: 1 });
  const at = reshape(castValue(labels, int64), [labels.size, 1]);
  const loss = reshape(logp.gather(at, { dim: 1 }).neg() as Value, [labels.size]);
  const hot = run(ops.oneHot, [castValue(labels, int64)], { classes, dtype: x.dtype });
  return [loss, x.detach().softmax({ dim: 1 }).sub(hot) as Value];
}

/** Batch normalisation over all axes but the channels'. */
function fusedBatchNorm(inputs: readonly Value[], a: Attrs): Value[] {
  const [x, scale, offset, mean, variance] = inputs as [Value, Value, Value, Value, Value];
  const format = a.text("data_format");
  const axis = isLast(format) ? x.shape.length - 1 : 1;
  const eps = a.float("epsilon");
  const wide = (v: Value): Value =>
    reshape(
      v,
      x.shape.map((d, i) => (i === axis ? d : 1)),
    );
  const own = castValue(x, scale.dtype);
  if (!a.bool("is_training")) {
    const y = own
      .sub(wide(mean))
      .mul(wide(variance.add(eps).rsqrt().mul(scale) as Value))
      .add(wide(offset)) as Value;
    return [castValue(y, x.dtype), mean, variance, mean, variance, filled(scale, [0], 0)];
  }
  const dims = x.shape.map((_, i) => i).filter((i) => i !== axis);
  const n = x.size / x.shape[axis]!;
  const m = own.mean({ dims }) as Value;
  const centred = own.sub(wide(m));
  const v = centred.square().mean({ dims }) as Value;
  const y = centred.mul(wide(v.add(eps).rsqrt().mul(scale) as Value)).add(wide(offset)) as Value;
  const unbiased = (n > 1 ? v.mul(n / (n - 1)) : v) as Value;
  const f = a.float("exponential_avg_factor");
  const blended = (fresh: Value, old: Value): Value =>
    (f === 1 || old.size === 0 ? fresh : fresh.mul(f).add(old.mul(1 - f))) as Value;
  return [
    castValue(y, x.dtype),
    blended(m, mean).detach() as Value,
    blended(unbiased, variance).detach() as Value,
    m.detach() as Value,
    v.detach() as Value,
    filled(scale, [0], 0),
  ];
}

/** Local response normalisation over 2r + 1 channels. */
function lrn(x: Value, a: Attrs): Value {
  const r = a.int("depth_radius");
  const dim = x.shape.length - 1;
  const c = x.shape[dim]!;
  const padded = x
    .square()
    .pad({ pads: x.shape.map((_, i) => (i === dim ? [r, r] : [0, 0]) as [number, number]) });
  let total = padded.slice({ dim, start: 0, step: 1, length: c });
  for (let k = 1; k <= 2 * r; k++) total = total.add(padded.slice({ dim, start: k, step: 1, length: c }));
  return x.div(total.mul(a.float("alpha")).add(a.float("bias")).pow(a.float("beta"))) as Value;
}

/** The largest sum of a window and a filter. */
function dilation2d(x: Value, filter: Value, a: Attrs): Value {
  const [kh, kw] = filter.shape as [number, number, number];
  const [sh, sw] = a.ints("strides").slice(1, 3) as [number, number];
  const [rh, rw] = a.ints("rates").slice(1, 3) as [number, number];
  const [, h, w] = x.shape as [number, number, number, number];
  const pads =
    a.text("padding") === "SAME"
      ? [samePadding(h, kh, sh, rh), samePadding(w, kw, sw, rw)]
      : [
          [0, 0],
          [0, 0],
        ];
  const low = x.dtype.name === "float64" ? -Number.MAX_VALUE : -3.4028234663852886e38;
  const padded = x.pad({
    pads: [[0, 0], pads[0]!, pads[1]!, [0, 0]] as [number, number][],
    mode: "constant",
    value: low,
  });
  const lengths = [padded.shape[1]! - (kh - 1) * rh, padded.shape[2]! - (kw - 1) * rw];
  const out = [Math.floor((lengths[0]! - 1) / sh) + 1, Math.floor((lengths[1]! - 1) / sw) + 1];
  let y: Value | null = null;
  for (let i = 0; i < kh; i++)
    for (let j = 0; j < kw; j++) {
      const part = padded
        .slice({ dim: 1, start: i * rh, step: sh, length: out[0]! })
        .slice({ dim: 2, start: j * rw, step: sw, length: out[1]! });
      const own = filter.indexView({
        items: [
          { kind: "select", index: i },
          { kind: "select", index: j },
        ],
      });
      const z = part.add(own) as Value;
      y = y ? (y.maximum(z, { ties: "first" }) as Value) : z;
    }
  return y!;
}

const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 } as const;

/** α(eˣ − 1) below 0; where x is no number it counts as positive in the derivative. */
const elu = (params: typeof SELU | { alpha: number; scale: number }): OpRow =>
  row(([x]) => {
    if (!x!.requiresGrad) return run(ops.elu, [x!], params);
    const none = x!.detach().isnan() as Value;
    const y = run(ops.elu, [filled(x!, x!.shape, 0).where(none, x!) as Value], params);
    return x!.mul(params.scale).where(none, y) as Value;
  }, same);

/** Neural networks. */
export const nn: Readonly<Record<string, OpRow>> = {
  Relu: viaRow(ops.relu, same),
  Relu6: viaRow(ops.hardtanh, same, () => ({ min: 0, max: 6 })),
  Elu: elu({ alpha: 1, scale: 1 }),
  Selu: elu(SELU),
  LeakyRelu: viaRow(ops.leakyRelu, same, (a) => ({ slope: a.float("alpha") })),
  Softplus: viaRow(ops.softplus, same, () => ({})),
  Softmax: row(([x]) => {
    if (x!.shape.length < 1) throw new KernelProblem("Input dims must be <= 5 and >=1", AbortedError);
    return x!.softmax({ dim: x!.shape.length - 1 }) as Value;
  }, same),
  LogSoftmax: row(([x]) => {
    demand(x!.shape.length > 0, () => `logits must have >= 1 dimension, got ${shown(x!.shape)}`);
    return x!.logSoftmax({ dim: x!.shape.length - 1 }) as Value;
  }, same),
  L2Loss: row(
    ([x]) => run(ops.sum, [x!.square() as Value], {}).div(2) as Value,
    () => [[]],
  ),
  BiasAdd: row(([x, b], a) => {
    const format = a.text("data_format");
    const axis = format === "NCHW" ? 1 : x!.shape.length - 1;
    if (x!.shape.length < 2) throw new KernelProblem(`Input tensor must be at least 2D: ${shown(x!.shape)}`);
    if (b!.shape.length !== 1) throw new KernelProblem(`Biases must be 1D: ${shown(b!.shape)}`);
    if (b!.shape[0] !== x!.shape[axis])
      throw new KernelProblem(
        `Must provide as many biases as the last dimension of the input tensor: ${shown(b!.shape)} vs. ${shown(x!.shape)}`,
      );
    return x!.add(
      reshape(
        b!,
        x!.shape.map((d, i) => (i === axis ? d : 1)),
      ),
    ) as Value;
  }, same),
  BiasAddV1: row(([x, b]) => x!.add(b!) as Value, same),
  Conv2D: conv(2),
  Conv3D: conv(3),
  Conv2DBackpropInput: convTranspose(2),
  Conv3DBackpropInputV2: convTranspose(3),
  Conv2DBackpropFilter: convFilter(2),
  Conv3DBackpropFilterV2: convFilter(3),
  DepthwiseConv2dNativeBackpropFilter: convFilter(2, true),
  DepthwiseConv2dNativeBackpropInput: depthwiseInput,
  DepthwiseConv2dNative: row(
    ([x, w], a) =>
      onImage(x!, a.text("data_format"), (v) => {
        if (v.shape[1] !== w!.shape[2])
          throw new KernelProblem(
            `input and filter must have the same depth: ${v.shape[1]} vs ${w!.shape[2]}`,
          );
        const own = windowsOf(a, v.shape.slice(2), w!.shape.slice(0, 2));
        return run(ops.conv, [v, depthwiseOrder(w!), null], { ...own, groups: v.shape[1]! });
      }),
    (c) =>
      convDims(c.shapes[0]!, c.shapes[1]!, c.attrs, (w) =>
        w![2] === null || w![3] === null ? null : w![2]! * w![3]!,
      ),
  ),
  MaxPool: pool(ops.maxPool),
  AvgPool: pool(ops.avgPool),
  MaxPool3D: pool(ops.maxPool),
  AvgPool3D: pool(ops.avgPool),
  MaxPoolWithArgmax: row(([x], a) => maxPoolWithArgmax(x!, a)),
  FusedBatchNormV3: row(
    (inputs, a) => fusedBatchNorm(inputs, a),
    ({ shapes: [x, s] }) => [x!, s!, s!, s!, s!, [null]],
  ),
  FusedBatchNormV2: row(
    (inputs, a) => fusedBatchNorm(inputs, a).slice(0, 5),
    ({ shapes: [x, s] }) => [x!, s!, s!, s!, s!],
  ),
  FusedBatchNorm: row(
    (inputs, a) => fusedBatchNorm(inputs, a).slice(0, 5),
    ({ shapes: [x, s] }) => [x!, s!, s!, s!, s!],
  ),
  LRN: row(([x], a) => lrn(x!, a), same),
  Dilation2D: row(([x, f], a) => dilation2d(x!, f!, a)),
  SoftmaxCrossEntropyWithLogits: row(
    ([x, t]) => {
      const shape = broadcastPair(x!.shape, t!.shape);
      return softmaxCrossEntropy(x!.expand({ shape }) as Value, t!.expand({ shape }) as Value);
    },
    ({ shapes: [x] }) => [x ? x.slice(0, -1) : null, x!],
  ),
  SparseSoftmaxCrossEntropyWithLogits: row(
    ([x, l]) => sparseCrossEntropy(x!, l!),
    ({ shapes: [x, l] }) => [l!, x!],
  ),
  CTCGreedyDecoder: row(
    ([x, lengths], a) => ctcGreedy(x!, lengths!, a),
    ({ shapes: [x] }) => [[null, 2], [null], [2], [x?.[1] ?? null, 1]],
  ),
  CTCBeamSearchDecoder: row(
    ([x, lengths], a) => ctcBeam(x!, lengths!, a),
    ({ shapes: [x], attrs }) => {
      const n = attrs.int("top_paths");
      const each = (d: Dims): Dims[] => new Array<Dims>(n).fill(d);
      return [...each([null, 2]), ...each([null]), ...each([2]), [x?.[1] ?? null, n]];
    },
  ),
  ...isotonic,
  CTCLoss: row(([x, indices, values, lengths], a) => ctcLoss(x!, indices!, values!, lengths!, a)),
};

function broadcastPair(a: readonly number[], b: readonly number[]): number[] {
  if (a.length !== b.length || a.some((d, i) => d !== b[i] && d !== 1 && b[i] !== 1))
    throw new KernelProblem(
      `logits and labels must be broadcastable: logits_size=${shown(a)} labels_size=${shown(b)}`,
    );
  return a.map((d, i) => (d === 1 ? b[i]! : d));
}
