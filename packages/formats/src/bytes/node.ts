/** The few functions of Node's `fs` that are used here; a caller may give an object of its own that has them. */
export interface FileSystem {
  openSync(path: string, flags: string): number;
  closeSync(fd: number): void;
  fstatSync(fd: number): { size: number; isFile(): boolean };
  readSync(fd: number, target: Uint8Array, offset: number, length: number, position: number): number;
  writeSync(fd: number, data: Uint8Array, offset: number, length: number): number;
  fsyncSync(fd: number): void;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
}

interface Runtime {
  process?: { getBuiltinModule?(name: string): unknown };
}

/** Node's `fs`, or `undefined` in a browser. Found at run time, so that bundlers for browsers see no import. */
export function nodeFileSystem(): FileSystem | undefined {
  return (globalThis as Runtime).process?.getBuiltinModule?.("node:fs") as FileSystem | undefined;
}
