import { Tuple, ValueError } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { float32 } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { concat, pad, reshape, stack } from "../array.js";
import { type Data, def, type Name } from "../make.js";
import { abs, add, cast, divide, log, multiply, square, subtract } from "../math.js";
import { depthwise_conv2d, relu } from "../nn.js";
import { reduce_mean, reduce_sum } from "../reduce.js";
import { convert_image_dtype, ints, ints2 } from "./batch.js";

export const image_gradients = def(
  "tensorflow.image.image_gradients",
  "image",
  (image: Data): Tuple<Tensor> => {
    const x = toTensor(image);
    if (x.shape.length !== 4)
      throw new ValueError(
        `image_gradients expects a 4D tensor [batch_size, h, w, d], not ${String(x.shape)}.`,
      );
    const [b, h, w, d] = [...x.shape] as [number, number, number, number];
    const part = (from: number[], size: number[]): Tensor => one("Slice", [x, ints(from), ints(size)]);
    const dy = subtract(part([0, 1, 0, 0], [-1, -1, -1, -1]), part([0, 0, 0, 0], [-1, h - 1, -1, -1]));
    const dx = subtract(part([0, 0, 1, 0], [-1, -1, -1, -1]), part([0, 0, 0, 0], [-1, -1, w - 1, -1]));
    const zeros = (s: number[]): Tensor => one("Fill", [ints(s), cast(0, x.dtype)]);
    return Tuple.of_([concat([dy, zeros([b, 1, w, d])], 1), concat([dx, zeros([b, h, 1, d])], 2)]);
  },
);
export const sobel_edges = def("tensorflow.image.sobel_edges", "image", (image: Data): Tensor => {
  const x = toTensor(image);
  const [b, h, w, d] = [...x.shape] as [number, number, number, number];
  const kernels = [
    [
      [-1, -2, -1],
      [0, 0, 0],
      [1, 2, 1],
    ],
    [
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ],
  ];
  const filter = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => Array.from({ length: d }, () => kernels.map((k) => k[i]![j]!))),
  );
  const padded = pad(
    x,
    ints2([
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]),
    "REFLECT",
  );
  const y = depthwise_conv2d(padded, toTensor(filter, { dtype: x.dtype }), [1, 1, 1, 1], "VALID");
  return reshape(y, [b, h, w, d, 2]);
});
export const total_variation = def(
  "tensorflow.image.total_variation",
  "images name",
  (images: Data, _name: Name = null): Tensor => {
    const x = toTensor(images);
    const n = x.shape.length;
    if (n !== 3 && n !== 4) throw new ValueError("'images' must be either 3 or 4-dimensional.");
    const at = n - 3;
    const diff = (axis: number): Tensor => {
      const all = (v: number): Tensor => ints(new Array<number>(n).fill(v));
      const only = (v: number): Tensor => ints(Array.from({ length: n }, (_, i) => (i === axis ? v : 0)));
      const whole = (1 << n) - 1;
      const others = whole & ~(1 << axis);
      const part = (from: Tensor, to: Tensor, begin_mask: number, end_mask: number): Tensor =>
        one("StridedSlice", [x, from, to, all(1)], { begin_mask, end_mask });
      return subtract(part(only(1), all(0), others, whole), part(all(0), only(-1), whole, others));
    };
    const axes = n === 4 ? [1, 2, 3] : null;
    return add(reduce_sum(abs(diff(at)), axes), reduce_sum(abs(diff(at + 1)), axes));
  },
);
export const psnr = def(
  "tensorflow.image.psnr",
  "a b max_val name",
  (a: Data, b: Data, max_val: number, _name: Name = null): Tensor => {
    const x = toTensor(a);
    const top = convert_image_dtype(cast(max_val, x.dtype), float32);
    const [p, q] = [convert_image_dtype(x, float32), convert_image_dtype(toTensor(b), float32)];
    const mse = reduce_mean(one("SquaredDifference", [p, q]), [-3, -2, -1]);
    return subtract(
      divide(multiply(20, log(top)), log(toTensor(10, { dtype: float32 }))),
      multiply(10 / Math.log(10), log(mse)),
    );
  },
);
/** Structural similarity of two images. */
function ssimParts(
  x: Tensor,
  y: Tensor,
  max: Tensor,
  size: number,
  sigma: number,
  k1: number,
  k2: number,
  map = false,
): [Tensor, Tensor] {
  const c = x.shape.at(-1) as unknown as number;
  const line = Array.from({ length: size }, (_, i) => -((i - (size - 1) / 2) ** 2) / (2 * sigma * sigma));
  const grid = line.flatMap((a) => line.map((b) => a + b));
  const top = Math.max(...grid);
  const e = grid.map((g) => Math.exp(g - top));
  const total = e.reduce((a, b) => a + b, 0);
  const window = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_v, j) => Array.from({ length: c }, () => [e[i * size + j]! / total])),
  );
  const kernel = toTensor(window, { dtype: float32 });
  const smooth = (t: Tensor): Tensor => {
    const lead = [...t.shape].slice(0, -3) as number[];
    const flat = reshape(t, [-1, ...[...t.shape].slice(-3)] as number[]);
    const out = depthwise_conv2d(flat, kernel, [1, 1, 1, 1], "VALID");
    return reshape(out, [...lead, ...[...out.shape].slice(1)] as number[]);
  };
  const c1 = square(multiply(k1, max));
  const c2 = square(multiply(k2, max));
  const [m0, m1] = [smooth(x), smooth(y)];
  const num0 = multiply(2, multiply(m0, m1));
  const den0 = add(square(m0), square(m1));
  const luminance = divide(add(num0, c1), add(den0, c1));
  const num1 = multiply(2, smooth(multiply(x, y)));
  const den1 = smooth(add(square(x), square(y)));
  const cs = divide(add(subtract(num1, num0), c2), add(subtract(den1, den0), c2));
  const value = multiply(luminance, cs);
  return map ? [value, cs] : [reduce_mean(value, [-3, -2]), reduce_mean(cs, [-3, -2])];
}
export const ssim = def(
  "tensorflow.image.ssim",
  "img1 img2 max_val filter_size filter_sigma k1 k2 return_index_map",
  (
    img1: Data,
    img2: Data,
    max_val: number,
    filter_size = 11,
    filter_sigma = 1.5,
    k1 = 0.01,
    k2 = 0.03,
    return_index_map = false,
  ): Tensor => {
    const x = toTensor(img1);
    const top = convert_image_dtype(cast(max_val, x.dtype), float32);
    const [value] = ssimParts(
      convert_image_dtype(x, float32),
      convert_image_dtype(toTensor(img2), float32),
      top,
      filter_size,
      filter_sigma,
      k1,
      k2,
      return_index_map,
    );
    return reduce_mean(value, [-1]);
  },
);

