/** PyTorch's names for the backward nodes of rows whose own name, capitalised, is not it. */
const GRAD_FN: Readonly<Record<string, string>> = {
  accumulate: "AccumulateGrad",
  asStrided: "AsStridedBackward0",
  assign: "CopyBackwards",
  cast: "ToCopyBackward0",
  fftC2c: "FftC2CBackward0",
  fftC2r: "FftC2RBackward0",
  fftR2c: "FftR2CBackward0",
  copySlices: "CopySlices",
  matmul: "MmBackward0",
  indexView: "SliceBackward0",
  reshape: "ViewBackward0",
};

/** What `grad_fn=<…>` shows for a node: a row's name, or the label that a function of this package gave. */
export function gradFnName(name: string): string {
  const own = GRAD_FN[name];
  if (own) return own;
  return /^[A-Z]/.test(name) ? name : `${name[0]!.toUpperCase()}${name.slice(1)}Backward0`;
}
