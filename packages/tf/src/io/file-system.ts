import { nodeFileSystem } from "@cognate/formats";
import { NotFoundError, UnimplementedError } from "../core/errors.js";

interface Entry {
  readonly size: number;
  readonly mtimeMs: number;
  isDirectory(): boolean;
}
/** More of Node's `fs` than readers of files need. */
export interface Folders {
  existsSync(path: string): boolean;
  mkdirSync(path: string, options?: { recursive?: boolean }): void;
  readdirSync(path: string): string[];
  unlinkSync(path: string): void;
  rmSync(path: string, options: { recursive?: boolean; force?: boolean }): void;
  rmdirSync(path: string): void;
  renameSync(from: string, to: string): void;
  copyFileSync(from: string, to: string): void;
  statSync(path: string): Entry;
  readFileSync(path: string): Uint8Array;
  writeFileSync(path: string, data: Uint8Array): void;
  appendFileSync(path: string, data: Uint8Array): void;
}
/** The files of the machine. @throws UnimplementedError in browsers, which have none */
export function folders(): Folders {
  const fs = nodeFileSystem() as unknown as Folders | undefined;
  if (!fs) throw new UnimplementedError("There are no files here: pass the bytes instead of a path.");
  return fs;
}
/** The bytes of a file. @throws NotFoundError */
export function bytesAt(path: string): Uint8Array {
  const fs = folders();
  if (!fs.existsSync(path)) throw new NotFoundError(`${path}; No such file or directory`);
  return Uint8Array.from(fs.readFileSync(path));
}
/** A path's pattern with `*`, `?` and `[…]` within its parts. */
export function matchingPaths(pattern: string): string[] {
  const fs = folders();
  const parts = pattern.split("/");
  let found = [pattern.startsWith("/") ? "/" : ""];
  for (const part of parts) {
    if (part === "") continue;
    const join = (base: string, name: string): string =>
      base === "" ? name : base.endsWith("/") ? base + name : `${base}/${name}`;
    if (!/[*?[]/.test(part)) {
      found = found.map((base) => join(base, part)).filter((p) => fs.existsSync(p));
      continue;
    }
    const own = new RegExp(
      `^${part
        .replace(/[.+^${}()|\\]/g, "\\$&")
        .replaceAll("*", "[^/]*")
        .replaceAll("?", "[^/]")}$`,
    );
    found = found.flatMap((base) => {
      const folder = base === "" ? "." : base;
      if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) return [];
      return fs
        .readdirSync(folder)
        .filter((name) => own.test(name))
        .map((name) => join(base, name));
    });
  }
  return found.filter((p) => p !== "").sort();
}
