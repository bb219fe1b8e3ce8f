import { float32, ops } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import type { Value } from "../shared.js";
import { castValue, filled, numbers, permute, reshape, run } from "./tools.js";

/** What each of n elements weighs at positions between them. */
function shares(n: number, positions: Value, nearest: boolean): Value {
  const own = nearest ? (positions.detach().add(0.5).floor() as Value) : positions;
  const grid = reshape(run(ops.cumsum, [filled(positions, [n], 1)], { dim: 0, exclusive: true }), [n, 1]);
  const at = reshape(own, [1, positions.size]);
  const near = at.sub(grid).abs().rsub(1) as Value;
  // On an element itself its neighbours have no part, nor a derivative.
  const w = near.where(near.gt(0) as Value, filled(near, [], 0));
  const inside = at.ge(0).logicalAnd(at.le(n - 1) as Value) as Value;
  return w.where(inside, filled(positions, [], 0)) as Value;
}

/** Boxes cut out of images and brought to a size. */
export function cropAndResize(image: Value, boxes: Value, index: Value, size: Value, a: Attrs): Value {
  const nearest = a.text("method") === "nearest";
  const y = cropped(image, nearest ? (boxes.detach() as Value) : boxes, index, size, a, nearest);
  if (!nearest || !boxes.requiresGrad) return y;
  // Boxes are differentiated as if elements were blended.
  const blend = cropped(image.detach() as Value, boxes, index, size, a, false);
  return y.add(blend.sub(blend.detach())) as Value;
}

function cropped(image: Value, boxes: Value, index: Value, size: Value, a: Attrs, nearest: boolean): Value {
  const [, h, w, c] = image.shape as [number, number, number, number];
  const own = castValue(image, float32);
  const [ch, cw] = numbers(size) as [number, number];
  const outside = a.float("extrapolation_value");
  const crops = numbers(index).map((b, k) => {
    if (b < 0 || b >= image.shape[0]!)
      throw new KernelProblem(`box_index has values outside [0, batch_size)`);
    const edge = (j: number): Value =>
      boxes.indexView({
        items: [
          { kind: "select", index: k },
          { kind: "select", index: j },
        ],
      }) as Value;
    const line = (n: number, m: number, from: Value, to: Value): Value => {
      if (m === 1) return reshape(from.add(to).mul(0.5 * (n - 1)) as Value, [1]);
      const steps = run(ops.cumsum, [filled(boxes, [m], 1)], { dim: 0, exclusive: true });
      return from.mul(n - 1).add(steps.mul(to.sub(from).mul((n - 1) / (m - 1)))) as Value;
    };
    const [ys, xs] = [line(h, ch, edge(0), edge(2)), line(w, cw, edge(1), edge(3))];
    const plane = reshape(own.slice({ dim: 0, start: b, step: 1, length: 1 }) as Value, [h, w * c]);
    const rows = permute(shares(h, ys, nearest), [1, 0]).matmul(plane) as Value;
    const cut = permute(reshape(rows, [ch, w, c]), [0, 2, 1]).matmul(shares(w, xs, nearest)) as Value;
    const crop = permute(cut, [0, 2, 1]);
    if (outside === 0) return crop;
    const inside = (v: Value, n: number): Value => v.ge(0).logicalAnd(v.le(n - 1) as Value) as Value;
    const known = reshape(inside(ys, h), [ch, 1, 1]).logicalAnd(reshape(inside(xs, w), [1, cw, 1])) as Value;
    return crop.where(known, filled(crop, [], outside)) as Value;
  });
  return crops.length > 0 ? run(ops.stack, crops, { dim: 0 }) : filled(own, [0, ch, cw, c], 0);
}

/** Patches of images laid out along the channels. */
export function extractPatches(x: Value, a: Attrs): Value {
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const [kh, kw] = a.ints("ksizes").slice(1, 3) as [number, number];
  const [sh, sw] = a.ints("strides").slice(1, 3) as [number, number];
  const [rh, rw] = a.ints("rates").slice(1, 3) as [number, number];
  const reach = [(kh - 1) * rh + 1, (kw - 1) * rw + 1];
  const out =
    a.text("padding") === "SAME"
      ? [Math.ceil(h / sh), Math.ceil(w / sw)]
      : [Math.floor((h - reach[0]!) / sh) + 1, Math.floor((w - reach[1]!) / sw) + 1];
  const total = [
    Math.max((out[0]! - 1) * sh + reach[0]! - h, 0),
    Math.max((out[1]! - 1) * sw + reach[1]! - w, 0),
  ];
  const pads = a.text("padding") === "SAME" ? total : [0, 0];
  const before = pads.map((t) => t >> 1);
  const padded = x.pad({
    pads: [
      [0, 0],
      [before[0]!, pads[0]! - before[0]!],
      [before[1]!, pads[1]! - before[1]!],
      [0, 0],
    ] as [number, number][],
  });
  const parts: Value[] = [];
  for (let i = 0; i < kh; i++)
    for (let j = 0; j < kw; j++)
      parts.push(
        padded
          .slice({ dim: 1, start: i * rh, step: sh, length: out[0]! })
          .slice({ dim: 2, start: j * rw, step: sw, length: out[1]! }) as Value,
      );
  return reshape(run(ops.stack, parts, { dim: 3 }), [n, out[0]!, out[1]!, kh * kw * c]);
}
