/** The `.npy` format, NumPy's `numpy.lib.format`. */

import { contiguous } from "@cognate/kernel";
import {
  type ArrayLike,
  type DTypeLike,
  dtype,
  isFortran,
  type ndarray,
  toKernel,
} from "@cognate/ndarray/core";
import { def, Tuple, ValueError } from "@cognate/py";
import { asArray, strided } from "../internal.js";
import { load, save } from "../io/files.js";

export const MAGIC_PREFIX = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
export const MAGIC_LEN = 8;
export const ARRAY_ALIGN = 64;

const bytes = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((p) => [...p]));

/** The first eight bytes of a file of a version. @throws ValueError */
export const magic = def(
  "numpy.lib.format.magic",
  "major minor",
  (major: number, minor: number): Uint8Array => {
    if (major < 0 || major > 255) throw new ValueError("major version must be 0 <= major < 256");
    if (minor < 0 || minor > 255) throw new ValueError("minor version must be 0 <= minor < 256");
    return bytes(MAGIC_PREFIX, [major, minor]);
  },
);

/** The version that a file's first bytes name. @throws ValueError */
export const read_magic = def("numpy.lib.format.read_magic", "fp", (fp: Uint8Array): Tuple<number> => {
  const given = [...fp.slice(0, 6)];
  if (fp.length < MAGIC_LEN || given.some((b, i) => b !== MAGIC_PREFIX[i]))
    throw new ValueError("the magic string is not correct; expected b'\\x93NUMPY'");
  return Tuple.of_([fp[6]!, fp[7]!]);
});

/** The text that stands for an element type in a header. */
export const dtype_to_descr = def(
  "numpy.lib.format.dtype_to_descr",
  "dtype",
  (type: DTypeLike): string => dtype(toKernel(type)).str,
);
/** The element type that a header's text stands for. */
export const descr_to_dtype = def(
  "numpy.lib.format.descr_to_dtype",
  "descr",
  (descr: string): dtype => dtype(descr),
);

/** What the header says of an array. */
export const header_data_from_array_1_0 = def(
  "numpy.lib.format.header_data_from_array_1_0",
  "array",
  (array: ArrayLike) => {
    const x = asArray(array);
    const fortran_order = isFortran(x._a) && !x._a.contiguous;
    return { descr: x.dtype.str, fortran_order, shape: x.shape };
  },
);

/** An array as the bytes of a file. */
export const write_array = def(
  "numpy.lib.format.write_array",
  "fp array version allow_pickle pickle_kwargs",
  (fp: string | null, array: ArrayLike): Uint8Array | null => {
    if (fp === null) return save(contiguous(strided(array)) as ArrayLike);
    return save(fp, array);
  },
);
/** The array in a file's bytes. */
export const read_array = def(
  "numpy.lib.format.read_array",
  "fp allow_pickle pickle_kwargs * max_header_size",
  (fp: string | Uint8Array): ndarray => load.impl(fp),
);
/** An array whose file is read where its elements are looked at. */
export const open_memmap = def(
  "numpy.lib.format.open_memmap",
  "filename mode",
  (filename: string, _mode = "r+"): ndarray => load.impl(filename),
);
