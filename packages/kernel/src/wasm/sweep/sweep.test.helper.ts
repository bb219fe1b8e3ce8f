import type { NumericData } from "../../dtype/dtype.js";
import { cloneContiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { wasm } from "../instance.js";
import { KERNELS } from "../kernels/table.js";
import { registerFastKernel, withoutFastKernels } from "../registry.js";
import { LAYOUTS, random, ulps } from "../testing.js";
import type { Form, Path, Run, Sizes } from "./path.test.helper.js";

/*
 * Every fast path against the reference: odd lengths, layouts of each input and of all, stretched axes, no elements, numbers that
 * are not finite. It counts which kernels run, so that a path runs exactly where it says, and none is left out.
 */

const counts = new Map<string, number>();
const note = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);

/** Exports that bring arrays to kernels or tell them something; they are no path. */
const HELPERS = /^(copy_|cast_|.*_room$|unfinished$|undone_f64$|table_f64$)/;

/** Counts calls of kernels from now on; the names of all there are. */
export function watchKernels(): string[] {
  const e = (wasm() ?? {}) as unknown as Record<string, unknown>;
  const exported = Object.keys(e).filter((name) => typeof e[name] === "function");
  for (const name of exported) {
    const f = e[name] as (...args: readonly unknown[]) => unknown;
    e[name] = (...args: readonly unknown[]) => {
      note(name);
      return f(...args);
    };
  }
  for (const [name, kernel] of Object.entries(KERNELS))
    registerFastKernel(name, (inputs, y, params) => {
      const taken = kernel(inputs, y, params);
      if (taken) note(`row ${name}`);
      return taken;
    });
  return [...exported, ...Object.keys(KERNELS).map((name) => `row ${name}`)];
}

/** Kernels that ran so far. */
export const kernelsThatRan = (): ReadonlySet<string> => new Set(counts.keys());

const countOf = (name: string): number => counts.get(name) ?? 0;

type Lay = (x: Strided) => Strided;
const WAYS: Readonly<Record<string, Lay>> = {
  ...LAYOUTS,
  "second axis last": (x) => {
    if (x.rank < 3) return cloneContiguous(x);
    const order = [0, ...x.shape.slice(2).map((_, i) => i + 2), 1];
    const y = cloneContiguous(
      x.view(
        order.map((i) => x.shape[i]!),
        order.map((i) => x.strides[i]!),
        x.offset,
      ),
    );
    return y.view(
      x.shape,
      x.shape.map((_, i) => y.strides[order.indexOf(i)]!),
    );
  },
  "repeated along its first axis": (x) =>
    x.rank === 0 || x.size === 0
      ? x
      : cloneContiguous(x).view(x.shape, [0, ...cloneContiguous(x).strides.slice(1)]),
};

const shapeOf = (text: string, sizes: Sizes): number[] => [...text].map((c) => (c === "1" ? 1 : sizes[c]!));

function inputsOf(form: Form, sizes: Sizes): Strided[] {
  return form.shapes.map((text, i) => {
    const [shape, make] = [shapeOf(text, sizes), form.make?.[i]];
    return typeof make === "function" ? make(shape, sizes) : random(shape, -3, 3, make);
  });
}

/** What a call gives or the error that it ends with. */
function outcome(run: Run, inputs: readonly Strided[], sizes: Sizes): readonly Strided[] | string {
  try {
    const y = run(inputs, sizes);
    return y instanceof Strided ? [y] : y;
  } catch (e) {
    return String(e);
  }
}

const describeOf = (x: Strided): string => `${x.dtype.name}[${x.shape.join(", ")}]`;

/** What is wrong with a result, or "". */
function wrong(a: Strided, b: Strided, close: Path["close"], unlike: boolean): string {
  if (a.dtype !== b.dtype || describeOf(a) !== describeOf(b)) return `${describeOf(a)} for ${describeOf(b)}`;
  const float = a.dtype.kind === "float" || a.dtype.kind === "complex";
  const [x, y] = [cloneContiguous(a).data as NumericData, cloneContiguous(b).data as NumericData];
  const said = (i: number): string => `${i}: ${x[i]} for ${y[i]}`;
  if (!float || close === 0) {
    for (let i = 0; i < x.length; i++) if (!Object.is(x[i], y[i])) return said(i);
    return "";
  }
  let [worst, top, at] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [p, q] = [x[i]!, y[i]!];
    if (Number.isFinite(p) !== Number.isFinite(q)) return said(i);
    if (!Number.isFinite(p)) {
      if (!Object.is(p, q) && !unlike) return said(i);
      continue;
    }
    top = Math.max(top, Math.abs(q));
    if (!(Math.abs(p - q) <= worst)) [worst, at] = [Math.abs(p - q), i];
  }
  if (typeof close === "number")
    return worst <= close * top ? "" : `${said(at)}, where ${top} is the largest`;
  const steps = ulps(a, b, close.atol);
  return steps <= close.ulp ? "" : `${steps} steps of the last place apart`;
}

