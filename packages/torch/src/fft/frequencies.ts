import { ops, arange as sequence } from "@cognate/kernel";
import { def } from "@cognate/py";
import { call, Value } from "@cognate/tensor";
import { type DeviceLike, requireCpu } from "../device.js";
import { type DTypeLike, getDefault } from "../dtype.js";
import { axis, type Dims, deliver, type Int, int, ints, typeOf, valueOf } from "../ops/args.js";
import { type Tensor, type TensorLike, wanting, wrap } from "../tensor/tensor.js";

/** A maker of the frequencies first … first + count − 1, turned so that 0 comes first, over n·d. */
const frequencies = (name: string, range: (n: number) => readonly [number, number]) =>
  def(
    `torch.fft.${name}`,
    "n d * out dtype layout device requires_grad",
    (
      n: Int,
      d: number | Number = 1,
      out: Tensor | null = null,
      dtype: DTypeLike | null = null,
      layout: unknown = null,
      device: DeviceLike = null,
      requires_grad = false,
    ): Tensor => {
      void layout;
      requireCpu(device);
      const count = int(n);
      const [first, length] = range(count);
      const type = typeOf(dtype, name) ?? out?._value.dtype ?? getDefault();
      const numbers = new Value(sequence(type, length, first));
      const turned = call(ops.roll, [numbers], { shifts: [first], dims: [0] });
      const y = call(ops.mul, [turned, 1 / (count * Number(d))], undefined);
      return out ? deliver(y, out, name) : wanting(wrap(y), requires_grad);
    },
  );

/** The frequencies of {@link fft}'s results for samples that are d apart: 0, 1, …, −1 over n·d. */
export const fftfreq = frequencies("fftfreq", (n) => [-Math.floor(n / 2), n]);
/** The frequencies of {@link rfft}'s results: 0, 1, …, n/2 over n·d. */
export const rfftfreq = frequencies("rfftfreq", (n) => [0, Math.floor(n / 2) + 1]);

const shift = (name: string, by: (n: number) => number) =>
  def(`torch.fft.${name}`, "input dim", (input: TensorLike, dim: Dims = null): Tensor => {
    const x = valueOf(input);
    const dims = dim === null ? x.shape.map((_, i) => i) : ints([dim]).map((d) => axis(d, x.shape.length));
    return wrap(call(ops.roll, [x], { shifts: dims.map((d) => by(x.shape[d]!)), dims }));
  });

/** Axes turned so that frequency 0 stands in their middle. */
export const fftshift = shift("fftshift", (n) => Math.floor(n / 2));
/** The inverse of {@link fftshift}. */
export const ifftshift = shift("ifftshift", (n) => Math.floor((n + 1) / 2));
