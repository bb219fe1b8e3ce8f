import { gradFnOf, type Node } from "../autograd/grad-fn.js";
import type { dtype } from "../dtype.js";
import { type layout as Layout, strided } from "../layout.js";
import { type Tensor, wrap } from "./tensor.js";

// What a tensor says about itself by properties. There is one device and one layout here.

/** The recorded call that gave this tensor: `<AddBackward0 object at 0x…>`; `null` for leaves. */
export const grad_fn = (self: Tensor): Node | null => gradFnOf(self);
/** Which output of its {@link grad_fn} this is. */
export const output_nr = (self: Tensor): number => self._value.output;
/** The type that gradients have. */
export const grad_dtype = (self: Tensor): dtype => self.dtype;
/** The tensor whose memory this one looks at, or `null`. */
export const _base = (self: Tensor): Tensor | null => {
  const { view } = self._value;
  return view && wrap(view.base);
};
/** How often the memory was written in place. */
export const _version = (self: Tensor): number => self._value.array.storage.version;
/** Always `torch.strided`. */
export const layout = (_self: Tensor): Layout => strided;
/** Tensors have no names. */
export const name = (_self: Tensor): null => null;

const never = (_self: Tensor): boolean => false;

export const is_cpu = (_self: Tensor): boolean => true;
export const is_cuda = never;
export const is_ipu = never;
export const is_maia = never;
export const is_meta = never;
export const is_mkldnn = never;
export const is_mps = never;
export const is_mtia = never;
export const is_nested = never;
export const is_quantized = never;
export const is_sparse = never;
export const is_sparse_csr = never;
export const is_vulkan = never;
export const is_xla = never;
export const is_xpu = never;
/** A flag of PyTorch before 0.4: `false`. */
export const volatile = never;