const ODD_NUMBERS = { NaN: Number.NaN, "∞": Infinity, "−∞": -Infinity, "−0": -0 };

/** Which odd numbers an input takes. */
function oddFor(path: Path, i: number, x: Strided): [name: string, v: number][] {
  const all = Object.entries(ODD_NUMBERS);
  if (x.dtype.kind !== "float" || x.size === 0 || path.finite?.includes(i)) return [];
  return path.bounded?.includes(i) ? all.filter(([name]) => !name.endsWith("∞")) : all;
}

/** Compares one call with the reference and tells what is wrong. */
function check(path: Path, form: Form, label: string, inputs: readonly Strided[], sizes: Sizes): string[] {
  const before = path.kernels.map(countOf);
  const fast = outcome(form.run, inputs, sizes);
  const ran = path.kernels.some((name, i) => countOf(name) > before[i]!);
  const plain = withoutFastKernels(() => outcome(form.plain ?? form.run, inputs, sizes));
  const found: string[] = [];
  const tell = (text: string): void => void found.push(`${path.name}, ${label}: ${text}`);
  if (typeof fast === "string" || typeof plain === "string") {
    if (fast !== plain) tell(`${fast} for ${plain}`);
    else if (!label.endsWith(NOTHING) && !path.raises?.test(label)) tell(String(fast));
    return found;
  }
  // Whether a call for nothing reaches a kernel says nothing.
  if (!label.endsWith(NOTHING) && ran === (path.declines?.(inputs, label, sizes) ?? false))
    tell(ran ? "ran" : "did not run");
  if (fast.length !== plain.length) tell(`${fast.length} results for ${plain.length}`);
  else
    fast.forEach((y, i) => {
      const text = wrong(y, plain[i]!, path.close, path.unlike?.test(label) ?? false);
      if (text) tell(`result ${i}, ${text}`);
    });
  return found;
}

const NOTHING = "no elements";

/** Walks one way to call a path in all ways that its inputs can be. */
function walk(path: Path, form: Form): string[] {
  const derive = form.derived ?? ((s: Sizes) => s);
  const found: string[] = [];
  const first = derive(form.sizes[0]!);
  const shapes = (sizes: Sizes): string => form.shapes.map((s) => `[${shapeOf(s, sizes)}]`).join(" ");
  const try_ = (label: string, inputs: readonly Strided[], sizes: Sizes = first): void =>
    void found.push(...check(path, form, `${shapes(sizes)} ${label}`, inputs, sizes));

  for (const sizes of form.sizes.map(derive)) try_("", inputsOf(form, sizes), sizes);
  const each = form.brief ? [] : form.shapes.map((_, i) => i);
  for (const [way, lay] of Object.entries(WAYS)) {
    if (form.brief || each.length > 1) try_(`all ${way}`, inputsOf(form, first).map(lay));
    for (const i of each)
      try_(
        `input ${i} ${way}`,
        inputsOf(form, first).map((x, k) => (k === i ? lay(x) : x)),
      );
  }
  for (const letter of Object.keys(form.sizes[0]!)) {
    const none = derive({ ...form.sizes[0]!, [letter]: 0 });
    try_(NOTHING, inputsOf(form, none), none);
  }
  for (const i of each)
    for (const [kind, v] of oddFor(path, i, inputsOf(form, first)[i]!)) {
      const inputs = inputsOf(form, first);
      const data = inputs[i]!.data as NumericData;
      for (const at of new Set([0, data.length >> 1, data.length - 1])) {
        const kept = data[at]!;
        data[at] = v;
        try_(`${kind} at ${at} of input ${i}`, inputs);
        data[at] = kept;
      }
    }
  return found;
}

/** Walks a path; what is wrong with it. */
export function sweep(path: Path): string[] {
  const found = path.forms.flatMap((form) => walk(path, form));
  for (const name of path.kernels) if (countOf(name) === 0) found.push(`${path.name}: ${name} never ran`);
  return found;
}

/** Whether an export is a kernel of some path, and not only what brings arrays there. */
export const isKernel = (name: string): boolean => !HELPERS.test(name);
