import { bfloat16 } from "@cognate/kernel";
import { fromStrided, type ndarray } from "@cognate/ndarray";
import { def, RuntimeError, TypeError } from "@cognate/py";
import type { Tensor } from "./tensor.js";

/**
 * The tensor as `np.ndarray` that looks at the same memory; `force` takes it out of the graph first.
 *
 * @throws RuntimeError for a tensor that wants a gradient, TypeError for bfloat16
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.zeros(2, 2);
 * const a = x.numpy();
 * x.set([0, 1], 5);
 * print(a);
 * // prints
 * // [[0. 5.]
 * //  [0. 0.]]
 * ```
 */
export const numpy = def("numpy", "self * force", (self: Tensor, force = false): ndarray => {
  if (self.requires_grad && !force)
    throw new RuntimeError(
      "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
    );
  const { array } = self._value;
  if (array.dtype === bfloat16) throw new TypeError("Got unsupported ScalarType BFloat16");
  return fromStrided(array);
});

/** {@link numpy}, as NumPy asks for it. */
export const __array__ = def("__array__", "self", (self: Tensor): ndarray => numpy(self));
