import { castValue } from "../../backend/create.js";
import { Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { normal } from "../../random/random.js";
import type { Seed } from "../../random/seed-generator.js";
import { op, shapes } from "../make.js";
import type { DataFormat } from "../nn/windows.js";
import * as np from "../numpy/index.js";
import { checkFillMode, checkImageRank, checkInterpolation, INTERPOLATIONS, onBatch } from "./checks.js";
import { gaussian_blur } from "./filters.js";
import { map_coordinates } from "./warp.js";

/** Images whose places are moved by blurred noise. Rows and columns move by the same draw. @throws ValueError */
export const elastic_transform = op(
  "image.ElasticTransform",
  "elastic_transform",
  "images alpha sigma interpolation fill_mode fill_value seed data_format",
  (
    images: TensorLike,
    alpha: TensorLike = 20,
    sigma: TensorLike = 5,
    interpolation = "bilinear",
    fill_mode = "reflect",
    fill_value = 0,
    seed: Seed = null,
    data_format: DataFormat = null,
  ): Tensor => {
    checkInterpolation(interpolation);
    checkFillMode(fill_mode);
    const x = images instanceof Tensor ? images : np.array(images);
    checkImageRank(x.shape);
    const type = x.dtype as never;
    const [strength, spread] = [np.array(alpha, type), np.array(sigma, type)];
    const size = (6 * Math.trunc(Number(spread))) | 1;
    return onBatch(x, data_format, (batch) => {
      const [count, height, width] = batch.shape as unknown as readonly [number, number, number];
      const noise = np.multiply(normal([count, height, width], 0, 1, type, seed), spread);
      const blurred = gaussian_blur(
        np.expand_dims(noise, -1),
        [size, size],
        [spread, spread],
        "channels_last",
      );
      const shift = np.multiply(strength, np.squeeze(blurred, -1));
      const [rows, columns] = [np.arange(height, null, null, type), np.arange(width, null, null, type)];
      const down = np.add(np.reshape(rows, [1, height, 1]), shift);
      const across = np.add(np.reshape(columns, [1, 1, width]), shift);
      const order = (INTERPOLATIONS as readonly string[]).indexOf(interpolation);
      const moved = np.unstack(batch).map((one, b) => {
        const places = np.stack([np.take(down, b, 0), np.take(across, b, 0)]);
        const planes = np
          .unstack(one, null, 2)
          .map((plane) => map_coordinates(plane, places, order, fill_mode, Number(fill_value)));
        return np.stack(planes, -1);
      });
      return wrap(castValue(np.stack(moved)._value, batch._value.dtype));
    });
  },
  { shape: shapes.same, keepsType: true },
);
