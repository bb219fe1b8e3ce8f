import { writeFileAtomic } from "@cognate/formats";
import { def, ValueError } from "@cognate/py";
import type { ModelImpl } from "../../models/model.js";
import { dotText } from "./dot.js";
import { modelPlot, type PlotOptions } from "./model-graph.js";
import { svgText } from "./svg.js";

/** A graph in the language of Graphviz. */
export class Dot {
  constructor(private readonly text: string) {}
  /** The text that Graphviz reads. */
  to_string(): string {
    return this.text;
  }
  toString(): string {
    return this.text;
  }
}

/** `keras.utils.model_to_dot`: a model as a graph for Graphviz. @throws ValueError before it is built */
export const model_to_dot = def(
  "keras.utils.model_to_dot",
  "model show_shapes show_dtype show_layer_names rankdir expand_nested dpi subgraph show_layer_activations show_trainable splines",
  (
    model: ModelImpl,
    show_shapes = false,
    show_dtype = false,
    show_layer_names = true,
    rankdir = "TB",
    expand_nested = false,
    dpi = 200,
    _subgraph = false,
    show_layer_activations = false,
    show_trainable = false,
    splines = "ortho",
  ): Dot => {
    const o: PlotOptions = {
      show_shapes,
      show_dtype,
      show_layer_names,
      rankdir,
      expand_nested,
      dpi,
      show_layer_activations,
      show_trainable,
      splines,
    };
    return new Dot(dotText(modelPlot(model, o), o));
  },
);

/**
 * `keras.utils.plot_model`: a model as a picture, an SVG text that is also written where a path is given (`.svg`, or `.dot`
 * for Graphviz).
 *
 * **Differs from Keras**: it needs no Graphviz and draws no bitmaps, and without a path nothing is written.
 *
 * @throws ValueError before the model is built, or for another ending
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const model = keras.Sequential([keras.Input([3]), keras.layers.Dense(2)]);
 * print(keras.utils.plot_model(model).startsWith("<svg")); // prints True
 * ```
 */
export const plot_model = def(
  "keras.utils.plot_model",
  "model to_file show_shapes show_dtype show_layer_names rankdir expand_nested dpi show_layer_activations show_trainable splines",
  (
    model: ModelImpl,
    to_file: string | null = null,
    show_shapes = false,
    show_dtype = false,
    show_layer_names = false,
    rankdir = "TB",
    expand_nested = false,
    dpi = 200,
    show_layer_activations = false,
    show_trainable = false,
    splines = "ortho",
  ): string => {
    const o: PlotOptions = {
      show_shapes,
      show_dtype,
      show_layer_names,
      rankdir,
      expand_nested,
      dpi,
      show_layer_activations,
      show_trainable,
      splines,
    };
    const plot = modelPlot(model, o);
    const svg = svgText(plot, o);
    if (to_file === null) return svg;
    const kind = /\.(svg|dot)$/.exec(to_file)?.[1];
    if (kind === undefined)
      throw new ValueError(
        `Plots of models are written as .svg, or as .dot for Graphviz. Received: to_file=${to_file}`,
      );
    writeFileAtomic(to_file, [new TextEncoder().encode(kind === "svg" ? svg : dotText(plot, o))]);
    return svg;
  },
);
