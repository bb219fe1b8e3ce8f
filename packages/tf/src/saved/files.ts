import { nodeFileSystem } from "@cognate/formats";

/** More of Node's `fs` than readers of files need. */
interface Folders {
  existsSync(path: string): boolean;
  mkdirSync(path: string, options: { recursive: boolean }): void;
  readdirSync(path: string): string[];
  unlinkSync(path: string): void;
}
const fs = (): Folders | undefined => nodeFileSystem() as unknown as Folders | undefined;

export const folderOf = (path: string): string => {
  const at = path.lastIndexOf("/");
  return at < 0 ? "." : path.slice(0, at) || "/";
};
export const baseOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const makeFolder = (path: string): void => fs()?.mkdirSync(path, { recursive: true });
export const exists = (path: string): boolean => fs()?.existsSync(path) ?? false;
/** Removes the files of a checkpoint. */
export function removeCheckpoint(prefix: string): void {
  const files = fs();
  if (!files) return;
  const base = baseOf(prefix);
  for (const name of files.readdirSync(folderOf(prefix)))
    if (name === `${base}.index` || name === `${base}.meta` || name.startsWith(`${base}.data-`))
      files.unlinkSync(`${folderOf(prefix)}/${name}`);
}
