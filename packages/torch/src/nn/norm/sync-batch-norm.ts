import { ValueError } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { fieldsOf, setField } from "../module/fields.js";
import { moduleClass } from "../module/keywords.js";
import { ModuleImpl } from "../module.js";
import { BatchNormBase } from "./batch-norm.js";

class SyncBatchNormImpl extends BatchNormBase {
  process_group: unknown;

  constructor(
    num_features: number,
    eps = 1e-5,
    momentum: number | null = 0.1,
    affine = true,
    track_running_stats = true,
    process_group: unknown = null,
    device: unknown = null,
    dtype: DTypeLike | null = null,
    bias = true,
  ) {
    super({ num_features, eps, momentum, affine, track_running_stats, device, dtype, bias });
    this.process_group = process_group;
  }
  override _check_input_dim(input: Tensor): void {
    if (input.ndim < 2) throw new ValueError(`expected at least 2D input (got ${input.ndim}D input)`);
    if (input.shape[1] === 0)
      throw new ValueError("SyncBatchNorm number of input channels should be non-zero");
  }

  /** The module with every batch norm in it, however deep, as one of these; a batch norm itself becomes a new layer. */
  static convert_sync_batchnorm(module: ModuleImpl, process_group: unknown = null): ModuleImpl {
    const converted = module instanceof BatchNormBase ? synchronized(module, process_group) : module;
    for (const [name, child] of fieldsOf(module, "module"))
      if (child instanceof ModuleImpl)
        setField(converted, name, SyncBatchNormImpl.convert_sync_batchnorm(child, process_group));
    return converted;
  }
}

function synchronized(from: BatchNormBase, process_group: unknown): ModuleImpl {
  const { num_features, eps, momentum, affine, track_running_stats } = from;
  const to = new SyncBatchNorm(num_features, eps, momentum, affine, track_running_stats, process_group, {
    bias: from.bias !== null,
  }) as unknown as BatchNormBase;
  if (affine) {
    to.weight = from.weight;
    if (from.bias !== null) to.bias = from.bias;
  }
  to.running_mean = from.running_mean;
  to.running_var = from.running_var;
  to.num_batches_tracked = from.num_batches_tracked;
  to.training = from.training;
  return to;
}

/**
 * `torch.nn.SyncBatchNorm`: batch norm over the batches of all processes; there is one process here, so that it computes
 * what {@link BatchNorm1d} and its kin compute, for any rank from 2 on.
 */
export const SyncBatchNorm = moduleClass(
  "batchnorm.SyncBatchNorm",
  "num_features eps momentum affine track_running_stats process_group device dtype * bias",
  SyncBatchNormImpl,
  "input",
);
export type SyncBatchNorm = SyncBatchNormImpl;
