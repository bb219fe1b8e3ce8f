import { readFile, sourceOf, writeFileAtomic, ZipArchive } from "@cognate/formats";
import { def, OSError, ValueError, warn } from "@cognate/py";
import { files, folderOf } from "./files.js";
import { printMessage } from "./io.js";

interface Hash {
  update(data: Uint8Array): Hash;
  digest(encoding: "hex"): string;
}
interface Builtins {
  "node:crypto": { createHash(name: string): Hash };
  "node:os": { homedir(): string };
  "node:zlib": { gunzipSync(data: Uint8Array): Uint8Array };
}
interface Runtime {
  process?: {
    readonly env: Readonly<Record<string, string | undefined>>;
    getBuiltinModule?(name: string): unknown;
  };
}
const runtime = globalThis as Runtime;
function builtin<K extends keyof Builtins>(name: K): Builtins[K] {
  const found = runtime.process?.getBuiltinModule?.(name) as Builtins[K] | undefined;
  if (found) return found;
  throw new OSError("There is no file system here.");
}

/** Keras's folder of files of its own. */
const home = (): string => runtime.process?.env.KERAS_HOME ?? `${builtin("node:os").homedir()}/.keras`;

/** Whether a file has a hash: SHA-256 by its length or name, MD5 otherwise. */
function hasHash(path: string, hash: string, algorithm: string): boolean {
  const name = algorithm === "sha256" || (algorithm === "auto" && hash.length === 64) ? "sha256" : "md5";
  return builtin("node:crypto").createHash(name).update(readFile(path)).digest("hex") === hash;
}

/** Names and contents of an archive's files, `null` for what is none. */
function unpacked(bytes: Uint8Array, kinds: readonly string[]): [string, Uint8Array][] | null {
  for (const kind of kinds) {
    if (kind === "zip" && bytes[0] === 0x50 && bytes[1] === 0x4b) {
      const zip = new ZipArchive(sourceOf(bytes));
      return zip.names.filter((n) => !n.endsWith("/")).map((n) => [n, zip.read(n)]);
    }
    if (kind === "tar") {
      const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
      const tar = zipped ? builtin("node:zlib").gunzipSync(bytes) : bytes;
      if (String.fromCharCode(...tar.subarray(257, 262)) === "ustar") return untarred(tar);
    }
  }
  return null;
}
function untarred(tar: Uint8Array): [string, Uint8Array][] {
  const text = (at: number, n: number): string =>
    String.fromCharCode(...tar.subarray(at, at + n)).replace(/\0.*$/s, "");
  const out: [string, Uint8Array][] = [];
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12).trim() || "0", 8);
    const prefix = text(at + 345, 155);
    const name = prefix === "" ? text(at, 100) : `${prefix}/${text(at, 100)}`;
    if (tar[at + 156] === 0 || tar[at + 156] === 0x30)
      out.push([name, tar.subarray(at + 512, at + 512 + size)]);
    at += 512 * (1 + Math.ceil(size / 512));
  }
  return out;
}

/** Writes the files of an archive into a folder; names that lead out of it are left out. */
function extract(archive: string, folder: string, kinds: readonly string[]): boolean {
  const inside = unpacked(readFile(archive), kinds);
  if (inside === null) return false;
  for (const [name, data] of inside) {
    if (name.startsWith("/") || name.split("/").includes("..")) continue;
    const path = `${folder}/${name}`;
    files().mkdirSync(folderOf(path), { recursive: true });
    writeFileAtomic(path, data);
  }
  return true;
}

/** The file behind an origin on this machine, `null` for one elsewhere. */
function localOrigin(origin: string): string | null {
  if (origin.startsWith("file://")) return decodeURIComponent(new URL(origin).pathname);
  return origin.includes("://") ? null : origin;
}

/**
 * `keras.utils.get_file`: the path of a file in Keras's folder (`KERAS_HOME`, or `.keras` in the home folder).
 *
 * What lies there already is used; an origin on this machine (`file://…`, a path) is copied there. Nothing is downloaded:
 * other origins must have been put there.
 *
 * @param file_hash - SHA-256 or MD5 that the file must have
 * @param extract - whether the file is an archive (zip, tar, tar.gz) whose folder is wanted
 * @throws OSError where the file is not on this machine, ValueError for one of another hash
 */
export const get_file = def(
  "keras.utils.get_file",
  "fname origin untar md5_hash file_hash cache_subdir hash_algorithm extract archive_format cache_dir force_download",
  (
    fname: string | null = null,
    origin: string | null = null,
    untar = false,
    md5_hash: string | null = null,
    given_hash: string | null = null,
    cache_subdir = "datasets",
    given_algorithm = "auto",
    extracted = false,
    archive_format: string | readonly string[] | null = "auto",
    cache_dir: string | null = null,
    force_download = false,
  ): string => {
    if (origin === null)
      throw new ValueError('Please specify the "origin" argument (URL of the file to download).');
    const asMd5 = md5_hash !== null && given_hash === null;
    const hash = given_hash ?? md5_hash;
    const algorithm = asMd5 ? "md5" : given_algorithm;
    const folder = `${cache_dir ?? home()}/${cache_subdir}`;
    let name =
      fname ||
      (origin
        .replace(/[?#].*$/, "")
        .split("/")
        .at(-1) as string);
    if (name === "")
      throw new ValueError(
        `Can't parse the file name from the origin provided: '${origin}'.Please specify the \`fname\` argument.`,
      );
    if (name.includes("/"))
      throw new ValueError(
        `Paths are no longer accepted as the \`fname\` argument. To specify the file's parent directory, use the \`cache_dir\` argument. Received: fname=${name}`,
      );
    let target = `${folder}/${name}`;
    let into = "";
    if (extracted || untar) {
      const dotted = Boolean(fname) && name.includes(".");
      if (dotted) name = name.slice(0, name.indexOf("."));
      else target = `${folder}/${name}_archive`;
      into = dotted ? `${folder}/${name}_extracted` : `${folder}/${name}`;
    }
    const fs = files();
    let fresh = !force_download && fs.existsSync(target);
    if (fresh && hash !== null && !hasHash(target, hash, algorithm)) {
      printMessage(
        `A local file was found, but it seems to be incomplete or outdated because the ${algorithm} file hash does not match the original value of ${hash} so we will re-download the data.`,
      );
      fresh = false;
    }
    if (!fresh) {
      const local = localOrigin(origin);
      if (local === null || !fs.existsSync(local))
        throw new OSError(
          local === null
            ? `URL fetch failure on ${origin}: nothing is downloaded here. Put the file at ${target}, or give its path or bytes.`
            : `URL fetch failure on ${origin}: None -- [Errno 2] No such file or directory: '${local}'`,
        );
      printMessage(`Downloading data from ${origin}`);
      fs.mkdirSync(folder, { recursive: true });
      fs.copyFileSync(local, target);
      if (hash !== null && !hasHash(target, hash, algorithm))
        throw new ValueError(
          `Incomplete or corrupted file detected. The ${algorithm} file hash does not match the provided value of ${hash}.`,
        );
    }
    if (into === "") return target;
    const kinds = untar ? "tar" : archive_format;
    const list = kinds === "auto" ? ["tar", "zip"] : kinds === null ? [] : [kinds].flat();
    if (!extract(target, into, list)) warn("Could not extract archive.");
    return into;
  },
);
