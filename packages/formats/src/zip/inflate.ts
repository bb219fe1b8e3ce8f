import { Inflate, inflateSync, Unzlib, unzlibSync } from "fflate";
import { FormatError } from "../bytes/errors.js";

/** Up to this many times its own size, inflated data is given its memory at once. */
const TRUSTED_RATIO = 16;
/** Compressed bytes fed in one step when the declared size is beyond that: at most 4 MiB come out of each. */
const STEP = 4096;

type Problem = (found: string, wanted: string) => FormatError;

/**
 * `data` (raw deflate) inflated to exactly `size` bytes.
 *
 * The declared size is believed only as far as the compressed bytes make it likely; beyond that, memory grows with what
 * really comes out, and stops at `size`.
 */
export const inflateExactly = (data: Uint8Array, size: number, problem: Problem): Uint8Array =>
  exactly(data, size, problem, inflateSync, Inflate);
/** {@link inflateExactly} for zlib's format. */
export const inflateZlib = (data: Uint8Array, size: number, problem: Problem): Uint8Array =>
  exactly(data, size, problem, unzlibSync, Unzlib);

type Whole = (data: Uint8Array, options: { out: Uint8Array }) => Uint8Array;
type Stream = typeof Inflate | typeof Unzlib;

function exactly(data: Uint8Array, size: number, problem: Problem, whole: Whole, Of: Stream): Uint8Array {
  let out: Uint8Array;
  try {
    out =
      size <= data.length * TRUSTED_RATIO + 1024
        ? // One byte more than declared, so that data that is longer shows.
          whole(data, { out: new Uint8Array(size + 1) })
        : inflateSlowly(data, size, Of);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw Object.assign(problem(`broken (${(cause as Error).message})`, "deflated data"), { cause });
  }
  if (out.length !== size)
    throw problem(out.length > size ? "longer" : `${out.length} bytes long`, `${size} bytes after inflation`);
  return out;
}

function inflateSlowly(data: Uint8Array, size: number, Of: Stream): Uint8Array {
  let out: Uint8Array = new Uint8Array(Math.min(size, data.length * TRUSTED_RATIO + 1024));
  let n = 0;
  const stream = new Of((chunk) => {
    const fits = Math.min(chunk.length, size + 1 - n);
    if (n + fits > out.length) {
      const wider = new Uint8Array(Math.min(size + 1, Math.max(2 * out.length, n + fits)));
      wider.set(out.subarray(0, n));
      out = wider;
    }
    out.set(chunk.subarray(0, fits), n);
    n += fits;
  });
  for (let i = 0; i < data.length && n <= size; i += STEP)
    stream.push(data.slice(i, i + STEP), i + STEP >= data.length);
  return out.subarray(0, n);
}
