import { OSError } from "@cognate/py";

/** The functions of Node's `fs` that callbacks use. */
interface FileSystem {
  existsSync(path: string): boolean;
  mkdirSync(path: string, options: { recursive: boolean }): void;
  readFileSync(path: string, encoding: "utf8"): string;
  writeFileSync(path: string, text: string): void;
  appendFileSync(path: string, text: string): void;
  copyFileSync(from: string, to: string): void;
  rmSync(path: string, options: { recursive: boolean; force: boolean }): void;
}

interface Runtime {
  process?: { getBuiltinModule?(name: string): unknown };
}

/** Node's files, found at run time so that bundlers for browsers see no import. @throws OSError in a browser */
export function files(): FileSystem {
  const fs = (globalThis as Runtime).process?.getBuiltinModule?.("node:fs") as FileSystem | undefined;
  if (fs) return fs;
  throw new OSError("There is no file system here.");
}

/** The folder of a path; empty for a bare name. */
export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf("/"), 0));
