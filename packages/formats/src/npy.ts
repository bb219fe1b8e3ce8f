import { contiguous, contiguousStrides, Strided, sizeOf } from "@cognate/kernel";
import { type ArrayReadOptions, bytesOfArray, readStorage } from "./bytes/arrays.js";
import { Cursor } from "./bytes/cursor.js";
import { WriteError } from "./bytes/errors.js";
import { joinBytes, Sink } from "./bytes/sink.js";
import { type ByteInput, type ByteSource, withSource } from "./bytes/source.js";
import { descrOf, KNOWN_DESCRS, parseDescr } from "./numpy-dtypes.js";
import { type Literal, pyLiteral } from "./py-literal.js";
import { ZipArchive, type ZipReadOptions } from "./zip/reader.js";
import { zipPieces } from "./zip/writer.js";

const MAGIC = "\x93NUMPY";
/** NumPy's own limit for headers of files that are not trusted. */
const LONGEST_HEADER = 10_000;
const MOST_AXES = 64;

/**
 * Reads one NumPy `.npy` array, format 1.0 to 3.0, in either byte order, row- or column-major. Specification:
 * numpy.lib.format.
 *
 * @throws FormatError; structured, string and object arrays are refused by name.
 *
 * @example
 * ```ts
 * import { float32, Strided } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * import { readNpy, writeNpy } from "@cognate/formats";
 * const bytes = writeNpy(Strided.over(Float32Array.of(1, 2, 3), float32, [3]));
 * print([...readNpy(bytes).flat()]); // prints [1, 2, 3]
 * ```
 */
export function readNpy(input: ByteInput, options: ArrayReadOptions = {}): Strided {
  return withSource(input, (source) => readFrom(source, options));
}

function readFrom(source: ByteSource, options: ArrayReadOptions): Strided {
  const c = new Cursor(source.read(0, Math.min(source.size, 12 + LONGEST_HEADER)), "npy");
  c.expect(MAGIC);
  const major = c.u8();
  const minor = c.u8();
  if (major < 1 || major > 3 || minor !== 0)
    throw c.fail("the version", `${major}.${minor}`, "1.0, 2.0 or 3.0", 6);
  const length = major === 1 ? c.u16() : c.u32();
  if (length > LONGEST_HEADER)
    throw c.fail("the header", `${length} bytes long`, `at most ${LONGEST_HEADER} bytes`);
  const at = c.pos;
  const text = major < 3 ? c.latin1(length, "the header") : c.text(length, "the header");
  const wanted = "a dict of descr, fortran_order and shape";
  const header = pyLiteral(text, (found) => c.fail("the header", found, wanted, at));
  if (header === null || typeof header !== "object" || Array.isArray(header))
    throw c.fail("the header", typeof header, wanted, at);
  const { descr, fortran_order, shape } = header as { [key: string]: Literal };
  if (Object.keys(header).length !== 3 || descr === undefined || shape === undefined)
    throw c.fail("the header", `a dict of ${Object.keys(header).join(", ")}`, wanted, at);
  if (typeof fortran_order !== "boolean")
    throw c.fail("the header's fortran_order", JSON.stringify(fortran_order), "True or False", at);
  const type = typeof descr === "string" ? parseDescr(descr) : undefined;
  if (!type) {
    const found = typeof descr === "string" ? JSON.stringify(descr) : "a structured type";
    throw c.fail("the header's descr", found, KNOWN_DESCRS, at);
  }
  const axes = Array.isArray(shape) ? shape : [];
  if (
    !Array.isArray(shape) ||
    axes.length > MOST_AXES ||
    !axes.every((n) => Number.isSafeInteger(n) && (n as number) >= 0)
  )
    throw c.fail("the header's shape", JSON.stringify(shape), `at most ${MOST_AXES} axis lengths`, at);
  const lengths = axes as number[];
  const bytes = sizeOf(lengths) * type.dtype.itemsize;
  if (!(c.pos + bytes <= source.size))
    throw c.fail(
      "the data",
      `${source.size - c.pos} bytes long`,
      `${bytes} bytes for shape (${lengths.join(", ")}) of ${type.dtype}`,
    );
  const storage = readStorage(source, c.pos, type.dtype, sizeOf(lengths), {
    ...options,
    little: type.little,
  });
  const strides = fortran_order
    ? contiguousStrides([...lengths].reverse()).reverse()
    : contiguousStrides(lengths);
  return new Strided(storage, type.dtype, lengths, strides, 0);
}

/** Whether the elements lie column-major (and not row-major, too): NumPy then writes them so. */
function isFortran(a: Strided): boolean {
  if (a.contiguous || a.rank < 2) return false;
  return a.view([...a.shape].reverse(), [...a.strides].reverse()).contiguous;
}

const shapeText = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;

/** The header as NumPy writes it: room to change the first axis in place, then padded to a multiple of 64 bytes. */
function npyHeader(descr: string, fortran: boolean, shape: readonly number[]): Uint8Array {
  let text = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${shapeText(shape)}, }`;
  const growing = shape.length ? String(shape[fortran ? shape.length - 1 : 0]).length : 21;
  text += " ".repeat(21 - growing);
  const pad = 64 - ((10 + text.length + 1) % 64);
  const length = text.length + pad + 1;
  return new Sink(10 + length)
    .latin1(MAGIC)
    .u8(1)
    .u8(0)
    .u16(length)
    .latin1(`${text}${" ".repeat(pad)}\n`)
    .done();
}

/** The pieces of a `.npy` file; the data is not copied where it is contiguous. @throws WriteError for bfloat16. */
export function npyPieces(array: Strided): Uint8Array[] {
  const descr = descrOf(array.dtype);
  if (!descr) throw new WriteError("npy", `NumPy has no element type ${array.dtype}.`);
  const fortran = isFortran(array);
  const header = npyHeader(descr, fortran, array.shape);
  if (!fortran) return [header, bytesOfArray(contiguous(array))];
  const turned = array.view([...array.shape].reverse(), [...array.strides].reverse());
  return [header, bytesOfArray(turned)];
}

/** An array as the bytes of a `.npy` file, as `np.save` writes them. @throws WriteError for bfloat16. */
export const writeNpy = (array: Strided): Uint8Array => joinBytes(npyPieces(array));

/** Reads a `.npz` archive: arrays by name, without the ending `.npy`. Other files in it are left out. @throws FormatError */
export function readNpz(
  input: ByteInput,
  options: ArrayReadOptions & ZipReadOptions = {},
): Map<string, Strided> {
  return withSource(input, (source) => {
    const zip = new ZipArchive(source, { format: "npz", ...options });
    const arrays = new Map<string, Strided>();
    for (const name of zip.names) {
      if (!name.endsWith(".npy")) continue;
      arrays.set(name.slice(0, -4), readFrom(zip.open(name), options));
    }
    return arrays;
  });
}

/** The pieces of a `.npz` archive, as `np.savez` writes them, or `np.savez_compressed`. */
export function npzPieces(
  arrays: Iterable<readonly [string, Strided]>,
  { compressed = false }: { compressed?: boolean } = {},
): Uint8Array[] {
  const records = [...arrays].map(([name, array]) => ({
    name: `${name}.npy`,
    data: npyPieces(array),
    deflate: compressed,
  }));
  return zipPieces(records);
}

/** {@link npzPieces} joined. */
export const writeNpz = (
  arrays: Iterable<readonly [string, Strided]>,
  options?: { compressed?: boolean },
): Uint8Array => joinBytes(npzPieces(arrays, options));
