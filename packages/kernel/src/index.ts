/**
 * The numeric kernel: element types, storages, strided arrays and the table of ops. It knows no framework by name.
 *
 * @packageDocumentation
 */

export * from "./convert/nested.js";
export { arange, eye, linspace, triangleIndices } from "./convert/sequence.js";
export * from "./dtype/dtype.js";
export * from "./dtype/half.js";
export * from "./errors/errors.js";
export { compressed } from "./indexing/pick.js";
export {
  type IndexItem,
  type IndexPlan,
  IndexPlanError,
  type IndexPolicy,
  type IndexProblem,
  planIndex,
  resolveSlice,
  type SliceLike,
} from "./indexing/plan.js";
export { ConvergenceError } from "./linalg/converge.js";
export { exp as preciseExp } from "./math/precise/exp.js";
export { pow as precisePow } from "./math/precise/pow.js";
export { cos as preciseCos } from "./math/precise/trig.js";
export { allocate, allocateData } from "./memory/allocate.js";
export { heapUse, setHeapLimit } from "./memory/heap.js";
export { Storage } from "./memory/storage.js";
export type { ConvParams } from "./ops/conv/geometry.js";
export type { ElementwiseRow } from "./ops/engines/elementwise.js";
export type { AccumulateParams, AlongParams, ReduceParams, ReductionRow } from "./ops/engines/lines.js";
export { sumTo } from "./ops/engines/vjp.js";
export { EinsumError, type EinsumProblem, einsum, parseEinsum } from "./ops/linalg/einsum.js";
export { NotPositiveError, SingularError } from "./ops/linalg/errors.js";
export { tensordot } from "./ops/linalg/tensordot.js";
export type { PoolParams } from "./ops/pool/windows.js";
export { GATE_FUNCTIONS, type GateActivation } from "./ops/recurrent/activations.js";
export type { QuantileMethod } from "./ops/reduction/quantile.js";
export * from "./ops/row.js";
export { eachRow } from "./ops/rows.js";
export { fill, scalarArray } from "./ops/scalar.js";
export type { ViewItem } from "./ops/shape/index-view.js";
export type { ViewStep } from "./ops/shape/view-chain.js";
export { sortedValues } from "./ops/sort/values.js";
export * as ops from "./ops/table.js";
export { onArrays } from "./ops/untracked.js";
export type { Value } from "./ops/value.js";
export type { ResampleAxis } from "./ops/vision/taps.js";
export * as rng from "./rng/index.js";
export { normalizeAxes, normalizeAxis, reducedShape } from "./strided/axes.js";
export { broadcastShapes, broadcastTo, broadcastTwo, sameShape } from "./strided/broadcast.js";
export { castTo, cloneContiguous, contiguous, copyInto } from "./strided/copy.js";
export { integersOf, storeIntegers } from "./strided/integers.js";
export { viewStrides } from "./strided/reshape.js";
export { resized } from "./strided/resize.js";
export { contiguousStrides, type Shape, Strided, sizeOf } from "./strided/strided.js";
export { getThreads, setThreads, sharedCalls } from "./threads/pool.js";
export { knownFinite } from "./wasm/finite.js";
export { wasmBuild } from "./wasm/instance.js";
export { type AdamStep, adamInPlace, type DescentStep, descendInPlace } from "./wasm/kernels/optimize.js";
export { gaussianInPlace, WasmRows } from "./wasm/panels.js";
export {
  type FastKernel,
  fastCalls,
  registerFastKernel,
  unregisterFastKernel,
  withoutFastKernels,
} from "./wasm/registry.js";
export { MachineArena } from "./wasm/svm.js";
export { TreeArena, type TreeKernels } from "./wasm/trees.js";
