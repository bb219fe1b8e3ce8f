import {
  type ByteSource,
  FormatError,
  looksLikeHdf5,
  looksLikeZip,
  torchContainer,
  ZipArchive,
} from "@cognate/formats";
import { type Progress, WatchedFile } from "../progress.js";
import type { Contents, OpenOptions } from "./contents.js";
import { openHdf5, openKeras } from "./hdf5.js";
import { openNpy, openNpz, openPickle, openSafetensors } from "./plain.js";
import { openTorch } from "./torch.js";
import { openTorchScript } from "./torchscript.js";

type Opener = (path: string, source: ByteSource, options: OpenOptions) => Contents;

/** Opens a file by what is in it; its name says nothing. @throws FileError, FormatError */
export function openFile(path: string, options: OpenOptions, progress: Progress): Contents {
  const source = new WatchedFile(path, progress);
  try {
    return openerOf(path, source)(path, source, options);
  } catch (error) {
    source.close();
    throw error;
  }
}

/** HDF5 may have a block of the user's in front: its signature then stands at 512, 1024, 2048 … */
function isHdf5(source: ByteSource): boolean {
  for (let at = 0; at + 8 <= source.size; at = at === 0 ? 512 : at * 2)
    if (looksLikeHdf5(source.read(at, 8))) return true;
  return false;
}

function openerOf(path: string, source: ByteSource): Opener {
  const head = source.read(0, Math.min(16, source.size));
  const text = String.fromCharCode(...head);
  if (looksLikeZip(source)) return inZip(source);
  if (text.startsWith("\x93NUMPY")) return openNpy;
  // The header's length comes first; where that is absurd, the name tells what the file claims to be.
  const plausible = head.length > 8 && new DataView(head.buffer, head.byteOffset).getUint16(6, true) === 0;
  if (text[8] === "{" && (plausible || path.endsWith(".safetensors"))) return openSafetensors;
  if (isHdf5(source)) return openHdf5;
  try {
    torchContainer(source);
    return openTorch;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  // Protocol 2 and later begin with the protocol; earlier ones end with a STOP.
  if (head[0] === 0x80 && head[1]! <= 5) return openPickle;
  if (source.size > 1 && source.read(source.size - 1, 1)[0] === 0x2e && /^[()\]}clIVSNFd]/.test(text))
    return openPickle;
  throw new FormatError({
    format: "cognate",
    what: "the file's beginning",
    found:
      source.size === 0
        ? "missing (the file is empty)"
        : [...head.subarray(0, 8)].map((b) => b.toString(16).padStart(2, "0")).join(" "),
    wanted: "that of PyTorch's, safetensors', Keras's, HDF5's, NumPy's or pickle's files",
    offset: 0,
  });
}

function inZip(source: ByteSource): Opener {
  const zip = new ZipArchive(source);
  if (zip.has("config.json") && zip.has("metadata.json")) return openKeras;
  if (zip.names.some((n) => n === "data.pkl" || n.endsWith("/data.pkl")))
    return torchContainer(source) === "torchscript" ? openTorchScript : openTorch;
  if (zip.names.some((n) => n.endsWith(".npy"))) return openNpz;
  throw new FormatError({
    format: "zip",
    what: "the archive",
    found: `of ${zip.names.slice(0, 5).join(", ") || "nothing"}${zip.names.length > 5 ? ", …" : ""}`,
    wanted: "an archive of PyTorch's, Keras's or NumPy's",
  });
}
