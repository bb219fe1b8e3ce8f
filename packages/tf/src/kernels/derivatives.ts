import { int64, ops } from "@cognate/kernel";
import { gradEnabled, runBackward, withMode } from "@cognate/tensor";
import type { Attrs } from "../core/attrs.js";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { image } from "./image.js";
import { nn } from "./nn.js";
import { padding } from "./pad.js";
import { stridedSlices } from "./strided-slice.js";
import { castValue, filled, intsValue, numbers, reshape, run, same, size } from "./tools.js";

/* Operations that graphs of TensorFlow 1 hold where `tf.gradients` was called: derivatives of others. */

/** The derivative of an operation's first output along `gy` in one of its inputs. */
function pulled(forward: OpRow, inputs: readonly Value[], gy: Value, which: number, a: Attrs): Value {
  return withMode({ grad: true }, () => {
    const own = inputs.map((x, i) => {
      if (i !== which) return x;
      const leaf = x.detach() as Value;
      leaf.setRequiresGrad(true);
      return leaf;
    });
    const out = forward.run(own, a);
    const y = (Array.isArray(out) ? out[0] : out) as Value;
    const [g] = y.requiresGrad ? runBackward([y], [gy], [own[which]!], { createGraph: gradEnabled() }) : [];
    return g ?? filled(inputs[which]!, inputs[which]!.shape, 0);
  });
}
const zeros = (like: Value, shape: readonly number[]): Value => filled(like, shape, 0);
const shapeOf = (v: Value): number[] => numbers(v);

/** Of the operation's own inputs, then the gradient; what comes before is its first input's derivative. */
const ofFirst = (
  forward: OpRow,
  at: (inputs: readonly Value[]) => readonly [readonly Value[], Value],
): OpRow =>
  row((inputs, a) => {
    const [own, gy] = at(inputs);
    return pulled(forward, own, gy, 0, a);
  });

/** The derivative of a rule of one tensor: gradient first or last, as the operation has them. */
const pair = (f: (gy: Value, v: Value, a: Attrs) => Value, gradientFirst: boolean): OpRow =>
  row(([p, q], a) => (gradientFirst ? f(p!, q!, a) : f(q!, p!, a)), same);
const conj = (v: Value): Value => (v.dtype.kind === "complex" ? (v.conj() as Value) : v);
const where = (cond: unknown, yes: Value, no: Value): Value => yes.where(cond as Value, no) as Value;

const SELU = { scale: 1.0507009873554805, rate: 1.7580993408473766 } as const;

/** The range that fake quantisation rounds in, moved so that 0 is one of its steps. */
function fakeRange(a: Attrs, low: Value, high: Value): { min: Value; max: Value; scale: Value } {
  const least = a.bool("narrow_range") ? 1 : 0;
  const most = 2 ** a.int("num_bits") - 1;
  const scale = high.sub(low).div(most - least) as Value;
  const point = low.div(scale).neg().add(least) as Value;
  const zero = run(ops.clamp, [point, filled(point, [], least), filled(point, [], most)], undefined);
  const nudged = zero.add(0.5).floor() as Value;
  return {
    min: nudged.rsub(least).mul(scale) as Value,
    max: nudged.rsub(most).mul(scale) as Value,
    scale,
  };
}
function fakeQuant(x: Value, low: Value, high: Value, a: Attrs): Value {
  const { min, max, scale } = fakeRange(a, low, high);
  const upper = run(ops.minimum, [x, max], { ties: "first" } as never);
  const inside = run(ops.maximum, [upper, min], { ties: "first" } as never);
  return inside.sub(min).div(scale).add(0.5).floor().mul(scale).add(min) as Value;
}
function fakeQuantGradients(gy: Value, x: Value, low: Value, high: Value, a: Attrs): Value[] {
  const { min, max } = fakeRange(a, low, high);
  const nothing = zeros(gy, gy.shape);
  const [below, above] = [x.lt(min) as Value, x.gt(max) as Value];
  const inner = where(below, nothing, where(above, nothing, gy));
  const dims = x.shape.map((_, i) => i).slice(0, x.shape.length - low.shape.length);
  const total = (v: Value): Value => v.sum({ dims }) as Value;
  return [inner, total(where(below, gy, nothing)), total(where(above, gy, nothing))];
}
const limits = (x: Value, a: Attrs): [Value, Value] => [
  filled(x, [], a.float("min")),
  filled(x, [], a.float("max")),
];

