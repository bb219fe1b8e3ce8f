import { className, repr, Tuple, ValueError } from "@cognate/py";
import type { LayerImpl } from "../../layers/layer.js";
import type { ModelImpl } from "../../models/model.js";
import type { Graph } from "../../ops/graph.js";
import type { OperationImpl } from "../../ops/operation.js";
import * as tree from "../../tree.js";

/*
 * What plots of models show: boxes of lines, and arrows between them.
 */

/** What a plot shows, and in which direction it goes. */
export interface PlotOptions {
  readonly show_shapes: boolean;
  readonly show_dtype: boolean;
  readonly show_layer_names: boolean;
  readonly rankdir: string;
  readonly expand_nested: boolean;
  readonly dpi: number;
  readonly show_layer_activations: boolean;
  readonly show_trainable: boolean;
  readonly splines: string;
}

/** A part of a box's last row: its background, what it says, and the value that stands out. */
export interface Cell {
  readonly background: "white" | "forestgreen" | "firebrick";
  readonly text: string;
  readonly value: string;
}
export interface Box {
  readonly id: number;
  readonly title: string;
  /** The class behind a name. */
  readonly kind: string | null;
  readonly activation: string | null;
  readonly cells: readonly Cell[];
  /** The nested models that it is in, from outside. */
  readonly clusters: readonly string[];
}
export interface ModelPlot {
  readonly boxes: readonly Box[];
  readonly edges: readonly (readonly [from: number, to: number])[];
}

interface Plotted {
  readonly name: string;
  readonly layers: readonly LayerImpl[];
  readonly _graph?: Graph;
  readonly _functional?: { readonly _graph: Graph } | null;
}
const kindOf = (x: object): string =>
  typeof (x as OperationImpl)._obj_type === "function" ? (x as OperationImpl)._obj_type() : "";
const isNested = (x: OperationImpl): boolean => ["Functional", "Sequential"].includes(kindOf(x));
/** The graph of a model of layers; `null` for models with a `call` of their own. */
const graphOf = (model: object): Graph | null =>
  (model as Plotted)._graph ?? (model as Plotted)._functional?._graph ?? null;

/** Shapes as the plots have them. */
function shapeOf(layer: OperationImpl, side: "input" | "output"): string {
  try {
    const shapes = tree.map(
      (x: { shape: readonly (number | null)[] }) => Tuple.of_([...x.shape]),
      (layer as unknown as Record<string, unknown>)[side],
    );
    if (shapes !== null && typeof shapes === "object" && !Array.isArray(shapes))
      return Object.entries(shapes as object)
        .map(([k, v]) => `${k}: ${repr(v)}`)
        .join(", ");
    return repr(shapes);
  } catch {
    return "?";
  }
}
function dtypeOf(layer: OperationImpl): string {
  try {
    const found = tree.map(
      (x: { dtype: string }) => x.dtype,
      (layer as unknown as { output: unknown }).output,
    );
    return typeof found === "string" ? found : repr(found);
  } catch {
    return "?";
  }
}

function boxOf(layer: OperationImpl, id: number, clusters: readonly string[], o: PlotOptions): Box {
  const kind = className(layer.constructor);
  const { activation, trainable, weights } = layer as unknown as {
    activation?: ({ name?: string; __name__?: string } & object) | null;
    trainable?: boolean;
    weights?: readonly unknown[];
  };
  const cells: Cell[] = [];
  const cell = (text: string, value: string): void => void cells.push({ background: "white", text, value });
  if (o.show_shapes) {
    if (kind !== "InputLayer") cell("Input shape: ", shapeOf(layer, "input"));
    cell("Output shape: ", shapeOf(layer, "output"));
  }
  if (o.show_dtype) cell("Output dtype: ", dtypeOf(layer));
  if (o.show_trainable && weights && weights.length > 0)
    cells.push({
      background: trainable ? "forestgreen" : "firebrick",
      text: "",
      value: trainable ? "Trainable" : "Non-trainable",
    });
  return {
    id,
    title: o.show_layer_names ? layer.name : kind,
    kind: o.show_layer_names ? kind : null,
    activation:
      o.show_layer_activations && activation
        ? (activation.__name__ ?? activation.name ?? String(activation))
        : null,
    cells,
    clusters,
  };
}

/** Boxes and arrows of a model. @throws ValueError before it is built */
export function modelPlot(model: ModelImpl, o: PlotOptions): ModelPlot {
  if (!model.built)
    throw new ValueError(
      "This model has not yet been built. Build the model first by calling `build()` or by calling the model on a batch of data.",
    );
  const boxes: Box[] = [];
  const ids = new Map<OperationImpl, number>();
  const edges = new Map<string, readonly [number, number]>();
  const connect = (from: OperationImpl, to: OperationImpl): void => {
    const [a, b] = [ids.get(from), ids.get(to)];
    if (a !== undefined && b !== undefined) edges.set(`${a} ${b}`, [a, b]);
  };
  /** Where a nested model's tensors really come from, and go to. */
  const source = (operation: OperationImpl, tensor: number): OperationImpl => {
    const graph = o.expand_nested && isNested(operation) ? graphOf(operation) : null;
    const history = graph?.outputs[tensor]?._keras_history;
    return history ? source(history.operation, history.tensor_index) : operation;
  };
  const target = (operation: OperationImpl, input: number): OperationImpl => {
    const graph = o.expand_nested && isNested(operation) ? graphOf(operation) : null;
    const history = graph?.inputs[input]?._keras_history;
    return history ? target(history.operation, 0) : operation;
  };
  const add = (layer: OperationImpl, clusters: readonly string[]): void => {
    ids.set(layer, boxes.length);
    boxes.push(boxOf(layer, boxes.length, clusters, o));
  };
  const visit = (inner: object, clusters: readonly string[]): void => {
    const graph = graphOf(inner);
    const sequential = kindOf(inner) === "Sequential";
    // A Sequential model's own plot has no box for its input unless models in it are opened.
    const layers: readonly OperationImpl[] =
      graph && (!sequential || o.expand_nested) ? graph.operations : (inner as Plotted).layers;
    for (const layer of layers)
      if (o.expand_nested && isNested(layer) && graphOf(layer)) visit(layer, [...clusters, layer.name]);
      else add(layer, clusters);
    if (graph === null || (sequential && !o.expand_nested)) {
      for (let i = 1; i < layers.length; i++) connect(layers[i - 1]!, layers[i]!);
      return;
    }
    for (const node of graph.nodes)
      node.input_tensors.forEach((tensor, i) => {
        const history = tensor._keras_history;
        if (history) connect(source(history.operation, history.tensor_index), target(node.operation, i));
      });
  };
  if (isNested(model)) visit(model, []);
  else add(model, []);
  return { boxes, edges: [...edges.values()] };
}
