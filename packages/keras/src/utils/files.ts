import { OSError } from "@cognate/py";

/** The functions of Node's `fs` that callbacks use. */
interface FileSystem {
  existsSync(path: string): boolean;
  mkdirSync(path: string, options: { recursive: boolean }): void;
  readFileSync(path: string, encoding: "utf8"): string;
  readdirSync(path: string): string[];
  statSync(path: string): { isDirectory(): boolean };
  writeFileSync(path: string, text: string): void;
  appendFileSync(path: string, data: string | Uint8Array): void;
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

/** Whether a path is a folder; never in a browser. */
export function isFolder(path: string): boolean {
  const { process } = globalThis as Runtime;
  const fs = process?.getBuiltinModule?.("node:fs") as FileSystem | undefined;
  return fs?.existsSync(path) === true && fs.statSync(path).isDirectory();
}
/** The paths of all files in a folder and the folders in it, from there. */
export function filesIn(folder: string, below = ""): string[] {
  const fs = files();
  return fs
    .readdirSync(below === "" ? folder : `${folder}/${below}`)
    .sort()
    .flatMap((name) => {
      const path = below === "" ? name : `${below}/${name}`;
      return isFolder(`${folder}/${path}`) ? filesIn(folder, path) : [path];
    });
}

/** The folder of a path; empty for a bare name. */
export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf("/"), 0));

/** Adds pieces to the end of a file. */
export function appendBytes(path: string, pieces: readonly Uint8Array[]): void {
  for (const piece of pieces) files().appendFileSync(path, piece);
}
