import { ops, type Storage, Strided } from "@cognate/kernel";
import { RuntimeError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { Tensor } from "./tensor.js";

/** What deepcopy has copied so far, by original. */
type Memo = Map<object, unknown>;

/** Copies of storages by address, so that tensors that share memory share it in the copy. */
const storages = new WeakMap<Memo, Map<number, Storage>>();

function copyOfMemory({ storage, dtype }: Strided, memo: Memo): Storage {
  let known = storages.get(memo);
  if (!known) storages.set(memo, (known = new Map()));
  let copy = known.get(storage.address);
  if (!copy) {
    const all = new Strided(storage, dtype, [Math.floor(storage.byteLength / dtype.itemsize)], [1], 0);
    copy = (ops.cast.run([all], { dtype, copy: true }) as Strided).storage;
    known.set(storage.address, copy);
  }
  return copy;
}

/**
 * `copy.deepcopy(tensor)`: a leaf of the same class with memory and gradient of its own.
 *
 * @throws RuntimeError for a tensor that was computed from others that want gradients
 */
export function deepcopyTensor(x: Tensor, memo: Memo): Tensor {
  if (!x.is_leaf)
    throw new RuntimeError(
      "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  If you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see https://github.com/pytorch/pytorch/pull/103001",
    );
  const a = x._value.array;
  const value = new Value(new Strided(copyOfMemory(a, memo), a.dtype, a.shape, a.strides, a.offset));
  value.weak = x._value.weak;
  const out = new Tensor(value);
  memo.set(x, out);
  if (x.requires_grad) out.requires_grad_();
  if (x.grad) out.grad = deepcopyTensor(x.grad, memo);
  return out;
}
