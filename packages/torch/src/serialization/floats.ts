import { className, Tuple } from "@cognate/py";
import { layerNamed } from "../nn/module/registry.js";
import { pathOf } from "./safe-globals.js";

/** Options of layers that are floats in Python. Here they are plain numbers, which do not tell 1.0 from 1. */
const FLOATS = new Set(
  "alpha beta delta div_value dropout eps init k label_smoothing lambd lower margin max_norm max_val min_val momentum negative_slope norm norm_type output_ratio p scale_factor threshold upper".split(
    " ",
  ),
);

/** Where an option of such a name is whatever number it was given. */
const NO_FLOATS: Readonly<Record<string, readonly string[]>> = {
  MultiMarginLoss: ["p"],
  Threshold: ["threshold"],
  LPPool1d: ["norm_type"],
  LPPool2d: ["norm_type"],
  LPPool3d: ["norm_type"],
};

/** Classes whose fields are all the user's. */
const PLAIN = new Set(["Module", "Sequential", "ModuleList", "ModuleDict", "ParameterList", "ParameterDict"]);

/** The layer of PyTorch's that a class is or extends; `undefined` for classes that only extend Module or a container. */
export function layerOf(C: Function): Function | undefined {
  for (
    let at: Function | null = C;
    typeof at === "function";
    at = Object.getPrototypeOf(at) as Function | null
  ) {
    const layer = layerNamed(pathOf(at));
    if (layer) return PLAIN.has(className(layer)) ? undefined : layer;
  }
  return undefined;
}

/** Whether a field of a layer is a float in Python. */
export const isFloatOption = (layer: Function | undefined, name: string): boolean =>
  layer !== undefined && FLOATS.has(name) && !NO_FLOATS[className(layer)]?.includes(name);

/** Every number in `x`, which may be a tuple, as `of` makes it. */
export function eachNumber(x: unknown, of: (n: number) => unknown): unknown {
  if (typeof x === "number" || x instanceof Number) return of(Number(x));
  return x instanceof Tuple ? Tuple.of_(x.map((v) => eachNumber(v, of))) : x;
}
