import { dtypeNamed, fromNested, inspectNested } from "@cognate/kernel";
import { fromStrided, type ndarray } from "@cognate/ndarray";
import { print } from "@cognate/py";

/* Arrays and programs of tests, as the generators of the fixtures have them. */

/** `np.array(data, dtype)`. */
export function array(data: unknown, dtype = "float32"): ndarray {
  const { shape } = inspectNested(data);
  return fromStrided(fromNested(data, dtypeNamed(dtype)!, shape)) as ndarray;
}

/** Numbers of which neighbours differ. */
export function fill(shape: readonly number[], k = 0, dtype = "float32"): ndarray {
  const n = shape.reduce((a, b) => a * b, 1);
  const flat = Array.from({ length: n }, (_, i) => Math.fround(((i * 7 + k) % 11) - 5) / 10);
  return array(flat, dtype).reshape(...(shape as [number])) as ndarray;
}

/** Sets all weights to {@link fill}. */
export function setAll(model: { get_weights(): ndarray[]; set_weights(w: ndarray[]): void }): void {
  model.set_weights(model.get_weights().map((w, i) => fill([...w.shape], i)));
}

/** Prints what `f` gives, or its error as Python's class and text. */
export function attempt(f: () => unknown): void {
  let shown: unknown;
  try {
    shown = f();
  } catch (e) {
    print(`${(e as { __name__?: string }).__name__ ?? (e as Error).name}: ${(e as Error).message}`);
    return;
  }
  print(shown === undefined ? null : shown);
}

/** Floats to five digits, as the last ones depend on the order of sums; blanks inside of arrays as one. */
export const rounded = (text: string): string =>
  text
    .replace(/-?\d+\.\d*(?:e[-+]?\d+)?/g, (x) => String(Number(Number(x).toPrecision(5))))
    .replace(/^.*[[(].*$/gm, (line) =>
      line.startsWith("│") ? line : line.replace(/ +/g, " ").replace(/\[ /g, "[").replace(/ \]/g, "]"),
    );
