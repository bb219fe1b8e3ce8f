import { def, isPlainObject, str, str_format, ValueError } from "@cognate/py";
import { Booster, type MapFile } from "../python/booster.js";
import { XGBModel } from "../sklearn/model.js";
import { at, escaped, picture, textWidth } from "./svg.js";

type Importance = Readonly<Record<string, number>>;

function importanceOf(given: unknown, kind: string, fmap: MapFile): Importance {
  if (given instanceof XGBModel) return importanceOf(given.get_booster(), kind, fmap);
  if (given instanceof Booster) return given.get_score(fmap, kind as "weight") as Importance;
  if (isPlainObject(given)) return given as Importance;
  throw new ValueError("tree must be Booster, XGBModel or dict instance");
}

/** Round steps of an axis, about as many as `count`. */
function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough)!;
  const out: number[] = [];
  for (let v = Math.ceil(low / step) * step; v <= high + step / 1e6; v += step)
    out.push(Math.round(v / step) * step);
  return out;
}

const LINE = 26;
const FONT = 12;
const FILL = "#1f77b4";

/**
 * The features' importance as bars, largest on top: an SVG picture.
 *
 * @param booster - a booster, an estimator, or scores by name
 * @throws ValueError where there is no importance
 *
 * **Differs from XGBoost**: the picture is the result; there are no axes to draw into (`ax`).
 *
 * Source: XGBoost 3.2, `xgboost.plot_importance`.
 *
 * @example
 * ```ts
 * import * as xgb from "@cognate/xgboost";
 * import { dict, print } from "@cognate/py";
 * const svg = xgb.plot_importance(dict({ age: 3, size: 5 }), { title: "Importance" });
 * print(svg.startsWith("<svg"), svg.split('class="bar"').length - 1); // prints True 2
 * ```
 */
export const plot_importance = def(
  "plot_importance",
  "booster:dict height xlim ylim title xlabel ylabel fmap importance_type max_num_features grid show_values values_format",
  (
    booster: Booster | XGBModel | Importance,
    height = 0.2,
    xlim: readonly [number, number] | null = null,
    ylim: readonly [number, number] | null = null,
    title: string | null = "Feature importance",
    xlabel: string | null = "Importance score",
    ylabel: string | null = "Features",
    fmap: MapFile = "",
    importance_type = "weight",
    max_num_features: number | null = null,
    grid = true,
    show_values = true,
    values_format = "{v}",
  ): string => {
    const scores = Object.entries(importanceOf(booster, importance_type, fmap));
    if (scores.length === 0)
      throw new ValueError(
        "Booster.get_score() results in empty.  This maybe caused by having all trees as decision dumps.",
      );
    for (const [name, lim] of Object.entries({ xlim, ylim }))
      if (lim !== null && !(Array.isArray(lim) && lim.length === 2))
        throw new ValueError(`${name} must be a tuple of 2 elements`);
    const sorted = scores.sort(([, a], [, b]) => Number(a) - Number(b));
    const bars = max_num_features === null ? sorted : sorted.slice(-max_num_features);
    const [x0, x1] = xlim ?? [0, Math.max(...bars.map(([, v]) => Number(v))) * 1.1];
    const [y0, y1] = ylim ?? [-1, bars.length];
    const left = 30 + Math.max(...bars.map(([name]) => textWidth(name, FONT)));
    const plot = { width: 420, height: LINE * (y1 - y0) };
    const top = title === null ? 12 : 34;
    const place = {
      x: (v: number): number => left + ((v - x0) / (x1 - x0)) * plot.width,
      y: (v: number): number => top + ((y1 - v) / (y1 - y0)) * plot.height,
    };
    const bottom = top + plot.height;
    const parts = [
      `<rect class="frame" x="${at(left)}" y="${at(top)}" width="${plot.width}" height="${at(plot.height)}" fill="none" stroke="#000"/>`,
    ];
    for (const t of ticks(x0, x1, 6)) {
      if (grid)
        parts.push(
          `<line class="grid" x1="${at(place.x(t))}" y1="${at(top)}" x2="${at(place.x(t))}" y2="${at(bottom)}" stroke="#ccc"/>`,
        );
      parts.push(
        `<text x="${at(place.x(t))}" y="${at(bottom + 16)}" font-size="${FONT}" text-anchor="middle">${str(t)}</text>`,
      );
    }
    const thick = (height / (y1 - y0)) * plot.height;
    bars.forEach(([name, value], i) => {
      const v = Number(value);
      const from = place.x(Math.max(x0, 0));
      parts.push(
        `<rect class="bar" x="${at(Math.min(from, place.x(v)))}" y="${at(place.y(i) - thick / 2)}" width="${at(Math.abs(place.x(v) - from))}" height="${at(thick)}" fill="${FILL}"/>`,
        `<text class="name" x="${at(left - 6)}" y="${at(place.y(i) + 4)}" font-size="${FONT}" text-anchor="end">${escaped(name)}</text>`,
      );
      if (show_values)
        parts.push(
          `<text class="value" x="${at(place.x(v) + 4)}" y="${at(place.y(i) + 4)}" font-size="${FONT}">${escaped(str_format(values_format, { v: value }))}</text>`,
        );
    });
    const width = left + plot.width + 60;
    if (title !== null)
      parts.push(
        `<text x="${at(left + plot.width / 2)}" y="20" font-size="15" text-anchor="middle">${escaped(title)}</text>`,
      );
    if (xlabel !== null)
      parts.push(
        `<text x="${at(left + plot.width / 2)}" y="${at(bottom + 36)}" font-size="${FONT}" text-anchor="middle">${escaped(xlabel)}</text>`,
      );
    if (ylabel !== null)
      parts.push(
        `<text transform="translate(14 ${at(top + plot.height / 2)}) rotate(-90)" font-size="${FONT}" text-anchor="middle">${escaped(ylabel)}</text>`,
      );
    return picture(width, bottom + 46, parts);
  },
);
