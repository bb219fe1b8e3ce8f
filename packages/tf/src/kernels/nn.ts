import { int64, ops } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import { type Dims, type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import {
  castValue,
  filled,
  knownInts,
  numbers,
  permute,
  reshape,
  run,
  runMany,
  same,
  valueOf,
  viaRow,
} from "./tools.js";

const shown = (shape: readonly (number | null)[]): string => `[${shape.map((d) => d ?? "?").join(",")}]`;

/* Images come with channels last or second; the kernel wants them second. */
const behind = (rank: number): number[] => [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1];
const second = (rank: number): number[] => [
  0,
  rank - 1,
  ...Array.from({ length: rank - 2 }, (_, i) => i + 1),
];
const isLast = (format: string): boolean => !format.startsWith("NC");

function onImage(x: Value, format: string, f: (x: Value) => Value): Value {
  if (!isLast(format)) return f(x);
  const rank = x.shape.length;
  return permute(f(permute(x, second(rank))), behind(rank));
}
/** The entries of a per-axis attribute that belong to spatial axes. */
const spatial = <T>(list: readonly T[], format: string): T[] =>
  isLast(format) ? list.slice(1, -1) : list.slice(2);

/** What is added before and after an axis by SAME: the odd one at the end. */
function samePadding(length: number, kernel: number, stride: number, dilation = 1): [number, number] {
  const reach = (kernel - 1) * dilation + 1;
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + reach - length, 0);
  return [total >> 1, total - (total >> 1)];
}

interface Windows {
  readonly stride: number[];
  readonly dilation: number[];
  readonly padding: [number, number][];
}
function windowsOf(a: Attrs, lengths: readonly number[], kernel: readonly number[]): Windows {
  const format = a.text("data_format");
  const stride = spatial(a.ints("strides"), format);
  const all = a.ints("dilations");
  const dilation = all.length > 0 ? spatial(all, format) : lengths.map(() => 1);
  const kind = a.text("padding");
  let padding: [number, number][];
  if (kind === "EXPLICIT") {
    const list = a.ints("explicit_paddings");
    const pairs = Array.from({ length: list.length / 2 }, (_, i): [number, number] => [
      list[2 * i]!,
      list[2 * i + 1]!,
    ]);
    padding = spatial(pairs, format);
  } else
    padding = lengths.map((n, i) =>
      kind === "SAME" ? samePadding(n, kernel[i]!, stride[i]!, dilation[i]!) : [0, 0],
    );
  lengths.forEach((n, i) => {
    const reach = (kernel[i]! - 1) * dilation[i]! + 1;
    const out = Math.floor((n + padding[i]![0] + padding[i]![1] - reach) / stride[i]!) + 1;
    if (out < 0)
      throw new KernelProblem(
        `Computed output size would be negative: ${out} [input_size: ${n}, effective_filter_size: ${reach}, stride: ${stride[i]}]`,
      );
  });
  return { stride, dilation, padding };
}

/** A filter `(…spatial, in, out)` as `[out, in, …spatial]`. */
const filterOrder = (w: Value): Value => {
  const rank = w.shape.length;
  return permute(w, [rank - 1, rank - 2, ...Array.from({ length: rank - 2 }, (_, i) => i)]);
};
/** The filters of each channel `(…spatial, in, multiplier)` as those of one group each. */
const depthwiseOrder = (w: Value): Value => {
  const rank = w.shape.length;
  const [c, m] = w.shape.slice(-2) as [number, number];
  const moved = permute(w, [rank - 2, rank - 1, ...Array.from({ length: rank - 2 }, (_, i) => i)]);
  return reshape(moved, [c * m, 1, ...w.shape.slice(0, -2)]);
};

