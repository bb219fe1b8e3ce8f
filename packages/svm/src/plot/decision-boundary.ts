import { type ArrayLike, asStrided, type ndarray } from "@cognate/ndarray/core";
import { def, str, ValueError } from "@cognate/py";
import { f64, floats, type TargetLike } from "../base/arrays.js";
import { check_is_fitted, type Estimator } from "../base/estimator.js";
import { encode } from "../base/labels.js";
import { columnOr1d } from "../base/validation.js";
import { type Line, levelLines } from "./contours.js";

/** How the picture is drawn. */
export interface BoundaryOptions {
  readonly width?: number;
  readonly height?: number;
  /** Cells of the grid along the longer side. */
  readonly resolution?: number;
  readonly title?: string;
}

interface Drawn extends Estimator {
  predict(X: ndarray): ndarray;
  decision_function?(X: ndarray): ndarray;
  readonly support_?: ndarray;
  readonly classes_?: ndarray;
}

const FILLS = ["#a6cee3", "#fdbf6f", "#b2df8a", "#cab2d6", "#fb9a99", "#ffff99"];
const DOTS = ["#1f78b4", "#ff7f00", "#33a02c", "#6a3d9a", "#e31a1c", "#b15928"];
const EDGE = 24;

const short = (v: number): string => String(Math.round(v * 100) / 100);
const escaped = (t: string): string => t.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/**
 * A picture of a fitted classifier of two features, as SVG: the regions of the classes, the samples, for two classes the
 * line where the decision function is 0 and, dashed, the margins at ±1, and rings around the support vectors.
 *
 * @param model - fitted, of two features
 * @param X - samples, [n_samples, 2]
 * @param y - their labels
 * @throws ValueError for other numbers of features, NotFittedError
 *
 * @example
 * ```ts
 * import { decision_boundary, SVC } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const X = [[0, 0], [1, 1], [3, 3], [4, 4]];
 * const clf = SVC({ kernel: "linear" }).fit(X, [0, 0, 1, 1]);
 * print(decision_boundary(clf, X, [0, 0, 1, 1]).startsWith("<svg")); // prints True
 * ```
 */
export const decision_boundary = def(
  "decision_boundary",
  "model X y width height resolution title",
  (
    model: Estimator,
    X: ArrayLike,
    y: TargetLike | null = null,
    width = 640,
    height = 480,
    resolution = 120,
    title = "",
  ): string => {
    check_is_fitted(model);
    const a = asStrided(X);
    if (a.rank !== 2 || a.shape[1] !== 2)
      throw new ValueError(
        `a picture has two features, X has shape ${str(a.shape.length === 2 ? `(${a.shape[0]}, ${a.shape[1]})` : a.shape)}`,
      );
    const points = floats(a);
    const frame = frameOf(points, width, height, resolution);
    const e = model as Drawn;
    const grid = f64(frame.grid, [frame.columns * frame.rows, 2]);
    const regions = encode(columnOr1d(e.predict(grid), false));
    const classes = e.classes_ ?? regions.classes;
    const known = classes.tolist() as unknown[];
    const codes = Int32Array.from((regions.classes.tolist() as unknown[]).map((c) => known.indexOf(c)));
    const cells = regions.codes.map((c) => codes[c]!);
    const parts = [regionsOf(cells, frame)];
    if (known.length <= 2 && typeof e.decision_function === "function") {
      const values = floats(e.decision_function(grid));
      for (const level of [-1, 0, 1])
        parts.push(pathOf(levelLines(values, frame.columns, frame.rows, level), frame, level));
    }
    const labels =
      y === null ? null : (columnOr1d(y, false).tolist() as unknown[]).map((v) => known.indexOf(v));
    parts.push(dotsOf(points, labels, frame));
    if (e.support_ && e.support_.size > 0) parts.push(ringsOf(points, floats(e.support_), frame));
    parts.push(axesOf(frame));
    if (title)
      parts.push(
        `<text x="${width / 2}" y="16" text-anchor="middle" font-size="13">${escaped(title)}</text>`,
      );
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif">\n${parts.join("\n")}\n</svg>\n`;
  },
);

/** Where the grid lies in the data, and the data in the picture. */
interface Frame {
  readonly low: readonly [number, number];
  readonly high: readonly [number, number];
  readonly columns: number;
  readonly rows: number;
  /** Corners of the grid, row by row. */
  readonly grid: Float64Array;
  readonly width: number;
  readonly height: number;
  readonly x: (v: number) => number;
  readonly y: (v: number) => number;
}

