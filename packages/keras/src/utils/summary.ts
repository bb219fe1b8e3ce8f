import { className, format, repr, ValueError, write } from "@cognate/py";
import type { KerasTensor } from "../backend/keras-tensor.js";
import type { Variable } from "../backend/variable.js";
import type { Node } from "../ops/node.js";
import * as tree from "../tree.js";
import { type Alignment, tableLines } from "./rich-table.js";

/** What `summary` takes. */
export interface SummaryOptions {
  line_length?: number | null;
  /** Where columns end, as parts of the line. */
  positions?: readonly number[] | null;
  /** Takes the text instead of the output. */
  print_fn?: ((text: string) => unknown) | null;
  expand_nested?: boolean;
  show_trainable?: boolean;
  /** The names of the first and the last layer, or patterns for them. */
  layer_range?: readonly string[] | null;
}

/** A layer or operation as far as a summary shows it. */
interface Shown {
  readonly name: string;
  readonly _inbound_nodes: readonly Node[];
  readonly built?: boolean;
  readonly trainable?: boolean;
  readonly weights?: readonly Variable[];
  readonly layers?: readonly Shown[];
  readonly output_shape?: unknown;
  readonly _build_shapes_dict?: Readonly<Record<string, unknown>> | null;
  count_params?(): number;
  compute_output_shape?(...shapes: unknown[]): unknown;
}
interface ShownModel extends Shown {
  readonly layers: readonly Shown[];
  readonly _graph?: {
    readonly operations: readonly Shown[];
    readonly nodesByDepth: readonly (readonly [number, readonly Node[]])[];
  };
  readonly trainable_weights: readonly Variable[];
  readonly non_trainable_weights: readonly Variable[];
  readonly compiled?: boolean;
  readonly optimizer?: { readonly built: boolean; readonly variables: readonly Variable[] } | null;
}

