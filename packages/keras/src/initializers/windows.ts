import { dtypeNamed } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { valueOf } from "../backend/create.js";
import { type Tensor, wrap } from "../backend/tensor.js";
import { arange, ones } from "../ops/numpy/creation.js";
import { absolute, cos, minimum, sin } from "../ops/numpy/elementwise.js";

/*
 * Windows by SciPy's names (`scipy.signal.get_window`).
 */

/** Windows that are sums of cosines: the weights of cos(0), −cos(t), cos(2t) … */
const COSINES: Readonly<Record<string, readonly number[]>> = {
  boxcar: [1],
  hann: [0.5, 0.5],
  hamming: [0.54, 0.46],
  blackman: [0.42, 0.5, 0.08],
  nuttall: [0.3635819, 0.4891775, 0.1365995, 0.0106411],
  blackmanharris: [0.35875, 0.48829, 0.14128, 0.01168],
  flattop: [0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368],
};
const ALIASES: Readonly<Record<string, string>> = {
  box: "boxcar",
  ones: "boxcar",
  rect: "boxcar",
  rectangular: "boxcar",
  hanning: "hann",
  han: "hann",
  hamm: "hamming",
  ham: "hamming",
  black: "blackman",
  blk: "blackman",
  nutt: "nuttall",
  nut: "nuttall",
  blackharr: "blackmanharris",
  bkh: "blackmanharris",
  flat: "flattop",
  flt: "flattop",
  bart: "bartlett",
  brt: "bartlett",
  halfcosine: "cosine",
};

const float64 = dtypeNamed("float64")!;
const number = (x: number): Tensor => wrap(valueOf(x, float64));

/** A window's values in float64. @throws ValueError for a name that is none */
export function windowValues(name: string, length: number, periodic: boolean): Tensor {
  const own = ALIASES[name] ?? name;
  if (!(own in COSINES) && own !== "bartlett" && own !== "cosine")
    throw new ValueError("Unknown window type.");
  if (length <= 1) return ones.impl([length], "float64");
  const n = arange.impl(0, length, 1, "float64");
  // A periodic window is one longer and loses its last value.
  const span = periodic ? length : length - 1;
  if (own === "cosine") return sin.impl(n.add(0.5).mul(number(Math.PI / (span + 1))));
  if (own === "bartlett") return minimum.impl(n, absolute.impl(n.sub(span).neg())).mul(number(2 / span));
  const t = n.mul(number((2 * Math.PI) / span));
  return COSINES[own]!.map((weight, k) =>
    cos.impl(t.mul(number(k))).mul(number(k % 2 ? -weight : weight)),
  ).reduce((sum, term) => sum.add(term));
}
