import { Tuple, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { deserialized, serialized } from "../../object-registry.js";
import * as K from "../../ops/index.js";
import * as tree from "../../tree.js";
import { LayerImpl } from "../layer.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";
import type { Cell } from "./rnn.js";

const outputOf = (cell: Cell): number =>
  cell.output_size ??
  (typeof cell.state_size === "number" ? cell.state_size : (cell.state_size[0] as number));

export class StackedRNNCellsImpl extends StockLayer {
  constructor(
    readonly cells: readonly Cell[],
    options: LayerOptions = {},
  ) {
    super(options);
    for (const cell of cells) {
      if (typeof cell.call !== "function")
        throw new ValueError(
          `All cells must have a \`call\` method. Received cell without a \`call\` method: ${String(cell)}`,
        );
      if (cell.state_size === undefined)
        throw new ValueError(
          `All cells must have a \`state_size\` attribute. Received cell without a \`state_size\`: ${String(cell)}`,
        );
    }
  }
  get state_size(): (number | readonly number[])[] {
    return this.cells.map((c) => c.state_size as number | readonly number[]);
  }
  get output_size(): number {
    return outputOf(this.cells[this.cells.length - 1]!);
  }
  get_initial_state(batch_size: number): unknown[] {
    return this.cells.map((cell) => {
      if (cell.get_initial_state) return cell.get_initial_state(batch_size);
      return tree.map((d: number) => K.zeros([batch_size, d], this.compute_dtype), cell.state_size);
    });
  }
  override build(input_shape: Shape): void {
    let shape: Shape = input_shape;
    for (const cell of this.cells) {
      if (cell instanceof LayerImpl && !cell.built) {
        (cell.build as (shape: Shape) => void)(shape);
        cell.built = true;
      }
      shape = Tuple.of_([input_shape[0]!, outputOf(cell)]);
    }
  }
  override call(inputs: Tensor, states: readonly unknown[], training = false): [Tensor, unknown] {
    let x = inputs;
    const after = this.cells.map((cell, i) => {
      const own = states[i];
      const list = Array.isArray(own) ? [...own] : [own];
      let next: unknown;
      if (cell instanceof LayerImpl) {
        const run = cell as unknown as (...args: unknown[]) => [Tensor, unknown];
        const keywords = cell._signature.names.includes("training") ? [{ training }] : [];
        [x, next] = run(x, list, ...keywords);
      } else [x, next] = (cell.call as (x: Tensor, s: unknown) => [Tensor, unknown])(x, list);
      return Array.isArray(next) && next.length === 1 && !Array.isArray(own) ? next[0] : next;
    });
    return [x, after.length === 1 ? after[0] : after];
  }
  override get_config(): Record<string, unknown> {
    return { ...super.get_config(), cells: this.cells.map((c) => serialized(c)) };
  }
  static override from_config(
    this: unknown,
    config: Readonly<Record<string, unknown>>,
    custom_objects: Readonly<Record<string, unknown>> | null = null,
  ): StackedRNNCellsImpl {
    const { cells, ...rest } = config;
    const made = (cells as unknown[]).map((c) =>
      c instanceof LayerImpl ? c : deserialized(c, {}, custom_objects),
    );
    return new (this as new (...args: unknown[]) => StackedRNNCellsImpl)(made, rest);
  }
}

/** `keras.layers.StackedRNNCells`: cells of which each feeds the next, as one cell. */
export const StackedRNNCells = stock(
  "rnn.stacked_rnn_cells.StackedRNNCells",
  "cells **kwargs",
  StackedRNNCellsImpl,
  { call: "inputs states training=false", config: "cells" },
);
export type StackedRNNCells = StackedRNNCellsImpl;
