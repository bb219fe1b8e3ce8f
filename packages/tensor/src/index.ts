/**
 * Arrays with a history: the handle, the tape, backward, views and in-place writes. It reads derivatives from the
 * kernel's op table and knows no op by name.
 *
 * @packageDocumentation
 */
export { apply, call, callMany, type Input } from "./apply.js";
export { CustomNode } from "./autograd/custom-node.js";
export { type BackwardOptions, observeBackward, runBackward, willRun } from "./autograd/engine.js";
export {
  bare,
  currentForward,
  enterForward,
  exitForward,
  innermostOf,
  insideMap,
  isMapped,
  markMapped,
  setTangent,
  tangentOf,
  withoutTangent,
} from "./autograd/forward.js";
export {
  ForwardLevel,
  forward,
  gradEnabled,
  inferenceEnabled,
  type Mode,
  noGrad,
  restoreMode,
  setMode,
  withMode,
} from "./autograd/mode.js";
export { type Edge, GraphNode, LeafNode } from "./autograd/node.js";
export { OpNode } from "./autograd/op-node.js";
export { popSavedHooks, pushSavedHooks, type SavedHooks, savedHooks } from "./autograd/saved.js";
export { VIEW_LABEL } from "./autograd/view.js";
export { AutogradError, type AutogradProblem } from "./errors.js";
export { applyInPlace, applyViewInPlace, COPY_SLICES, checkWritable } from "./in-place.js";
export { Value, type ViewInfo } from "./value.js";
