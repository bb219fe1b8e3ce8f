import { def, pyClass, Tuple } from "@cognate/py";
import { FailedPreconditionError, NotFoundError } from "../core/errors.js";
import { codesOf, fromBytes } from "../core/strings.js";
import { bytesAt, folders, matchingPaths } from "./file-system.js";

/* `tf.io.gfile`, and what TensorFlow 1 calls the same. */

const missing = (path: string): NotFoundError => new NotFoundError(`${path}; No such file or directory`);

export const exists = def("exists", "path", (path: string): boolean => folders().existsSync(path));
export const isdir = def(
  "isdir",
  "path",
  (path: string): boolean => folders().existsSync(path) && folders().statSync(path).isDirectory(),
);
/** The names in a folder. */
export const listdir = def("listdir", "path", (path: string): string[] => {
  if (!isdir(path)) throw new NotFoundError("Could not find directory");
  return [...folders().readdirSync(path)];
});
/** Paths that match a pattern, or several. */
export const glob = def("glob", "pattern", (pattern: string | readonly string[]): string[] =>
  (typeof pattern === "string" ? [pattern] : [...pattern]).flatMap(matchingPaths),
);
export const mkdir = def("mkdir", "path", (path: string): void => {
  folders().mkdirSync(path);
});
export const makedirs = def("makedirs", "path", (path: string): void => {
  folders().mkdirSync(path, { recursive: true });
});
export const remove = def("remove", "path", (path: string): void => {
  if (!folders().existsSync(path)) throw missing(path);
  folders().unlinkSync(path);
});
export const rmtree = def("rmtree", "path", (path: string): void => {
  if (!folders().existsSync(path)) throw missing(path);
  folders().rmSync(path, { recursive: true });
});
function checkFree(path: string, overwrite: boolean): void {
  if (!overwrite && folders().existsSync(path)) throw new FailedPreconditionError("file already exists");
}
export const rename = def(
  "rename",
  "src dst overwrite",
  (src: string, dst: string, overwrite = false): void => {
    if (!folders().existsSync(src)) throw missing(src);
    checkFree(dst, overwrite);
    folders().renameSync(src, dst);
  },
);
export const copy = def("copy", "src dst overwrite", (src: string, dst: string, overwrite = false): void => {
  if (!folders().existsSync(src)) throw missing(src);
  checkFree(dst, overwrite);
  folders().copyFileSync(src, dst);
});
export const stat = def(
  "stat",
  "path",
  (path: string): { length: number; mtime_nsec: number; is_directory: boolean } => {
    if (!folders().existsSync(path)) throw missing(path);
    const s = folders().statSync(path);
    return { length: s.size, mtime_nsec: Math.round(s.mtimeMs * 1e6), is_directory: s.isDirectory() };
  },
);
/** Folder by folder: its path, the folders and the files in it. */
export function* walk(top: string, topdown = true): Generator<Tuple<unknown>> {
  const names = listdir(top).sort();
  const within = (name: string): string => `${top.replace(/\/$/, "")}/${name}`;
  const inner = names.filter((n) => isdir(within(n)));
  const here = Tuple.of_<unknown>([top, inner, names.filter((n) => !inner.includes(n))]);
  if (topdown) yield here;
  for (const n of inner) yield* walk(within(n), topdown);
  if (!topdown) yield here;
}
export const join = def("join", "path ...paths", (path: string, paths: readonly string[]): string =>
  paths.reduce((base, p) => (p.startsWith("/") ? p : `${base.replace(/\/$/, "")}/${p}`), path),
);

/** A file that is open for reading (`r`), writing (`w`) or adding (`a`), as texts or, with `b`, as bytes. */
class GFileImpl {
  private at = 0;
  private held: Uint8Array | null = null;
  constructor(
    readonly name: string,
    readonly mode = "r",
  ) {
    if (mode.startsWith("w")) folders().writeFileSync(name, Uint8Array.of());
  }
  private get bytes(): Uint8Array {
    this.held ??= bytesAt(this.name);
    return this.held;
  }
  private out(bytes: Uint8Array): string | Uint8Array {
    return this.mode.includes("b") ? bytes : fromBytes(codesOf(bytes));
  }
  size(): number {
    return this.bytes.length;
  }
  read(n = -1): string | Uint8Array {
    const end = n < 0 ? this.bytes.length : Math.min(this.bytes.length, this.at + n);
    const part = this.bytes.slice(this.at, end);
    this.at = end;
    return this.out(part);
  }
  readline(): string | Uint8Array {
    const next = this.bytes.indexOf(10, this.at);
    return this.read((next < 0 ? this.bytes.length : next + 1) - this.at);
  }
  readlines(): (string | Uint8Array)[] {
    return [...this];
  }
  *[Symbol.iterator](): Generator<string | Uint8Array> {
    while (this.at < this.bytes.length) yield this.readline();
  }
  seek(offset: number): void {
    this.at = offset;
  }
  tell(): number {
    return this.at;
  }
  write(content: string | Uint8Array): void {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    folders().appendFileSync(this.name, bytes);
  }
  flush(): void {}
  close(): void {
    this.held = null;
  }
  enter(): this {
    return this;
  }
  exit(): void {
    this.close();
  }
  [Symbol.dispose](): void {
    this.close();
  }
}
const File = pyClass("tensorflow.python.platform.gfile.GFile", "name mode", GFileImpl);
type Body = (file: GFileImpl) => unknown;
/** `tf.io.gfile.GFile(path, mode)`; with a callback at the end, what Python's `with` is. */
export const GFile = (name: string, ...rest: unknown[]): unknown => {
  const body = typeof rest.at(-1) === "function" ? (rest.pop() as Body) : null;
  const file = (File as unknown as (...a: unknown[]) => GFileImpl)(name, ...rest);
  return body ? body(file) : file;
};
