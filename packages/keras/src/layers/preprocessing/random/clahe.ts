import { float, Tuple } from "@cognate/py";
import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";
import type { DataFormat } from "../../../ops/nn/windows.js";
import { type LayerOptions, stock } from "../../stock.js";
import { clipped, ImageLayer, type Range, rescaled } from "./image-layer.js";

const BYTE: Range = [0, 255];
const LEVELS = 256;

/** For each row or column: the two tiles around it, of tiles padded by one, and how far it is on the way. */
interface Neighbours {
  readonly before: Tensor;
  readonly after: Tensor;
  readonly weight: Tensor;
}
function neighbours(tile: number, count: number, shape: readonly number[]): Neighbours {
  const place = K.divide(K.subtract(K.arange(0, tile * count, 1, "float32"), tile / 2), tile);
  const at = K.add(place, 1);
  const first = K.floor(at);
  const index = (x: Tensor): Tensor => K.reshape(K.cast(K.clip(x, 0, count + 1), "int32"), shape);
  return {
    before: index(first),
    after: index(K.add(first, 1)),
    weight: K.reshape(K.subtract(at, first), shape),
  };
}
const between = (a: Tensor, b: Tensor, weight: Tensor): Tensor =>
  K.add(K.multiply(a, K.subtract(1, weight)), K.multiply(b, weight));
/** The first and the last entries of an axis once more. */
const doubled = (x: Tensor, axis: number): Tensor => {
  const ends = (at: number): Tensor => K.take(x, [at], axis);
  return K.concatenate([ends(0), x, ends(x.shape[axis]! - 1)], axis);
};

export class ContrastLimitedAdaptiveHistogramEqualizationImpl extends ImageLayer<null> {
  declare readonly value_range: readonly number[];
  declare readonly clip_limit: number;
  declare readonly tile_grid_size: readonly number[];

  constructor(
    value_range: readonly number[] = Tuple.of_([0, 255]),
    clip_limit: number = float(4),
    tile_grid_size: readonly number[] = Tuple.of_([8, 8]),
    data_format: DataFormat = null,
    options: LayerOptions = {},
  ) {
    super(data_format, undefined, options);
    this._take({ value_range, clip_limit, tile_grid_size });
  }
  override _draw(): null {
    return null;
  }
  override _rest(batch: Tensor): Tensor {
    return this._apply(batch);
  }
  override _apply(batch: Tensor): Tensor {
    const range = this.value_range as Range;
    const last = this._last ? batch : K.transpose(batch, [0, 2, 3, 1]);
    const y = rescaled(this._spread(rescaled(last, range, BYTE, "float32")), BYTE, range, "float32");
    const own = K.cast(y, batch.dtype as never);
    return this._last ? own : K.transpose(own, [0, 3, 1, 2]);
  }
  /** The images in tiles, each with the share of its pixels up to every level, steep rises cut. */
  _levels(padded: Tensor, grid: Range, tile: Range): Tensor {
    const [count, , , channels] = padded.shape as unknown as [number, number, number, number];
    const [[rows, columns], [h, w]] = [grid, tile];
    const tiles = K.transpose(K.reshape(padded, [count, rows, h, columns, w, channels]), [0, 1, 3, 5, 2, 4]);
    const flat = K.reshape(tiles, [count, rows, columns, channels, h * w]);
    const pixels = K.clip(K.cast(flat, "int32"), 0, LEVELS - 1);
    let counts = K.sum(K.one_hot(pixels, LEVELS), -2);
    const limit = Number(this.clip_limit);
    if (limit > 0) {
      const cut = K.clip(counts, 0, (limit * (h * w)) / LEVELS);
      counts = K.add(cut, K.divide(K.sum(K.subtract(counts, cut), -1, true), LEVELS));
    }
    const sums = K.cumsum(counts, -1);
    const least = K.min(sums, -1, true);
    const rest = K.subtract(h * w, least);
    const by = K.where(K.equal(rest, 0), K.ones_like(rest), rest) as Tensor;
    return clipped(K.divide(K.multiply(K.subtract(sums, least), 255), by), BYTE);
  }
  _spread(x: Tensor): Tensor {
    const [count, height, width, channels] = x.shape as unknown as [number, number, number, number];
    const grid = this.tile_grid_size.map(Number) as [number, number];
    const tile = [Math.ceil(height / grid[0]), Math.ceil(width / grid[1])] as [number, number];
    const room = [tile[0] * grid[0] - height, tile[1] * grid[1] - width] as [number, number];
    const padded =
      room[0] === 0 && room[1] === 0
        ? x
        : K.pad(
            x,
            [
              [0, 0],
              [0, room[0]],
              [0, room[1]],
              [0, 0],
            ],
            "symmetric",
          );
    const table = doubled(doubled(this._levels(padded, grid, tile), 1), 2);
    const down = neighbours(tile[0], grid[0], [1, -1, 1, 1]);
    const across = neighbours(tile[1], grid[1], [1, 1, -1, 1]);
    const [perColumn, perRow] = [LEVELS * channels, LEVELS * channels * (grid[1] + 2)];
    const pixels = K.cast(clipped(padded, BYTE), "int32");
    const image = K.multiply(
      K.reshape(K.arange(0, count, 1, "int32"), [-1, 1, 1, 1]),
      perRow * (grid[0] + 2),
    );
    const channel = K.multiply(K.reshape(K.arange(0, channels, 1, "int32"), [1, 1, 1, -1]), LEVELS);
    const base = K.add(K.add(image, channel), pixels);
    const flat = K.reshape(table, [-1]);
    const at = (row: Tensor, column: Tensor): Tensor =>
      K.take(flat, K.add(K.add(base, K.multiply(row, perRow)), K.multiply(column, perColumn)));
    const line = (row: Tensor): Tensor =>
      between(at(row, across.before), at(row, across.after), across.weight);
    const y = between(line(down.before), line(down.after), down.weight);
    return K.slice(y, [0, 0, 0, 0], [count, height, width, channels]);
  }
}

/**
 * `keras.layers.ContrastLimitedAdaptiveHistogramEqualization`: histograms of tiles spread with limited steepness, and
 * blended from tile to tile (Zuiderveld, 1994).
 */
export const ContrastLimitedAdaptiveHistogramEqualization = stock(
  "preprocessing.image_preprocessing.clahe.ContrastLimitedAdaptiveHistogramEqualization",
  "value_range clip_limit tile_grid_size data_format **kwargs",
  ContrastLimitedAdaptiveHistogramEqualizationImpl,
  { call: "data training=true", config: "data_format value_range clip_limit tile_grid_size" },
);
export type ContrastLimitedAdaptiveHistogramEqualization = ContrastLimitedAdaptiveHistogramEqualizationImpl;
