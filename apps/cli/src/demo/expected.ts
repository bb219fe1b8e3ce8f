import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as np from "@cognate/numpy";

/** What a generator noted: texts, numbers, and arrays in base 64. */
type Noted =
  | null
  | string
  | number
  | boolean
  | Noted[]
  | { $a: "float32" | "float64"; shape: number[]; b64: string }
  | { $f: number }
  | { $d: [string, Noted][] };

/** What the real library said about one of the files. */
export interface Expected {
  /** `print(model)` or `model.summary()`. */
  readonly print: string;
  readonly predictions: np.ndarray;
  /** The same in float64, where there is one. */
  readonly predictions64?: np.ndarray;
  /** The loss of each step of the training that follows. */
  readonly losses: np.ndarray;
  /** Predictions after it. */
  readonly after: np.ndarray;
  /** Accuracy after it on the digits that were not trained on. */
  readonly accuracy?: number;
  /** Per epoch, what Keras's `History` holds. */
  readonly history?: Record<string, np.ndarray>;
  /** Keras's loss and metrics on the digits that were not trained on. */
  readonly evaluation?: number[];
}

function revived(v: Noted): unknown {
  if (v === null || typeof v !== "object") return v;
  if (Array.isArray(v)) return v.map(revived);
  if ("$f" in v) return v.$f;
  if ("$d" in v) return Object.fromEntries(v.$d.map(([k, x]) => [k, revived(x)]));
  const bytes = Uint8Array.from(Buffer.from(v.b64, "base64"));
  const data = v.$a === "float32" ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer);
  return np.array(data).reshape(v.shape);
}

/** The notes of `torch.json` or `keras.json` by the model's name. */
export function expectedOf(folder: string, file: "torch.json" | "keras.json"): Record<string, Expected> {
  const cases = JSON.parse(readFileSync(join(folder, file), "utf8")) as Record<string, Noted>[];
  return Object.fromEntries(
    cases.map((c) => {
      const fields = Object.entries(c).map(([key, value]) => [
        key === "summary" ? "print" : key,
        revived(value),
      ]);
      return [String(c.name), Object.fromEntries(fields) as Expected];
    }),
  );
}

/** The digits: how many of them train, and how many predictions were noted. */
export const TRAIN = 1500;
export const SHOWN = 32;
export const BATCH = 50;
export const EPOCHS = 3;

/** max |ours − theirs| / max |theirs|. */
export function difference(ours: np.ndarray, theirs: np.ndarray): number {
  const off = np.max(np.abs(np.subtract(ours, theirs)));
  return Number(off) / Number(np.max(np.abs(theirs)));
}