const SCALES = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];
/** Structural similarity over scales: each is half as fine as the one before. */
export const ssim_multiscale = def(
  "tensorflow.image.ssim_multiscale",
  "img1 img2 max_val power_factors filter_size filter_sigma k1 k2",
  (
    img1: Data,
    img2: Data,
    max_val: number,
    power_factors: readonly number[] = SCALES,
    filter_size = 11,
    filter_sigma = 1.5,
    k1 = 0.01,
    k2 = 0.03,
  ): Tensor => {
    const x = toTensor(img1);
    const top = convert_image_dtype(cast(max_val, x.dtype), float32);
    let pair = [convert_image_dtype(x, float32), convert_image_dtype(toTensor(img2), float32)] as [
      Tensor,
      Tensor,
    ];
    const halved = (t: Tensor): Tensor => {
      const shape = [...t.shape] as number[];
      const [lead, [h, w, c]] = [shape.slice(0, -3), shape.slice(-3) as [number, number, number]];
      let flat = reshape(t, [-1, h, w, c]);
      if (h % 2 || w % 2)
        flat = pad(
          flat,
          ints2([
            [0, 0],
            [0, h % 2],
            [0, w % 2],
            [0, 0],
          ]),
          "SYMMETRIC",
        );
      const y = one("AvgPool", [flat], { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" });
      return reshape(y, [...lead, ...[...y.shape].slice(1)] as number[]);
    };
    const parts = power_factors.map((_, k) => {
      if (k > 0) pair = [halved(pair[0]), halved(pair[1])];
      const [value, cs] = ssimParts(...pair, top, filter_size, filter_sigma, k1, k2);
      return relu(k === power_factors.length - 1 ? value : cs);
    });
    const factors = toTensor(power_factors, { dtype: float32 });
    const product = one("Prod", [one("Pow", [stack(parts as Data[], -1), factors]), [-1]]);
    return reduce_mean(product, [-1]);
  },
);
