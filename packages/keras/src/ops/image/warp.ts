import { int64, ops } from "@cognate/kernel";
import { NotImplementedError, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { type Shape, shapeText } from "../../backend/shape.js";
import { Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { custom_gradient } from "../core/control.js";
import { inv, solve } from "../linalg/solve.js";
import { apply, op, shapes } from "../make.js";
import type { DataFormat } from "../nn/windows.js";
import * as np from "../numpy/index.js";
import { checkFillMode, checkImageRank, checkInterpolation, chosen, onBatch } from "./checks.js";

/*
 * Images looked at through maps of the plane.
 */

const tensor = (x: TensorLike, type: "float32" | null = null): Tensor =>
  x instanceof Tensor && type === null ? x : np.array(x, type);
const whole = (x: Tensor): Value => castValue(x._value, int64);
/** Elements at places given axis by axis. */
const picked = (x: Tensor, at: readonly Value[]): Tensor =>
  wrap(apply(ops.index, [x._value], { indices: at.map((i) => i.array) }));

/** Coordinates brought back into an axis of length n. */
const FILL: Readonly<Record<string, (at: Tensor, n: number) => Tensor>> = {
  constant: (at) => at,
  nearest: (at, n) => np.clip(at, 0, n - 1),
  wrap: (at, n) => {
    if (n <= 1) return np.zeros_like(at);
    const below = np.add(at, np.multiply(np.add(np.trunc(np.divide(np.negative(at), n - 1)), 1), n));
    const above = np.subtract(at, np.multiply(np.trunc(np.divide(at, n - 1)), n));
    const own = chosen(np.less(at, 0), below, chosen(np.greater(at, n - 1), above, at));
    return np.clip(own, 0, n - 1);
  },
  reflect: (at, n) => {
    if (n <= 1) return np.zeros_like(at);
    const period = 2 * n;
    const up = chosen(
      np.less(at, -period),
      np.add(at, np.multiply(np.trunc(np.divide(np.negative(at), period)), period)),
      at,
    );
    const below = chosen(np.less(up, -n), np.add(up, period), np.subtract(np.negative(up), 1));
    const down = np.subtract(at, np.multiply(np.trunc(np.divide(at, period)), period));
    const above = chosen(np.greater_equal(down, n), np.subtract(period - 1, down), down);
    const own = chosen(np.less(at, 0), below, chosen(np.greater(at, n - 1), above, at));
    return np.clip(own, 0, n - 1);
  },
};

/** Halves are rounded away from zero, as C does. */
const nearestTo = (x: Tensor): Tensor =>
  chosen(np.less(x, 0), np.ceil(np.subtract(x, 0.5)), np.floor(np.add(x, 0.5)));

/** A batch of images, channels last, each place taken from where a projective map of eight numbers puts it. */
function projected(
  images: Tensor,
  maps: Tensor,
  interpolation: string,
  fill_mode: string,
  fill_value: number,
): Tensor {
  const [batch, height, width] = images.shape as unknown as readonly [number, number, number];
  const [a, b, c, d, e, f, g, h] = Array.from({ length: 8 }, (_, i) =>
    np.reshape(np.take(maps, i, 1), [-1, 1, 1]),
  ) as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  const x = np.reshape(np.arange(width, null, null, "float32"), [1, 1, width]);
  const y = np.reshape(np.arange(height, null, null, "float32"), [1, height, 1]);
  const plane = (p: Tensor, q: Tensor, r: Tensor | number): Tensor =>
    np.add(np.add(np.multiply(p, x), np.multiply(q, y)), r);
  const depth = plane(g, h, 1);
  const beyond = np.equal(depth, 0);
  const safe = chosen(beyond, 1, depth);
  const shape = [batch, height, width];
  const place = (p: Tensor, q: Tensor, r: Tensor, n: number): Tensor =>
    np.broadcast_to(FILL[fill_mode]!(np.divide(plane(p, q, r), safe), n), shape);
  const [u, v] = [place(a, b, c, width), place(d, e, f, height)];
  const rows = whole(np.reshape(np.arange(batch), [batch, 1, 1]));
  const float = images._type.kind === "float" ? images : np.array(images, "float32");
  const read = (row: Tensor, column: Tensor): Tensor => {
    const inside = np.logical_and(
      np.logical_and(np.greater_equal(row, 0), np.less(row, height)),
      np.logical_and(np.greater_equal(column, 0), np.less(column, width)),
    );
    const at = [whole(np.clip(row, 0, height - 1)), whole(np.clip(column, 0, width - 1))];
    return chosen(np.expand_dims(inside, -1), picked(float, [rows, ...at]), fill_value);
  };
  const weighed = (w: Tensor, z: Tensor): Tensor =>
    np.multiply(np.array(np.expand_dims(w, -1), float.dtype as never), z);
  const blended = (): Tensor => {
    const [left, top] = [np.floor(u), np.floor(v)];
    const [right, bottom] = [np.add(left, 1), np.add(top, 1)];
    const [toRight, toLeft] = [np.subtract(right, u), np.subtract(u, left)];
    const line = (row: Tensor): Tensor =>
      np.add(weighed(toRight, read(row, left)), weighed(toLeft, read(row, right)));
    return np.add(weighed(np.subtract(bottom, v), line(top)), weighed(np.subtract(v, top), line(bottom)));
  };
  const seen = interpolation === "nearest" ? read(nearestTo(v), nearestTo(u)) : blended();
  const y_ = chosen(np.expand_dims(np.broadcast_to(beyond, shape), -1), fill_value, seen);
  return wrap(castValue(y_._value, images._value.dtype));
}

/** The maps that lead back. */
function inverted(maps: Tensor): Tensor {
  const ones = np.ones([maps.shape[0]!, 1], "float32");
  const whole = inv(np.reshape(np.concatenate([maps, ones], 1), [-1, 3, 3]));
  const flat = np.reshape(whole, [-1, 9]);
  return np.divide(flat, np.expand_dims(np.take(flat, 8, 1), 1)).at(":", ":8");
}
/**
 * TensorFlow takes gradients back through the inverse map, as if they were images: near to the derivative, which would
 * add up what went to the same place, but not the same.
 */
function seenThrough(
  images: Tensor,
  maps: Tensor,
  interpolation: string,
  fill_mode: string,
  fill_value: number,
): Tensor {
  const f = custom_gradient((x: Tensor, m: Tensor) => [
    projected(x, m, interpolation, fill_mode, fill_value),
    (gy: Tensor) => [projected(gy, inverted(m), interpolation, fill_mode, 0), null],
  ]);
  return f(images, maps) as Tensor;
}

/** Images whose places are taken from where maps [a, b, c, d, e, f, g, h] put them: x′ = (ax + by + c)/(gx + hy + 1) … */
export const affine_transform = op(
  "image.AffineTransform",
  "affine_transform",
  "images transform interpolation fill_mode fill_value data_format",
  (
    images: TensorLike,
    transform: TensorLike,
    interpolation = "bilinear",
    fill_mode = "constant",
    fill_value = 0,
    data_format: DataFormat = null,
  ): Tensor => {
    checkInterpolation(interpolation);
    checkFillMode(fill_mode);
    const [x, maps] = [tensor(images), tensor(transform, "float32")];
    checkImageRank(x.shape);
    if (maps.ndim !== 1 && maps.ndim !== 2)
      throw new ValueError(
        `Invalid transform rank: expected rank 1 (single transform) or rank 2 (batch of transforms). Received input with shape: transform.shape=${shapeText(maps.shape)}`,
      );
    const own = maps.ndim === 1 ? np.expand_dims(maps, 0) : maps;
    return onBatch(x, data_format, (batch) =>
      seenThrough(batch, own, interpolation, fill_mode, Number(fill_value)),
    );
  },
  { arity: 2, shape: shapes.same, keepsType: true },
);

function checkPoints(points: Shape, name: string): void {
  const ok = (points.length === 2 || points.length === 3) && points.at(-2) === 4 && points.at(-1) === 2;
  if (!ok)
    throw new ValueError(
      `Invalid ${name} shape: expected (4,2) for a single image or (N,4,2) for a batch. Received shape: ${shapeText(points)}`,
    );
}
/** The projective maps that take four points to four others: eight equations, two of each pair. */
function homography(start: Tensor, end: Tensor): Tensor {
  const count = start.shape[0]!;
  const ones = np.ones([count, 4, 1], "float32");
  const zeros = np.zeros([count, 4, 3], "float32");
  const rows = (side: number, own: readonly Tensor[]): Tensor => {
    const s = np.expand_dims(np.take(start, side, 2), -1);
    return np.concatenate([...own, np.multiply(np.negative(s), end)], 2);
  };
  const first = rows(0, [end, ones, zeros]);
  const second = rows(1, [zeros, end, ones]);
  const matrix = np.reshape(np.stack([first, second], 2), [count, 8, 8]);
  const y = solve(matrix, np.reshape(start, [count, 8, 1]));
  return np.reshape(y, [count, 8]);
}

/** Images as if they were turned in space: the start points of each come to lie at its end points. */
export const perspective_transform = op(
  "image.PerspectiveTransform",
  "perspective_transform",
  "images start_points end_points interpolation fill_value data_format",
  (
    images: TensorLike,
    start_points: TensorLike,
    end_points: TensorLike,
    interpolation = "bilinear",
    fill_value = 0,
    data_format: DataFormat = null,
  ): Tensor => {
    checkInterpolation(interpolation);
    const [x, start, end] = [tensor(images), tensor(start_points, "float32"), tensor(end_points, "float32")];
    checkImageRank(x.shape);
    checkPoints(start.shape, "start_points");
    checkPoints(end.shape, "end_points");
    if (shapeText(start.shape) !== shapeText(end.shape))
      throw new ValueError(
        `start_points and end_points must have the same shape. Received start_points.shape=${shapeText(start.shape)}, end_points.shape=${shapeText(end.shape)}`,
      );
    const batched = (p: Tensor): Tensor => (p.ndim === 2 ? np.expand_dims(p, 0) : p);
    const maps = homography(batched(start), batched(end));
    return onBatch(x, data_format, (batch) =>
      seenThrough(batch, maps, interpolation, "constant", Number(fill_value)),
    );
  },
  { arity: 3, shape: shapes.same, keepsType: true },
);

/** Places brought back into an axis of length n, by the mode of {@link map_coordinates}. */
const PLACES: Readonly<Record<string, (at: Tensor, n: number) => Tensor>> = {
  constant: (at, n) => np.clip(at, 0, n - 1),
  nearest: (at, n) => np.clip(at, 0, n - 1),
  mirror: (at, n) => mirrored(at, n, 0),
  reflect: (at, n) => mirrored(at, n, 1),
  wrap: (at, n) => np.mod(at, n),
};
function mirrored(at: Tensor, n: number, less: number): Tensor {
  const m = np.mod(np.abs(at), 2 * n);
  return chosen(np.less(m, n), m, np.subtract(2 * n - less, m));
}

/** A neighbour of places along one axis: which, whether it exists, and its weight. */
interface Neighbour {
  readonly at: Value;
  readonly valid: Tensor;
  readonly weight: Tensor | null;
}
function neighbours(places: Tensor, n: number, order: number, mode: string): Neighbour[] {
  const one = (i: Tensor, weight: Tensor | null): Neighbour => ({
    at: whole(PLACES[mode]!(i, n)),
    valid: np.logical_and(np.greater_equal(i, 0), np.less(i, n)),
    weight,
  });
  const isFloat = places._type.kind === "float";
  if (order === 0) return [one(np.array(isFloat ? np.round(places) : places, "int32"), null)];
  const low = np.floor(places);
  const upper = np.subtract(places, low);
  const i = np.array(low, "int32");
  return [one(i, np.subtract(1, upper)), one(np.add(i, 1), upper)];
}

/**
 * Elements at places between those of a tensor, one coordinate of `coordinates` an axis.
 *
 * @param order - 0 for the nearest element, 1 for linear interpolation
 * @throws NotImplementedError for higher orders
 */
export const map_coordinates = op(
  "image.MapCoordinates",
  "map_coordinates",
  "inputs coordinates order fill_mode fill_value",
  (
    inputs: TensorLike,
    coordinates: TensorLike,
    order: number,
    fill_mode = "constant",
    fill_value: number | Tensor = 0,
  ): Tensor => {
    const x = tensor(inputs);
    const places = tensor(Array.isArray(coordinates) ? np.stack(coordinates as Tensor[]) : coordinates);
    if (places.shape[0] !== x.ndim)
      throw new ValueError(
        `First dim of \`coordinates\` must be the same as the rank of \`inputs\`. Received inputs with shape: ${shapeText(x.shape)} and coordinate leading dim of ${places.shape[0]}`,
      );
    if (places.ndim < 2)
      throw new ValueError(
        `Invalid coordinates rank: expected at least rank 2. Received input with shape: ${shapeText(places.shape)}`,
      );
    if (!(fill_mode in PLACES))
      throw new ValueError(
        `Invalid value for argument \`fill_mode\`. Expected one of {${Object.keys(PLACES)
          .map((m) => `'${m}'`)
          .join(", ")}}. Received: fill_mode=${fill_mode}`,
      );
    if (order !== 0 && order !== 1)
      throw new NotImplementedError("map_coordinates currently requires order<=1");
    const axes = x.shape.map((n, d) => neighbours(np.take(places, d, 0), n, order, fill_mode));
    const type = order === 0 && places._type.kind !== "float" ? "int32" : places.dtype;
    const corners = axes.reduce<Neighbour[][]>(
      (all, own) => all.flatMap((corner) => own.map((o) => [...corner, o])),
      [[]],
    );
    const terms = corners.map((corner) => {
      const seen = np.array(
        picked(
          x,
          corner.map((o) => o.at),
        ),
        type as never,
      );
      const valid = corner.map((o) => o.valid).reduce((p, q) => np.logical_and(p, q));
      const value =
        fill_mode === "constant" ? chosen(valid, seen, np.array(fill_value, type as never)) : seen;
      return corner.reduce((y, { weight }) => (weight === null ? y : np.multiply(weight, y)), value);
    });
    const sum = terms.reduce((p, q) => np.add(p, q));
    const isWhole = x._type.kind === "int" || x._type.kind === "uint";
    const y = isWhole && sum._type.kind === "float" ? np.round(sum) : sum;
    return wrap(castValue(y._value, valueOf(x).dtype));
  },
  { arity: 2, shape: ([, coordinates]) => coordinates!.slice(1), keepsType: true },
);
