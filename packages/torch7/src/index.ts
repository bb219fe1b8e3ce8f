/**
 * Lua Torch7 in TypeScript: `torch`, `nn` and `optim` as a port of a Lua snippet uses them. Indices and axes count from 1,
 * methods of tensors work in place.
 *
 * @packageDocumentation
 */
export { LuaError } from "./errors.js";
export { type Criterion, type Module, nn } from "./nn/index.js";
export { optim } from "./optim/index.js";
export { Table } from "./table.js";
export type { TensorImpl as Tensor } from "./tensor/tensor.js";
export { torch } from "./torch.js";