const conv = (axes: number): OpRow =>
  row(
    ([x, w], a) => {
      const rank = axes + 2;
      for (const [name, t] of [
        ["input", x!],
        ["filter", w!],
      ] as const)
        if (t.shape.length !== rank)
          throw new KernelProblem(`${name} must be ${rank}-dimensional${shown(t.shape)}`);
      return onImage(x!, a.text("data_format"), (v) => {
        const depth = w!.shape[w!.shape.length - 2]!;
        if (v.shape[1]! % depth !== 0)
          throw new KernelProblem(
            `input depth must be evenly divisible by filter depth: ${v.shape[1]} vs ${depth}`,
          );
        const own = windowsOf(a, v.shape.slice(2), w!.shape.slice(0, axes));
        return run(ops.conv, [v, filterOrder(w!), null], { ...own, groups: v.shape[1]! / depth });
      });
    },
    (c) => convDims(c.shapes[0]!, c.shapes[1]!, c.attrs, (w) => w![w!.length - 1]!),
  );

function outLength(
  n: number | null,
  kernel: number | null,
  stride: number,
  dilation: number,
  pad: string,
  explicit = 0,
): number | null {
  if (n === null) return null;
  if (pad === "SAME") return Math.ceil(n / stride);
  if (kernel === null) return null;
  return Math.floor((n + explicit - (kernel - 1) * dilation - 1) / stride) + 1;
}
function convDims(x: Dims, w: Dims, a: Attrs, channels: (w: Dims) => number | null): readonly Dims[] {
  if (!x || !w) return [null];
  const format = a.text("data_format");
  const last = isLast(format);
  const lengths = last ? x.slice(1, -1) : x.slice(2);
  const strides = spatial(a.ints("strides"), format);
  const all = a.ints("dilations");
  const dil = all.length > 0 ? spatial(all, format) : lengths.map(() => 1);
  const list = a.ints("explicit_paddings");
  const out = lengths.map((n, i) => {
    const at = (last ? 1 + i : 2 + i) * 2;
    return outLength(
      n,
      w[i]!,
      strides[i]!,
      dil[i]!,
      a.text("padding"),
      list.length > 0 ? list[at]! + list[at + 1]! : 0,
    );
  });
  return [last ? [x[0]!, ...out, channels(w)] : [x[0]!, channels(w), ...out]];
}

const convTranspose = (axes: number): OpRow =>
  row(
    ([sizes, w, gy], a) => {
      const format = a.text("data_format");
      const full = numbers(sizes!);
      const lengths = full.length === axes ? full : isLast(format) ? full.slice(1, -1) : full.slice(2);
      return onImage(gy!, format, (v) => {
        const own = windowsOf(a, lengths, w!.shape.slice(0, axes));
        const channels = isLast(format) ? full[full.length - 1]! : full[1]!;
        const groups = full.length === axes ? 1 : channels / w!.shape[w!.shape.length - 2]!;
        return run(ops.convInput, [v, filterOrder(w!), null], { ...own, groups, spatial: lengths });
      });
    },
    (c) => [knownInts(c, 0) ?? null],
  );

const pool = (kernelRow: unknown): OpRow =>
  row(
    ([x], a) =>
      onImage(x!, a.text("data_format"), (v) => {
        const kernel = spatial(a.ints("ksize"), a.text("data_format"));
        const own = windowsOf(a, v.shape.slice(2), kernel);
        const [y] = runMany(kernelRow as never, [v], { kernel, ...own } as never) as Value[];
        return y!;
      }),
    ({ shapes: [x], attrs }) => {
      if (!x) return [null];
      const format = attrs.text("data_format");
      const last = isLast(format);
      const kernel = spatial(attrs.ints("ksize"), format);
      const strides = spatial(attrs.ints("strides"), format);
      const out = (last ? x.slice(1, -1) : x.slice(2)).map((n, i) =>
        outLength(n, kernel[i]!, strides[i]!, 1, attrs.text("padding")),
      );
      return [last ? [x[0]!, ...out, x[x.length - 1]!] : [x[0]!, x[1]!, ...out]];
    },
  );

