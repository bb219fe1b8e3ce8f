import {
  type ByteInput,
  type ByteSource,
  readArray,
  readSafetensorsHeader,
  type SafetensorsEntry,
  type SafetensorsHeader,
  sourceOf,
} from "@cognate/formats";
import type { DType } from "@cognate/kernel";
import { bindArguments, parseSignature } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type DeviceLike, requireCpu } from "../device.js";
import { type Index, type Tensor, wrap } from "../tensor/tensor.js";
import { inSafetensorsWords, SafetensorError } from "./errors.js";
import type { Tensors } from "./files.js";

/** What the format calls an element type. */
function typeName({ name, kind, itemsize }: DType): string {
  if (name === "bool") return "BOOL";
  if (name === "bfloat16") return "BF16";
  const letter = { float: "F", int: "I", uint: "U", complex: "C" }[kind as "float"];
  return `${letter}${8 * itemsize}`;
}

/** A tensor of a file that is read when it is indexed. */
export class SafeSlice {
  constructor(
    private readonly _entry: SafetensorsEntry,
    private readonly _read: () => Tensor,
  ) {}
  get_shape(): number[] {
    return [...this._entry.shape];
  }
  get_dtype(): string {
    return typeName(this._entry.dtype);
  }
  /** `slice[index]`. */
  at(...index: Index[]): Tensor {
    return this._read().at(...index);
  }
}

/** An open `.safetensors` file: its header is read, its tensors are read as they are asked for. */
export class SafeFile implements Disposable {
  private _source: ByteSource | undefined;
  private readonly _header: SafetensorsHeader;

  constructor(filename: ByteInput) {
    [this._source, this._header] = inSafetensorsWords(() => {
      const source = sourceOf(filename);
      try {
        return [source, readSafetensorsHeader(source)];
      } catch (e) {
        source.close?.();
        throw e;
      }
    });
  }

  /** The names, sorted. */
  keys(): string[] {
    return [...this._header.tensors.keys()].sort();
  }
  /** The names in the order in which the tensors lie in the file. */
  offset_keys(): string[] {
    return [...this._header.tensors.keys()];
  }
  metadata(): Record<string, string> | null {
    const { metadata } = this._header;
    return metadata ? Object.fromEntries(metadata) : null;
  }
  /** @throws SafetensorError for a name that is not there */
  get_tensor(name: string): Tensor {
    const entry = this._entry(name);
    return inSafetensorsWords(() =>
      wrap(new Value(readArray(this._open(), entry.offset, entry.dtype, entry.shape))),
    );
  }
  get_tensors(): Tensors {
    return Object.fromEntries(this.offset_keys().map((name) => [name, this.get_tensor(name)]));
  }
  /** A tensor of which a part is read: `f.get_slice(name).at(":", ":2")`. */
  get_slice(name: string): SafeSlice {
    return new SafeSlice(this._entry(name), () => this.get_tensor(name));
  }

  enter(): this {
    return this;
  }
  exit(): void {
    this._source?.close?.();
    this._source = undefined;
  }
  [Symbol.dispose](): void {
    this.exit();
  }

  private _entry(name: string): SafetensorsEntry {
    this._open();
    const entry = this._header.tensors.get(name);
    if (!entry) throw new SafetensorError(`File does not contain tensor ${name}`);
    return entry;
  }
  private _open(): ByteSource {
    if (!this._source) throw new SafetensorError("File is closed");
    return this._source;
  }
}

interface OpenOptions {
  readonly framework?: string;
  readonly device?: DeviceLike;
}
type Body<R> = (f: SafeFile) => R;

const SIGNATURE = parseSignature("safe_open", "filename framework device", 1);
const FRAMEWORKS = ["pt", "torch", "pytorch"];

/**
 * `with safe_open(filename, framework="pt") as f:` – an open file, of which single tensors are read.
 *
 * @param filename - a path (Node) or the bytes
 * @param body - called with the file, which is closed behind it; without it: `using f = safe_open(…)`
 * @throws FileNotFoundError, SafetensorError
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { safe_open, save } from "@cognate/torch/safetensors";
 * import { print } from "@cognate/py";
 * const bytes = save({ weight: torch.tensor([[1.5, 2], [3, 4]]) }, { metadata: { step: "7" } });
 * safe_open(bytes, { framework: "pt" }, (f) => {
 *   print(f.keys(), f.metadata(), f.get_slice("weight").at(":", 0)); // prints ['weight'] {'step': '7'} tensor([1.5000, 3.0000])
 * });
 * ```
 */
export function safe_open(filename: ByteInput, options?: OpenOptions): SafeFile;
export function safe_open<R>(filename: ByteInput, options: OpenOptions, body: Body<R>): R;
export function safe_open<R>(filename: ByteInput, body: Body<R>): R;
export function safe_open(filename: ByteInput, framework: string, device?: DeviceLike): SafeFile;
export function safe_open<R>(filename: ByteInput, framework: string, body: Body<R>): R;
export function safe_open<R>(filename: ByteInput, framework: string, device: DeviceLike, body: Body<R>): R;
export function safe_open(...args: unknown[]): unknown {
  const last = args[args.length - 1];
  const body = typeof last === "function" ? (args.pop() as Body<unknown>) : undefined;
  const [filename, framework = "pt", device = "cpu"] = bindArguments(SIGNATURE, args) as [
    ByteInput,
    string?,
    DeviceLike?,
  ];
  if (!FRAMEWORKS.includes(framework)) throw new SafetensorError(`framework ${framework} is invalid`);
  requireCpu(device);
  const file = new SafeFile(filename);
  if (!body) return file;
  try {
    return body(file);
  } finally {
    file.exit();
  }
}
