/** `torch.backends`: what the machine has, as a build of PyTorch for the CPU says it. */

const yes = (): boolean => true;
const no = (): boolean => false;

export const cpu = { get_cpu_capability: (): string => "DEFAULT" };
export const cuda = {
  is_built: no,
  matmul: {
    allow_tf32: false,
    allow_fp16_reduced_precision_reduction: true,
    allow_bf16_reduced_precision_reduction: true,
  },
};
export const cudnn = {
  enabled: true,
  benchmark: false,
  benchmark_limit: null,
  deterministic: false,
  allow_tf32: true,
  is_available: no,
  version: (): null => null,
};
export const mkl = { is_available: yes };
export const mkldnn = { enabled: true, deterministic: false, allow_tf32: true, is_available: yes };
export const mps = { is_available: no, is_built: no };
export const openmp = { is_available: yes };
export const opt_einsum = { enabled: true, strategy: "auto", is_available: yes };
