import { warnOnce, XGBoostError } from "../errors.js";
import type { ParamSet } from "../params/param-set.js";

/** Names that no group has. */
const ELSEWHERE: readonly string[] = [
  "eval_metric",
  "num_output_group",
  "nthread",
  "use_cuda_async_pool",
  "use_rmm",
  "verbosity",
];

/** @throws XGBoostError unless XGBoost knows the device, too. */
export function checkDevice(device: string): void {
  if (!/^(cpu|sycl(:(cpu|gpu))?(:\d+)?|(cuda|gpu)(:\d+)?)$/.test(device))
    throw new XGBoostError(
      `Invalid argument for \`device\`. Expected to be one of the following:\n- cpu\n- cuda\n- cuda:<device ordinal>  # e.g. cuda:0\n- gpu\n- gpu:<device ordinal>   # e.g. gpu:0\nGot: \`${device}\`.`,
    );
}

/** Tells which parameters nothing reads. */
export function warnUnused(keys: readonly string[], groups: readonly ParamSet[]): void {
  for (const key of keys)
    if (/\s/.test(key)) throw new XGBoostError(`Invalid parameter "${key}" contains whitespace.`);
  const unused = keys.filter((k) => !ELSEWHERE.includes(k) && !groups.some((g) => g.knows(k))).sort();
  if (unused.length > 0) warnOnce(`Parameters: { ${unused.map((k) => `"${k}"`).join(", ")} } are not used.`);
}
