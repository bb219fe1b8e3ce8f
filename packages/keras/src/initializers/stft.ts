import { dtypeNamed } from "@cognate/kernel";
import { pyClass, ValueError } from "@cognate/py";
import { castValue, valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { arange } from "../ops/numpy/creation.js";
import { absolute, cos, sin, sqrt, square } from "../ops/numpy/elementwise.js";
import { sum } from "../ops/numpy/reduction.js";
import { reshape } from "../ops/numpy/shape.js";
import { InitializerImpl } from "./initializer.js";
import { windowValues } from "./windows.js";

type Side = "real" | "imag";

class STFTImpl extends InitializerImpl {
  readonly side: Side;
  readonly window: string | TensorLike | null;
  readonly scaling: string | null;
  readonly periodic: boolean;

  constructor(
    side: Side = "real",
    window: string | TensorLike | null = "hann",
    scaling: string | null = "density",
    periodic = false,
  ) {
    if (side !== "real" && side !== "imag")
      throw new ValueError(`side should be 'real' or 'imag', not ${String(side)}`);
    if (typeof window === "string") windowValues(window, 1, periodic);
    if (scaling !== null && scaling !== "density" && scaling !== "spectrum")
      throw new ValueError(
        `Scaling is invalid, it must be \`None\`, 'density' or 'spectrum'. Received scaling=${scaling}`,
      );
    super();
    this.side = side;
    this.window = window;
    this.scaling = scaling;
    this.periodic = periodic;
  }

  override _make(shape: readonly number[], dtype: string): Tensor {
    const type = dtypeNamed(dtype)!;
    const number = (x: number): Tensor => wrap(valueOf(x, type));
    const [frame, , bins] = shape as readonly [number, number, number];
    const frequency = reshape.impl(arange.impl(0, bins, 1, dtype), [1, 1, bins]).div(number((bins - 1) * 2));
    const time = reshape.impl(arange.impl(0, frame, 1, dtype), [frame, 1, 1]);
    const angles = time.mul(number(-2)).mul(frequency).mul(number(Math.PI));
    const kernel = this.side === "real" ? cos.impl(angles) : sin.impl(angles);
    if (this.window === null) return kernel;
    const given =
      typeof this.window === "string" ? windowValues(this.window, frame, this.periodic) : this.window;
    const window = wrap(castValue(valueOf(given), type));
    if (window.ndim !== 1 || window.length !== frame)
      throw new ValueError(
        `The shape of \`window\` must be equal to [frame_length].Received: window shape=${window.shape}`,
      );
    const weighted = kernel.mul(reshape.impl(window, [frame, 1, 1]));
    if (this.scaling === null) return weighted;
    const total =
      this.scaling === "density" ? sqrt.impl(sum.impl(square.impl(window))) : sum.impl(absolute.impl(window));
    return weighted.div(total);
  }
  override get_config(): Record<string, unknown> {
    const { side, window, periodic, scaling } = this;
    return { side, window, periodic, scaling };
  }
}
/** `keras.initializers.STFT`: the kernel of a short-time Fourier transform `[frame, channels, bins]`, real or imaginary part. */
export const STFT = pyClass(
  "keras.src.initializers.constant_initializers.STFT",
  "side window scaling periodic",
  STFTImpl,
);
export type STFT = STFTImpl;
