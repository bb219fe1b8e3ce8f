import { def } from "@cognate/py";
import { type DTypeLike, toKernel } from "../dtype.js";
import { inTorchWords } from "../errors.js";
import { tensorOf } from "./create.js";
import { type Nested, type Tensor, wrap } from "./tensor.js";

/** A fresh leaf from numbers, nested lists, typed arrays or arrays of any package. */
export const tensor = def(
  "torch.tensor",
  "data * dtype device requires_grad",
  (data: Nested, dtype: DTypeLike | null = null, _device: unknown = null, requires_grad = false): Tensor =>
    inTorchWords("tensor", () => {
      const t = wrap(tensorOf(data, dtype ? toKernel(dtype, "tensor") : undefined));
      return requires_grad ? t.requires_grad_() : t;
    }),
);
