import type { PoolParams, Shape } from "@cognate/kernel";
import { RuntimeError } from "@cognate/py";
import { type Int, int, shown } from "../../ops/args.js";
import { type PerAxis, perAxis } from "./args.js";

/*
 * The checks of PyTorch's pooling functions, in its words.
 */

const WORDS = ["", "one", "two", "three"] as const;

/** The window of a pooling, checked as PyTorch checks it. */
export interface Window extends PoolParams {
  readonly kernel: number[];
  readonly stride: number[];
  readonly padding: (readonly [number, number])[];
  readonly dilation: number[];
  readonly ceil: boolean;
}

/** The arguments that the pooling functions share, one number an axis. @throws RuntimeError for the wrong count */
export function windowOf(
  name: string,
  axes: number,
  kernel_size: PerAxis,
  stride: PerAxis | null,
  padding: PerAxis,
  dilation: PerAxis,
  ceil: boolean,
): Window {
  const tuple = axes === 1 ? "one int" : `a tuple of ${WORDS[axes]} ints`;
  const take = (given: PerAxis, what: string, text: string): number[] =>
    perAxis(
      given,
      axes,
      (got) =>
        new RuntimeError(
          axes === 1
            ? `${name}() ${what} must be an int, list of ints or tuple of ints of size 1 but got size ${got.length}`
            : `${name}: ${what} ${text} ${tuple}`,
        ),
    );
  const kernel = take(kernel_size, "kernel_size", "must either be a single int, or");
  const none = stride === null || (Array.isArray(stride) && stride.length === 0);
  return {
    kernel,
    stride: none ? kernel : take(stride, "stride", "must either be omitted, a single int, or"),
    padding: take(padding, "padding", "must either be a single int, or").map((n) => [n, n] as const),
    dilation: take(dilation, "dilation", "must be either a single int, or"),
    ceil,
  };
}

/** How many windows there are, as PyTorch counts them, which may be none. */
function counts(spatial: Shape, w: Window): number[] {
  return spatial.map((n, i) => {
    const [k, s, p] = [w.kernel[i]!, w.stride[i]!, w.padding[i]![0]];
    const room = n + 2 * p - w.dilation[i]! * (k - 1) - 1;
    const count = Math.floor((room + (w.ceil ? s - 1 : 0)) / s) + 1;
    return w.ceil && (count - 1) * s >= n + p ? count - 1 : count;
  });
}

const LETTERS = ["T", "H", "W"] as const;

/** @throws RuntimeError where the window or the input is not one that can be pooled */
export function checkPool(axes: number, x: Shape, w: Window): void {
  const fail = (text: string): never => {
    throw new RuntimeError(text);
  };
  const rank = x.length;
  const ranks = `${axes + 1}D or ${axes + 2}D`;
  if (rank !== axes + 1 && rank !== axes + 2)
    fail(`non-empty ${ranks} (batch mode) tensor expected for input`);
  if (w.stride.some((n) => n === 0)) fail("stride should not be zero");
  w.padding.forEach(([p], i) => {
    const [k, d] = [w.kernel[i]!, w.dilation[i]!];
    if (p < 0) fail(`pad must be non-negative, but got pad: ${p}`);
    if (p > Math.floor((d * (k - 1) + 1) / 2))
      fail(
        `pad should be at most half of effective kernel size, but got pad=${p}, kernel_size=${k} and dilation=${d}`,
      );
  });
  const named = (what: string, letter: string, list: readonly number[]): string =>
    `${what} should be greater than zero, but got ${list.map((n, i) => `${letter}${LETTERS[i + 3 - list.length]}: ${n}`).join(" ")}`;
  const two = (list: readonly number[], lead: number): readonly number[] =>
    axes === 1 ? [lead, ...list] : list;
  if (w.kernel.some((n) => n <= 0)) fail(named("kernel size", "k", two(w.kernel, 1)));
  if (w.dilation.some((n) => n <= 0)) fail(named("dilation", "dilation", two(w.dilation, 1)));
  const none = x.findIndex((n, i) => n === 0 && i >= rank - axes - 1);
  if (axes === 3 && none >= 0)
    fail(
      `max_pool3d_with_indices_out_cpu_template(): Expected input's non-batch dimensions to have positive length, but input has a shape of ${shown(x)} and non-batch dimension ${rank === 5 ? none - 2 : none} has length zero!`,
    );
  if (none >= 0)
    fail(
      `Expected ${ranks} (batch mode) tensor with optional 0 dim batch size for input, but got:${shown(x)}`,
    );
  const spatial = x.slice(rank - axes);
  const out = counts(spatial, w);
  if (out.some((n) => n < 1)) {
    const plane = x[rank - axes - 1]!;
    const text = (list: readonly number[]): string => `(${[plane, ...two(list, 1)].join("x")})`;
    fail(
      `Given input size: ${text(spatial)}. Calculated output size: ${text(out)}. Output size is too small`,
    );
  }
}

/**
 * The same for the 1-d maximum, which has words of its own; with positions PyTorch takes it as a 2-d one.
 */
export function checkMaxPool1d(x: Shape, w: Window, withIndices: boolean): void {
  const fail = (text: string): never => {
    throw new RuntimeError(text);
  };
  if (withIndices) {
    if (x.length !== 2 && x.length !== 3)
      fail(
        `Expected 2 to 3 dimensions, but got ${x.length}-dimensional tensor for argument #1 'self' (while checking arguments for max_pool1d)`,
      );
    checkPool(1, x, w);
    return;
  }
  if ((x.length !== 2 && x.length !== 3) || x.slice(-2).some((n) => n === 0))
    fail(
      `max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:${shown(x)}`,
    );
  const [k, s, p, d] = [w.kernel[0]!, w.stride[0]!, w.padding[0]![0], w.dilation[0]!];
  if (k <= 0) fail(`max_pool1d() kernel_size must be greater than zero, but got ${k}`);
  if (s <= 0) fail(`max_pool1d() stride must be greater than zero, but got ${s}`);
  if (p < 0) fail(`max_pool1d() padding must be non-negative, but got ${p}`);
  if (p > Math.floor(k / 2))
    fail(
      `max_pool1d() padding should be at most half of kernel size, but got padding=${p} and kernel_size=${k}`,
    );
  if (d <= 0) fail(`max_pool1d() dilation must be greater than zero, but got ${d}`);
  const [count] = counts(x.slice(-1), w) as [number];
  if (count < 1) fail(`max_pool1d() Invalid computed output size: ${count}`);
}

/** A target size of an adaptive pooling: `null` entries keep the input's. */
export function outputSize(given: Int | readonly (Int | null)[] | null, spatial: Shape): number[] {
  const n = spatial.length;
  if (!Array.isArray(given)) return spatial.map((length) => (given === null ? length : int(given as Int)));
  const list = given as readonly (Int | null)[];
  if (list.length !== n) return list.map((v) => (v === null ? Number.NaN : int(v)));
  return list.map((v, i) => (v === null ? spatial[i]! : int(v)));
}
