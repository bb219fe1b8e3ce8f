import { int64, ops } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import {
  behind,
  isLast,
  onImage,
  outLength,
  samePadding,
  second,
  spatial,
  type Windows,
  windowsOf,
} from "./convolution.js";
import { withGradient } from "./edges.js";
import { castValue, filled, permute, reshape, run, runMany } from "./tools.js";

/** What windows past the image's size leave: no places, and derivatives of 0. */
function nothing(v: Value, kernel: readonly number[], { stride, padding }: Windows): Value {
  const places = kernel.map((k, i) =>
    Math.max(0, Math.floor((v.shape[i + 2]! + padding[i]![0] + padding[i]![1] - k) / stride[i]!) + 1),
  );
  const y = filled(v, [...v.shape.slice(0, 2), ...places], 0);
  return withGradient("Pool", [v], y, () => [filled(v, v.shape, 0)]);
}

export const pool = (kernelRow: unknown): OpRow =>
  row(
    ([x], a) =>
      onImage(x!, a.text("data_format"), (v) => {
        const kernel = spatial(a.ints("ksize"), a.text("data_format"));
        const own = windowsOf(a, v.shape.slice(2), kernel);
        const fits = kernel.every((k, i) => v.shape[i + 2]! + own.padding[i]![0] + own.padding[i]![1] >= k);
        if (!fits) return nothing(v, kernel, own);
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
export function maxPoolWithArgmax(x: Value, a: Attrs): Value[] {
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
