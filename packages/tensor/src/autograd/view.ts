import { type OpRow, ops, type ViewStep } from "@cognate/kernel";
import type { Value, ViewInfo } from "../value.js";
import { OpNode } from "./op-node.js";

/** The steps from a view's base, as that is seen now, to the view. */
export function chainOf({ base, since, chain }: ViewInfo): readonly ViewStep[] {
  const { undo } = base;
  return undo && undo.length > since ? [...undo.slice(since).reverse(), ...chain] : chain;
}

/**
 * Makes the place of a view in the graph right again after its memory was written in place: it is then a view of what
 * its base has become.
 */
export function refreshView(value: Value, view: ViewInfo): void {
  const { version } = value.array.storage;
  if (view.seen === version) return;
  view.seen = version;
  const { base } = view;
  if (base.ownNode === null || !base.requiresGrad) return;
  const row = ops.viewChain as unknown as OpRow;
  const node = new OpNode(row, { chain: chainOf(view) }, [base], [value.array]);
  node.label = VIEW_LABEL;
  value.setNode(node, 0);
}

/** The label of the node that {@link refreshView} makes. */
export const VIEW_LABEL = "asStrided";