function frameOf(points: Float64Array, width: number, height: number, resolution: number): Frame {
  const range = (axis: number): readonly [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = axis; i < points.length; i += 2) {
      low = Math.min(low, points[i]!);
      high = Math.max(high, points[i]!);
    }
    const pad = high > low ? 0.08 * (high - low) : 1;
    return [low - pad, high + pad];
  };
  const [[x0, x1], [y0, y1]] = [range(0), range(1)];
  const columns = Math.max(2, Math.round(resolution));
  const rows = Math.max(2, Math.round((resolution * height) / width));
  const grid = new Float64Array(2 * columns * rows);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      grid[2 * (r * columns + c)] = x0 + ((x1 - x0) * c) / (columns - 1);
      grid[2 * (r * columns + c) + 1] = y0 + ((y1 - y0) * r) / (rows - 1);
    }
  return {
    low: [x0, y0],
    high: [x1, y1],
    columns,
    rows,
    grid,
    width,
    height,
    x: (v) => EDGE + ((width - 2 * EDGE) * (v - x0)) / (x1 - x0),
    y: (v) => height - EDGE - ((height - 2 * EDGE) * (v - y0)) / (y1 - y0),
  };
}

/** Regions as runs of cells of one class. */
function regionsOf(cells: Int32Array, f: Frame): string {
  const [w, h] = [(f.width - 2 * EDGE) / (f.columns - 1), (f.height - 2 * EDGE) / (f.rows - 1)];
  const paths = new Map<number, string>();
  for (let r = 0; r < f.rows; r++)
    for (let c = 0; c < f.columns; ) {
      const value = cells[r * f.columns + c]!;
      let end = c;
      while (end < f.columns && cells[r * f.columns + end] === value) end++;
      const left = Math.max(EDGE, EDGE + (c - 0.5) * w);
      const right = Math.min(f.width - EDGE, EDGE + (end - 0.5) * w);
      const top = Math.max(EDGE, f.height - EDGE - (r + 0.5) * h);
      const bottom = Math.min(f.height - EDGE, f.height - EDGE - (r - 0.5) * h);
      const d = `M${short(left)} ${short(top)}H${short(right)}V${short(bottom)}H${short(left)}Z`;
      paths.set(value, (paths.get(value) ?? "") + d);
      c = end;
    }
  return [...paths]
    .sort(([a], [b]) => a - b)
    .map(([k, d]) => `<path class="region" data-class="${k}" fill="${FILLS[((k % 6) + 6) % 6]}" d="${d}"/>`)
    .join("\n");
}

function pathOf(lines: readonly Line[], f: Frame, level: number): string {
  if (lines.length === 0) return "";
  const [sx, sy] = [(f.high[0] - f.low[0]) / (f.columns - 1), (f.high[1] - f.low[1]) / (f.rows - 1)];
  const at = ([c, r]: readonly [number, number]): string =>
    `${short(f.x(f.low[0] + c * sx))} ${short(f.y(f.low[1] + r * sy))}`;
  const d = lines.map((l) => `M${l.map(at).join("L")}`).join("");
  const kind =
    level === 0
      ? 'class="boundary" stroke-width="1.6"'
      : 'class="margin" stroke-width="1.2" stroke-dasharray="6 4"';
  return `<path ${kind} data-level="${level}" fill="none" stroke="#000" d="${d}"/>`;
}

const dotsOf = (points: Float64Array, labels: readonly number[] | null, f: Frame): string =>
  Array.from({ length: points.length / 2 }, (_, i) => {
    const fill = labels ? DOTS[((labels[i]! % 6) + 6) % 6] : "#555";
    return `<circle class="sample" cx="${short(f.x(points[2 * i]!))}" cy="${short(f.y(points[2 * i + 1]!))}" r="3.2" fill="${fill}" stroke="#fff" stroke-width="0.6"/>`;
  }).join("\n");

const ringsOf = (points: Float64Array, support: Float64Array, f: Frame): string =>
  Array.from(support)
    .filter((i) => 2 * i + 1 < points.length)
    .map(
      (i) =>
        `<circle class="support" cx="${short(f.x(points[2 * i]!))}" cy="${short(f.y(points[2 * i + 1]!))}" r="6.5" fill="none" stroke="#000" stroke-width="1"/>`,
    )
    .join("\n");

function axesOf(f: Frame): string {
  const label = (v: number): string => String(Number(v.toPrecision(3)));
  const corner = `font-size="10" fill="#333"`;
  return [
    `<rect x="${EDGE}" y="${EDGE}" width="${f.width - 2 * EDGE}" height="${f.height - 2 * EDGE}" fill="none" stroke="#333"/>`,
    `<text ${corner} x="${EDGE}" y="${f.height - 8}">${label(f.low[0])}</text>`,
    `<text ${corner} x="${f.width - EDGE}" y="${f.height - 8}" text-anchor="end">${label(f.high[0])}</text>`,
    `<text ${corner} x="2" y="${f.height - EDGE}">${label(f.low[1])}</text>`,
    `<text ${corner} x="2" y="${EDGE + 8}">${label(f.high[1])}</text>`,
  ].join("\n");
}
