import type { Tensor } from "../../tensor/tensor.js";
import { moduleClass } from "../module/keywords.js";
import { ModuleImpl } from "../module.js";

class DataParallelImpl extends ModuleImpl {
  declare module: ModuleImpl;
  readonly dim: number;

  constructor(module: ModuleImpl, _device_ids: unknown = null, _output_device: unknown = null, dim = 0) {
    super();
    this.dim = dim;
    this.module = module;
  }
  override forward(...inputs: never[]): Tensor {
    return this.module(...inputs);
  }
}

/** `torch.nn.DataParallel`: on the CPU the module itself, whose names in the state dict begin with `module.`. */
export const DataParallel = moduleClass(
  "nn.parallel.data_parallel.DataParallel",
  "module device_ids output_device dim",
  DataParallelImpl,
);
export type DataParallel = DataParallelImpl;
