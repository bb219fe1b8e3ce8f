// Tensors over bytes.
import { bytesOf } from "@cognate/formats";
import { Strided, uint8 } from "@cognate/kernel";
import { def, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import type { DTypeLike } from "../dtype.js";
import { type Tensor, wanting, wrap } from "../tensor/tensor.js";
import { type Int, int, typeOf } from "./args.js";

type Bytes = Uint8Array | ArrayBuffer;

/**
 * The numbers that stand in bytes, as a tensor of one axis; the bytes are copied.
 *
 * @param count - how many numbers; −1 for all that there are
 * @param offset - where they begin
 * @throws ValueError for bytes that do not make whole numbers, or too few
 */
export const frombuffer = def(
  "torch.frombuffer",
  "buffer * dtype count offset requires_grad",
  (buffer: Bytes, dtype: DTypeLike, count: Int = -1, offset: Int = 0, requires_grad = false): Tensor => {
    const type = typeOf(dtype, "frombuffer")!;
    const bytes = bytesOf(buffer);
    const [n, start, size, width] = [int(count), int(offset), bytes.length, type.itemsize];
    if (size <= 0 || n === 0)
      throw new ValueError(`both buffer length (${size}) and count (${n}) must not be 0`);
    if (start < 0 || start >= size)
      throw new ValueError(
        `offset (${start} bytes) must be non-negative and no greater than buffer length (${size} bytes) minus 1`,
      );
    if (n < 0 && (size - start) % width !== 0)
      throw new ValueError(
        `buffer length (${size - start} bytes) after offset (${start} bytes) must be a multiple of element size (${width})`,
      );
    const wanted = n < 0 ? (size - start) / width : n;
    if (start + wanted * width > size)
      throw new ValueError(
        `requested buffer length (${wanted} * ${width} bytes) after offset (${start} bytes) must not be greater than actual buffer length (${size} bytes)`,
      );
    const own = bytes.slice(start, start + wanted * width);
    const { storage } = Strided.over(own, uint8, [own.length]);
    return wanting(wrap(new Value(new Strided(storage, type, [wanted], [1], 0))), requires_grad);
  },
);