/** Axes of each of two shapes over which gradients are summed. */
function stretchedAxes(x: readonly number[], y: readonly number[]): [number[], number[]] {
  const rank = Math.max(x.length, y.length);
  const at = (s: readonly number[], i: number): number => s[s.length - rank + i] ?? 1;
  const own = (s: readonly number[], t: readonly number[]): number[] =>
    Array.from({ length: rank }, (_, i) => i).filter(
      (i) => at(s, i) === 1 && (at(t, i) !== 1 || rank - i > s.length || (at(s, i) === 1 && at(t, i) === 1)),
    );
  return x.join() === y.join() ? [[], []] : [own(x, y), own(y, x)];
}

/** Derivatives as operations. */
export const derivatives: Readonly<Record<string, OpRow>> = {
  ReluGrad: pair((g, x) => where(x.gt(0), g, zeros(g, g.shape)), true),
  Relu6Grad: pair(
    (g, x) => where((x.gt(0) as Value).logicalAnd(x.lt(6) as Value), g, zeros(g, g.shape)),
    true,
  ),
  LeakyReluGrad: pair((g, x, a) => where(x.gt(0), g, g.mul(a.float("alpha")) as Value), true),
  EluGrad: pair((g, y) => where(y.lt(0), g.mul(y.add(1)) as Value, g), true),
  SeluGrad: pair(
    (g, y) => where(y.lt(0), g.mul(y.add(SELU.rate)) as Value, g.mul(SELU.scale) as Value),
    true,
  ),
  SoftplusGrad: pair((g, x) => g.mul(x.sigmoid()) as Value, true),
  SoftsignGrad: pair((g, x) => g.div(x.abs().add(1).square()) as Value, true),
  SigmoidGrad: pair((g, y) => g.mul(conj(y)).mul(conj(y).rsub(1)) as Value, false),
  TanhGrad: pair((g, y) => g.mul(conj(y).square().rsub(1)) as Value, false),
  SqrtGrad: pair((g, y) => g.mul(0.5).div(conj(y)) as Value, false),
  RsqrtGrad: pair((g, y) => g.mul(-0.5).mul(conj(y).mul(conj(y)).mul(conj(y))) as Value, false),
  InvGrad: pair((g, y) => g.neg().mul(conj(y).square()) as Value, false),
  ReciprocalGrad: pair((g, y) => g.neg().mul(conj(y).square()) as Value, false),
  BiasAddGrad: row(([g], a) => {
    const channel = a.text("data_format") === "NCHW" ? 1 : g!.shape.length - 1;
    return g!.sum({ dims: g!.shape.map((_, i) => i).filter((i) => i !== channel), dtype: g!.dtype }) as Value;
  }),
  MaxPoolGrad: ofFirst(nn["MaxPool"]!, ([x, , g]) => [[x!], g!]),
  MaxPool3DGrad: ofFirst(nn["MaxPool3D"]!, ([x, , g]) => [[x!], g!]),
  AvgPoolGrad: ofFirst(nn["AvgPool"]!, ([s, g]) => [[zeros(g!, shapeOf(s!))], g!]),
  AvgPool3DGrad: ofFirst(nn["AvgPool3D"]!, ([s, g]) => [[zeros(g!, shapeOf(s!))], g!]),
  LRNGrad: ofFirst(nn["LRN"]!, ([g, x]) => [[x!], g!]),
  Dilation2DBackpropInput: ofFirst(nn["Dilation2D"]!, ([x, w, g]) => [[x!, w!], g!]),
  Dilation2DBackpropFilter: row(([x, w, g], a) => pulled(nn["Dilation2D"]!, [x!, w!], g!, 1, a)),
  StridedSliceGrad: ofFirst(stridedSlices["StridedSlice"]!, ([s, begin, end, steps, g]) => [
    [zeros(g!, shapeOf(s!)), begin!, end!, steps!],
    g!,
  ]),
  MirrorPadGrad: row(([g, pads], a) => {
    const list = numbers(pads!);
    const shape = g!.shape.map((d, i) => d - list[2 * i]! - list[2 * i + 1]!);
    return pulled(padding["MirrorPad"]!, [zeros(g!, shape), pads!], g!, 0, a);
  }),
  ResizeBilinearGrad: ofFirst(image["ResizeBilinear"]!, ([g, x]) => [
    [x!, intsValue(g!.shape.slice(1, 3), int64)],
    g!,
  ]),
  ResizeBicubicGrad: ofFirst(image["ResizeBicubic"]!, ([g, x]) => [
    [x!, intsValue(g!.shape.slice(1, 3), int64)],
    g!,
  ]),
  ResizeNearestNeighborGrad: ofFirst(image["ResizeNearestNeighbor"]!, ([g, s]) => {
    const [h, w] = numbers(s!) as [number, number];
    return [[zeros(g!, [g!.shape[0]!, h, w, g!.shape[3]!]), intsValue(g!.shape.slice(1, 3), int64)], g!];
  }),
  CropAndResizeGradImage: row(([g, boxes, index, s], a) =>
    pulled(
      image["CropAndResize"]!,
      [zeros(g!, shapeOf(s!)), boxes!, index!, intsValue(g!.shape.slice(1, 3), int64)],
      g!,
      0,
      a,
    ),
  ),
  FusedBatchNormGrad: row((inputs, a) => batchNormGradients(inputs, a)),
  FusedBatchNormGradV2: row((inputs, a) => batchNormGradients(inputs, a)),
  FusedBatchNormGradV3: row((inputs, a) => batchNormGradients(inputs, a)),
  BroadcastGradientArgs: row(([x, y]) =>
    stretchedAxes(numbers(x!), numbers(y!)).map((list) => intsValue(list, x!.dtype)),
  ),
  ConcatOffset: row(([dim, ...shapes]) => {
    const axis = numbers(dim!)[0]!;
    let at = 0;
    return shapes.map((s) => {
      const own = numbers(s);
      const place = own.map((_, i) => (i === axis ? at : 0));
      at += own[axis]!;
      return intsValue(place, s.dtype);
    });
  }),
  FakeQuantWithMinMaxArgs: row(([x], a) => fakeQuant(x!, ...limits(x!, a), a), same),
  FakeQuantWithMinMaxVars: row(([x, low, high], a) => fakeQuant(x!, low!, high!, a), same),
  FakeQuantWithMinMaxVarsPerChannel: row(([x, low, high], a) => fakeQuant(x!, low!, high!, a), same),
  FakeQuantWithMinMaxArgsGradient: row(
    ([g, x], a) => fakeQuantGradients(g!, x!, ...limits(x!, a), a)[0]!,
    same,
  ),
  FakeQuantWithMinMaxVarsGradient: row(([g, x, low, high], a) => fakeQuantGradients(g!, x!, low!, high!, a)),
  FakeQuantWithMinMaxVarsPerChannelGradient: row(([g, x, low, high], a) =>
    fakeQuantGradients(g!, x!, low!, high!, a),
  ),
};

