import { toTensor } from "../core/convert.js";
import { as_dtype, complex64, float32, int32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { type Data, def, type Name } from "./make.js";
import { cast, divide, multiply } from "./math.js";

/* Fourier transforms of any axes. */

type List = readonly number[] | Tensor | null;
const listOf = (x: List): number[] | null =>
  x === null ? null : (toTensor(x as Data).tolist() as (number | bigint)[]).map(Number);

/** What a sum is divided by beside a transform that is not divided, or beside one that is divided already. */
const nd = (py: string, type: string, kind: "complex" | "real" | "back") =>
  def(
    `tensorflow.signal.${py}`,
    "input fft_length axes norm name",
    (
      input: Data,
      fft_length: List = null,
      axes: List = null,
      norm: string | null = null,
      name: Name = null,
    ): Tensor => {
      let x = toTensor(input, { hint: kind === "real" ? float32 : complex64 });
      if (kind !== "real" && !x.dtype.is_complex) x = cast(x, complex64);
      if (kind === "real" && !x.dtype.is_floating) x = cast(x, float32);
      const rank = x.shape.length;
      const dims = listOf(axes) ?? Array.from({ length: rank }, (_, i) => i);
      const lengths =
        listOf(fft_length) ??
        dims.map((d, i) => {
          const n = x.shape.at(d) as unknown as number;
          return kind === "back" && i === dims.length - 1 ? 2 * (n - 1) : n;
        });
      const forward = !type.startsWith("I");
      const count = lengths.reduce((p, n) => p * n, 1);
      const wide = x.dtype.name === "complex128" || x.dtype.name === "float64";
      const out =
        kind === "real"
          ? { Tcomplex: as_dtype(wide ? "complex128" : "complex64") }
          : kind === "back"
            ? { Treal: as_dtype(wide ? "float64" : "float32") }
            : {};
      const y = one(
        type,
        [x, toTensor(lengths, { dtype: int32 }), toTensor(dims, { dtype: int32 })],
        out,
        name,
      );
      if (norm === null || norm === "backward") return y;
      const by = cast(norm === "ortho" ? Math.sqrt(count) : count, y.dtype);
      return forward ? divide(y, by) : multiply(y, by);
    },
  );
export const fftnd = nd("fftnd", "FFTND", "complex");
export const ifftnd = nd("ifftnd", "IFFTND", "complex");
export const rfftnd = nd("rfftnd", "RFFTND", "real");
export const irfftnd = nd("irfftnd", "IRFFTND", "back");
