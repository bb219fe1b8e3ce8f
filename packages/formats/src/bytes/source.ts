import { FileError, FormatError } from "./errors.js";
import { type FileSystem, nodeFileSystem } from "./node.js";

/**
 * Bytes that can be read from anywhere, without all of them being in memory.
 *
 * {@link read} may give a view of memory that others see, so its result is for looking only; {@link readInto} fills
 * memory that the caller owns.
 */
export interface ByteSource {
  /** Number of bytes. */
  readonly size: number;
  /** A path or the like, for messages. */
  readonly name?: string;
  /** `length` bytes from `offset` on. @throws FormatError when the source ends before. */
  read(offset: number, length: number): Uint8Array;
  /** Fills `target` with the bytes from `offset` on. @throws FormatError when the source ends before. */
  readInto(offset: number, target: Uint8Array): void;
  /** Frees what stands behind it. */
  close?(): void;
}

/** Bytes, or where they are: a path (Node), or a source of one's own. */
export type ByteInput = Uint8Array | ArrayBuffer | ByteSource | string;

function within(source: ByteSource, offset: number, length: number): void {
  if (!(offset >= 0 && length >= 0 && offset + length <= source.size))
    throw new FormatError({
      format: source.name ?? "file",
      what: "the file",
      found: `cut off (it has ${source.size} bytes)`,
      wanted: `${length} bytes from there on`,
      offset,
    });
}

/** A source over bytes in memory; `read` gives views of them. */
export class MemorySource implements ByteSource {
  readonly size: number;
  constructor(
    readonly bytes: Uint8Array,
    readonly name?: string,
  ) {
    this.size = bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    within(this, offset, length);
    return this.bytes.subarray(offset, offset + length);
  }

  readInto(offset: number, target: Uint8Array): void {
    target.set(this.read(offset, target.length));
  }
}

/** Node refuses to read more than 2^31 - 1 bytes at once. */
const MOST_AT_ONCE = 2 ** 30;

/** A source over an open file, read piece by piece as it is asked for. */
export class FileSource implements ByteSource {
  readonly size: number;
  private readonly _fs: FileSystem;
  private _fd: number | undefined;

  /** @throws FileError when the file cannot be opened. */
  constructor(
    readonly name: string,
    fs = nodeFileSystem(),
  ) {
    if (!fs)
      throw new FileError(
        name,
        "NO_FILE_SYSTEM",
        `cannot open ${JSON.stringify(name)}: there is no file system here; give the bytes instead of a path.`,
      );
    this._fs = fs;
    this.size = guard(name, () => {
      this._fd = fs.openSync(name, "r");
      const stat = fs.fstatSync(this._fd);
      if (stat.isFile()) return stat.size;
      this.close();
      throw new FileError(name, "EISDIR", `cannot read ${JSON.stringify(name)}: it is not a file.`);
    });
  }

  read(offset: number, length: number): Uint8Array {
    within(this, offset, length);
    const out = new Uint8Array(length);
    this.readInto(offset, out);
    return out;
  }

  readInto(offset: number, target: Uint8Array): void {
    within(this, offset, target.length);
    const fd = this._fd;
    if (fd === undefined)
      throw new FileError(this.name, "EBADF", `${this.name} was closed before it was read.`);
    guard(this.name, () => {
      for (let done = 0; done < target.length; ) {
        const n = Math.min(target.length - done, MOST_AT_ONCE);
        const got = this._fs.readSync(fd, target, done, n, offset + done);
        if (got === 0)
          throw new FileError(this.name, "EIO", `${this.name} became shorter while it was read.`);
        done += got;
      }
    });
  }

  close(): void {
    if (this._fd !== undefined) this._fs.closeSync(this._fd);
    this._fd = undefined;
  }
}

/** What `run` gives; the system's errors become {@link FileError}s about `path`. */
export function guard<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    const { code, message } = cause as { code?: string; message?: string };
    if (code === undefined) throw cause;
    throw new FileError(path, code, `cannot use ${JSON.stringify(path)}: ${message}`, { cause });
  }
}

/** A source over whatever `input` is. @throws FileError for a path that cannot be opened. */
export function sourceOf(input: ByteInput): ByteSource {
  if (typeof input === "string") return new FileSource(input);
  if (input instanceof Uint8Array) return new MemorySource(input);
  if (input instanceof ArrayBuffer) return new MemorySource(new Uint8Array(input));
  return input;
}

/** What `use` gives of a source over `input`; a file that was opened for it is closed again. */
export function withSource<T>(input: ByteInput, use: (source: ByteSource) => T): T {
  const source = sourceOf(input);
  try {
    return use(source);
  } finally {
    if (source !== input) source.close?.();
  }
}
