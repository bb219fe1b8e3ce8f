import { FileError } from "./errors.js";
import { nodeFileSystem } from "./node.js";
import { type ByteInput, guard, withSource } from "./source.js";

/** All bytes of a file. @throws FileError */
export const readFile = (path: string): Uint8Array => withSource(path, (s) => s.read(0, s.size));

/** The bytes behind `input`: memory is given as it is, a path is read. @throws FileError */
export function bytesOf(input: ByteInput): Uint8Array {
  if (input instanceof Uint8Array) return input;
  return withSource(input, (s) => s.read(0, s.size));
}

/** What the asynchronous twins take besides {@link ByteInput}. */
export type AsyncByteInput = ByteInput | Blob | URL | Response | ReadableStream<Uint8Array>;

/**
 * The bytes behind `input`. A `URL`, and a string where there is no file system, is fetched.
 *
 * @throws FileError when the server does not answer with success.
 */
export async function bytesOfAsync(input: AsyncByteInput): Promise<Uint8Array> {
  if (typeof input === "string" && nodeFileSystem()) return readFile(input);
  if (input instanceof URL && input.protocol === "file:") return readFile(decodeURIComponent(input.pathname));
  if (typeof input === "string" || input instanceof URL) {
    const response = await fetch(input);
    if (!response.ok)
      throw new FileError(
        String(input),
        `HTTP_${response.status}`,
        `${input} answered ${response.status} ${response.statusText}.`,
      );
    return bytesOfAsync(response);
  }
  if (input instanceof Blob || input instanceof Response) return new Uint8Array(await input.arrayBuffer());
  if (input instanceof ReadableStream)
    return new Uint8Array(await new Response(input as unknown as BodyInit).arrayBuffer());
  return bytesOf(input);
}

export interface WriteFileOptions {
  /** Told of each number of bytes that was written, of large files every few megabytes. */
  progress?(bytes: number): void;
}

/** How many bytes are written between two reports of progress. */
const STEP = 2 ** 23;

let saves = 0;

/**
 * Writes a file so that `path` holds either the old or the new content, never a part: into a file beside it, flushed to
 * the disk, then renamed over it. Pieces are written one after the other without being joined in memory.
 *
 * @throws FileError; what stood at `path` is then untouched and nothing is left beside it.
 */
export function writeFileAtomic(
  path: string,
  content: Uint8Array | Iterable<Uint8Array>,
  { progress }: WriteFileOptions = {},
): void {
  const fs = nodeFileSystem();
  if (!fs)
    throw new FileError(
      path,
      "NO_FILE_SYSTEM",
      `cannot write ${JSON.stringify(path)}: there is no file system here; save without a path to get the bytes.`,
    );
  const unique = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}${(saves++).toString(36)}`;
  const beside = `${path}.${unique}.tmp`;
  const fd = guard(path, () => fs.openSync(beside, "wx"));
  const atOnce = progress ? STEP : 2 ** 30;
  try {
    guard(path, () => {
      try {
        for (const piece of content instanceof Uint8Array ? [content] : content)
          for (let done = 0; done < piece.length; ) {
            const n = fs.writeSync(fd, piece, done, Math.min(piece.length - done, atOnce));
            done += n;
            progress?.(n);
          }
        fs.fsyncSync(fd);
      } finally {
        fs.closeSync(fd);
      }
      fs.renameSync(beside, path);
    });
  } catch (error) {
    try {
      fs.unlinkSync(beside);
    } catch {
      // The first error is the one that says what went wrong.
    }
    throw error;
  }
}