/** Places of maxima as numbers into the flattened input (with its batch, if asked for). */
function maxPoolWithArgmax(x: Value, a: Attrs): Value[] {
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const kernel = a.ints("ksize").slice(1, -1);
  const v = permute(x, second(4));
  const stride = a.ints("strides").slice(1, -1);
  const padding = [h, w].map((d, i): [number, number] =>
    a.text("padding") === "SAME" ? samePadding(d, kernel[i]!, stride[i]!) : [0, 0],
  );
  const [y, at] = runMany(ops.maxPool, [v], {
    kernel: [...kernel],
    stride: [...stride],
    padding,
    dilation: [1, 1],
  }) as [Value, Value];
  const type = a.type("Targmax").kernel;
  const channel = permute(
    reshape(run(ops.cumsum, [filled(castValue(at, int64), [c], 1)], { dim: 0, exclusive: true }), [
      1,
      c,
      1,
      1,
    ]),
    [0, 1, 2, 3],
  );
  let index = castValue(at, int64).mul(c).add(channel);
  if (a.bool("include_batch_in_index")) {
    const batch = reshape(
      run(ops.cumsum, [filled(castValue(at, int64), [n], 1)], { dim: 0, exclusive: true }),
      [n, 1, 1, 1],
    );
    index = index.add(batch.mul(h * w * c));
  }
  return [permute(y, behind(4)), castValue(permute(index as Value, behind(4)), type)];
}

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

/** Neural networks. */
export const nn: Readonly<Record<string, OpRow>> = {
  Relu: viaRow(ops.relu, same),
  Relu6: viaRow(ops.hardtanh, same, () => ({ min: 0, max: 6 })),
  Elu: viaRow(ops.elu, same, () => ({ alpha: 1 })),
  Selu: viaRow(ops.elu, same, () => SELU),
  LeakyRelu: viaRow(ops.leakyRelu, same, (a) => ({ slope: a.float("alpha") })),
  Softplus: viaRow(ops.softplus, same, () => ({})),
  Softmax: row(([x]) => {
    if (x!.shape.length < 1)
      throw new KernelProblem(`logits must have >= 1 dimension, got ${shown(x!.shape)}`);
    return x!.softmax({ dim: x!.shape.length - 1 }) as Value;
  }, same),
  LogSoftmax: row(([x]) => x!.logSoftmax({ dim: x!.shape.length - 1 }) as Value, same),
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
  CTCLoss: row(([x, indices, values, lengths], a) => ctcLoss(x!, indices!, values!, lengths!, a)),
};

function broadcastPair(a: readonly number[], b: readonly number[]): number[] {
  if (a.length !== b.length || a.some((d, i) => d !== b[i] && d !== 1 && b[i] !== 1))
    throw new KernelProblem(
      `logits and labels must be broadcastable: logits_size=${shown(a)} labels_size=${shown(b)}`,
    );
  return a.map((d, i) => (d === 1 ? b[i]! : d));
}

function ctcLoss(x: Value, indices: Value, values: Value, lengths: Value, a: Attrs): Value[] {
  const [, batch, classes] = x.shape as [number, number, number];
  const at = numbers(indices);
  const own = numbers(values);
  const rows = Array.from({ length: batch }, (_, b) => own.filter((_v, i) => at[2 * i] === b));
  const most = Math.max(1, ...rows.map((r) => r.length));
  const target = rows.flatMap((r) => [...r, ...new Array<number>(most - r.length).fill(0)]);
  const ints = (list: number[], shape: number[]): Value => reshape(valueOf(list, int64), shape);
  const logp = x.logSoftmax({ dim: 2 });
  const [loss] = runMany(
    ops.ctc as never,
    [
      logp as Value,
      ints(target, [batch, most]),
      castValue(lengths, int64),
      ints(
        rows.map((r) => r.length),
        [batch],
      ),
    ],
    { blank: classes - 1, zeroInfinity: a.bool("ignore_longer_outputs_than_inputs") } as never,
  ) as Value[];
  return [loss!, filled(x, x.shape, 0)];
}
