/** What the library is built for: one thread of WebAssembly where there is any, no accelerators. */
export const build_info = (): Readonly<Record<string, boolean | readonly number[]>> => ({
  BUILTIN_PREFETCH_PRESENT: false,
  DEBUG: false,
  MM_PREFETCH_PRESENT: false,
  USE_CUDA: false,
  USE_DLOPEN_NCCL: false,
  USE_FEDERATED: false,
  USE_NCCL: false,
  USE_OPENMP: false,
  USE_RMM: false,
});