/** The width of the terminal, 80 where there is none. */
function terminalWidth(): number {
  const { process } = globalThis as {
    process?: { stdout?: { columns?: number }; env?: Record<string, string | undefined> };
  };
  return process?.stdout?.columns ?? (Number(process?.env?.COLUMNS) || 80);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const count = (weights: readonly Variable[]): number => sum(weights.map((w) => w.size));

/** Bits of an element type's name; bools count one. */
const bitsOf = (dtype: string): number => (dtype === "bool" ? 1 : Number(/\d+$/.exec(dtype)?.[0] ?? 32));
const memory = (weights: readonly Variable[]): number =>
  sum([...new Set(weights)].map((w) => w.size * bitsOf(w.dtype))) / 8;

/** `4.82 KB`. */
export function readable_memory_size(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB", "PB"];
  let size = bytes;
  for (const unit of units) {
    if (size / 1024 < 1) return `${format(size, ".2f")} ${unit}`;
    size /= 1024;
  }
  return `${format(size, ".2f")} PB`;
}

const shapeText = (shape: readonly (number | null)[]): string =>
  `(${shape.map((d) => d ?? "None").join(", ")})`;

function outputShape(layer: Shown): string {
  const nodes = layer._inbound_nodes;
  const shapes = layer._build_shapes_dict;
  if (nodes.length === 0 && (!shapes || Object.keys(shapes).length === 0)) return "?";
  let texts: unknown;
  if (nodes.length > 0) {
    const outputs = nodes[nodes.length - 1]!.output_tensors;
    texts = outputs.map((x: KerasTensor) => shapeText(x.shape));
  } else
    try {
      const known = "output_shape" in layer ? layer.output_shape : undefined;
      const found = known ?? layer.compute_output_shape?.(...Object.values(shapes!));
      texts = tree.mapShapes(shapeText, found);
    } catch {
      return "?";
    }
  const flat = tree.flatten(texts);
  if (flat.length === 1) return flat[0] as string;
  return repr(texts).replaceAll("'", "");
}

const isBetween = (node: Node, nodes: ReadonlySet<Node> | null): boolean => nodes === null || nodes.has(node);

function connections(layer: Shown, nodes: ReadonlySet<Node>): string {
  const parts = layer._inbound_nodes
    .filter((node) => isBetween(node, nodes))
    .flatMap((node) =>
      node.input_tensors.map((x) => {
        const h = x._keras_history!;
        return `${h.operation.name}[${h.node_index}][${h.tensor_index}]`;
      }),
    );
  return parts.join(", ") || "-";
}

/** Whether a graph is one layer after the other, each called once. */
function isSequence(model: ShownModel): boolean {
  const graph = model._graph;
  if (!graph) return true;
  const nodes = new Set<Node>();
  for (const [, group] of graph.nodesByDepth) {
    if (group.length > 1 || group[0]!.input_tensors.length > 1) return false;
    for (const node of group) nodes.add(node);
  }
  return model.layers.every((layer) => layer._inbound_nodes.filter((n) => nodes.has(n)).length <= 1);
}

/** The first and the last layer to show. @throws ValueError */
function rangeOf(layers: readonly Shown[], range: readonly string[] | null): [number, number] {
  if (range === null) return [0, layers.length];
  if (range.length !== 2)
    throw new ValueError(
      `layer_range must be a list or tuple of length 2. Received: layer_range = ${repr(range)} of length ${range.length}`,
    );
  if (range.some((name) => typeof name !== "string"))
    throw new ValueError(`layer_range should contain string type only. Received: ${repr(range)}`);
  const [low, high] = range.map((pattern) => {
    const test = new RegExp(`^(?:${pattern})`);
    return layers.flatMap((layer, i) => (test.test(layer.name) ? [i] : []));
  }) as [number[], number[]];
  if (low.length === 0 || high.length === 0)
    throw new ValueError(
      `Passed layer_names do not match the layer names in the model. Received: ${repr(range)}`,
    );
  return Math.min(...low) > Math.max(...high)
    ? [Math.min(...high), Math.max(...low) + 1]
    : [Math.min(...low), Math.max(...high) + 1];
}

const HEADERS = ["Layer (type)", "Output Shape", "Param #", "Connected to"] as const;
const ALIGNMENTS: readonly Alignment[] = ["left", "left", "right", "left"];

/** Prints what a model is made of, as Keras's tables. @throws ValueError */
export function print_summary(given: object, options: SummaryOptions = {}): void {
  const text = summaryText(given, options);
  if (options.print_fn) options.print_fn(text);
  else write(text);
}

/** The text of {@link print_summary}. */
export function summaryText(
  given: object,
  {
    line_length = null,
    positions = null,
    expand_nested = false,
    show_trainable = false,
    layer_range = null,
  }: SummaryOptions = {},
): string {
  const model = given as ShownModel;
  const sequential = isSequence(model);
  const layers = model._graph?.operations ?? model.layers;
  const graphNodes = new Set(model._graph?.nodesByDepth.flatMap(([, group]) => group) ?? []);
  const width = terminalWidth();
  let ends = positions ?? (sequential ? [0.45, 0.8, 1] : [0.3, 0.56, 0.74, 1]);
  const headers: string[] = HEADERS.slice(0, sequential ? 3 : 4);
  const alignments = ALIGNMENTS.slice(0, headers.length);
  if (show_trainable) {
    ends = [...ends.map((p) => p * 0.9), 1];
    headers.push("Trainable");
    alignments.push("center");
  }
  const length = line_length ?? Math.min((sequential ? 88 : 108) + (show_trainable ? 12 : 0), width - 4);
  let before = 0;
  const widths = ends.map((end) => {
    const own = Math.trunc(end * length) - before;
    if (own < 4) throw new ValueError("Insufficient console width to print summary.");
    before += own;
    return own;
  });

  const fields = (layer: Shown, prefix: string): string[] => {
    const params =
      layer.built === undefined
        ? "0"
        : layer.built
          ? format(layer.count_params?.() ?? 0, ",")
          : "0 (unbuilt)";
    const row = [`${prefix}${layer.name} (${className(layer.constructor)})`, outputShape(layer), params];
    if (!sequential) row.push(connections(layer, graphNodes));
    if (show_trainable) row.push(layer.weights?.length ? (layer.trainable ? "Y" : "N") : "-");
    return row;
  };
  const rowsOf = (layer: Shown, level: number): string[][] => {
    const own = fields(layer, level > 0 ? `${"   ".repeat(level)}└ ` : "");
    const inside = expand_nested ? (layer.layers ?? []) : [];
    return [own, ...inside.flatMap((inner) => rowsOf(inner, level + 1))];
  };
  const [from, to] = rangeOf(layers, layer_range);
  const rows = layers.slice(from, to).flatMap((layer) => rowsOf(layer, 0));
  const columns = headers.map((header, i) => ({ header, align: alignments[i]!, width: widths[i]! }));
  const table = tableLines(columns, rows, length).map((line) => [...line].slice(0, width).join(""));
  return `${[`Model: "${model.name}"`, ...table, ...totals(model)].join("\n")}\n`;
}

function totals(model: ShownModel): string[] {
  const { trainable_weights, non_trainable_weights, optimizer } = model;
  const slots = model.compiled && optimizer?.built ? optimizer.variables : null;
  const line = (what: string, n: number, bytes: number): string =>
    ` ${what} params: ${format(n, ",")} (${readable_memory_size(bytes)})`;
  const parts = [trainable_weights, non_trainable_weights, slots ?? []];
  return [
    line("Total", sum(parts.map(count)), sum(parts.map(memory))),
    line("Trainable", count(trainable_weights), memory(trainable_weights)),
    line("Non-trainable", count(non_trainable_weights), memory(non_trainable_weights)),
    ...(slots ? [line("Optimizer", count(slots), memory(slots))] : []),
  ];
}