/** Derivatives of batch normalisation in x, scale and offset, then two empty ones. */
function batchNormGradients([g, x, scale, mean, second]: readonly Value[], a: Attrs): Value[] {
  const axis = a.text("data_format").startsWith("NC") ? 1 : x!.shape.length - 1;
  const dims = x!.shape.map((_, i) => i).filter((i) => i !== axis);
  const n = size(dims.map((d) => x!.shape[d]!));
  const wide = (v: Value): Value =>
    reshape(
      v,
      x!.shape.map((d, i) => (i === axis ? d : 1)),
    );
  const [own, gy] = [castValue(x!, scale!.dtype), castValue(g!, scale!.dtype)];
  const training = a.bool("is_training");
  const m = (training ? own.mean({ dims }) : mean!) as Value;
  const centred = own.sub(wide(m)) as Value;
  const variance = (training ? centred.square().mean({ dims }) : second!) as Value;
  const r = variance.add(a.float("epsilon")).rsqrt() as Value;
  const offset = gy.sum({ dims }) as Value;
  const slope = gy.mul(centred).sum({ dims }).mul(r) as Value;
  const inner = training
    ? gy.sub(wide(offset.div(n) as Value)).sub(centred.mul(wide(slope.mul(r).div(n) as Value)))
    : gy;
  const gx = inner.mul(wide(scale!.mul(r) as Value)) as Value;
  return [castValue(gx, x!.dtype), slope, offset, zeros(scale!, [0]), zeros(scale!, [0])];
}
