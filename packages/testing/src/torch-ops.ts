import { type DType, isDifferentiable, type NumericData, Strided } from "@cognate/kernel";
import { runBackward, Value } from "@cognate/tensor";
import * as torch from "@cognate/torch";
import * as functional from "@cognate/torch/nn/functional";
import type { Closeness } from "./compare.js";
import type { GoldenArray, GoldenDType, GoldenError } from "./golden.js";
import { golden } from "./golden.js";
import { goldenDifference } from "./matchers.js";

/*
 * Cases of PyTorch's op database (test-fixtures/torch/ops): the function, its gradients, and the method, in-place and
 * `out=` forms that the database says the op has.
 */

type Call = (...args: unknown[]) => unknown;
type Named = Record<string, unknown>;

/** The first entry of a file: what the database says of the op. */
export interface OpFacts {
  readonly name: string;
  readonly variant: string;
  readonly method: boolean;
  readonly inplace: boolean;
  readonly out: boolean;
  /** Outputs that are known up to a sign or phase: their sizes are compared. */
  readonly phase?: readonly number[];
}

interface OpCase {
  readonly dtype: string;
  readonly input: unknown;
  readonly args?: readonly unknown[];
  readonly kwargs?: Named;
  /** The input stretches, so that the op cannot work in place. */
  readonly broadcasts?: boolean;
  readonly out: unknown;
  readonly grad_fn?: string;
  readonly grads?: readonly unknown[];
}

/** What is tried of a case. */
export type Aspect = "call" | "gradient" | "grad_fn" | "method" | "in place" | "out";

const tensorOf = (a: Strided, grad: boolean): torch.Tensor => {
  const x = new torch.Tensor(new Value(a));
  return grad ? x.requires_grad_() : x;
};

const copyOf = (a: Strided): Strided => Strided.over(a.flat().slice(), a.dtype, a.shape);

/** Fresh tensors in place of the arrays of nested arguments. */
function fresh(v: unknown, grad: boolean): unknown {
  if (v instanceof torch.Tensor) return tensorOf(copyOf(v._value.array), grad && v.requires_grad);
  if (Array.isArray(v)) return v.map((x) => fresh(x, grad));
  if (isDict(v)) return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, fresh(x, grad)]));
  return v;
}

const isDict = (v: unknown): v is Named =>
  typeof v === "object" && v !== null && Object.getPrototypeOf(v) === Object.prototype;

/** The tensors in nested arguments or results, in order. */
function tensors(v: unknown): torch.Tensor[] {
  if (v instanceof torch.Tensor) return [v];
  if (Array.isArray(v)) return v.flatMap(tensors);
  return isDict(v) ? Object.values(v).flatMap(tensors) : [];
}

/** The gradient that the generator starts from: no two elements are equal. */
function weights(shape: readonly number[], dtype: DType): Value {
  const w = Strided.zeros(dtype.half ? torch.float32.kernel : dtype, shape);
  const data = w.data as NumericData;
  const { lanes } = dtype;
  for (let k = 0; k < w.size; k++) {
    data[k * lanes] = 0.5 + ((k * 37) % 101) / 101;
    if (lanes === 2) data[k * lanes + 1] = 0.25 + ((k * 53) % 103) / 103;
  }
  return new Value(w).cast({ dtype, copy: false }) as Value;
}

/** Functions whose tensor is not their first argument, though the database gives it first. */
const TENSOR_SECOND = new Set([
  "einsum",
  "where",
  "polygamma",
  "special.polygamma",
  "nn.functional.embedding",
  "nn.functional.embedding_bag",
]);

/** What `grad_fn=<…>` shows when a tensor is printed. */
const gradFnOf = (x: torch.Tensor): string | undefined => /grad_fn=<(\w+)>/.exec(String(x))?.[1];

/** Entries of the database that are properties of tensors. */
const PROPERTIES = new Set(["T", "H", "mT", "mH"]);

/** Names of the database that are no attribute of torch. */
const REFLECTED = /^__(r\w+)__$/;

function lookup(name: string): Call | undefined {
  const root: Named = { ...(torch as unknown as Named), nn: { functional } };
  const found = name.split(".").reduce<unknown>((o, part) => (o as Named | undefined)?.[part], root);
  return typeof found === "function" ? (found as Call) : undefined;
}

const methodOf = (x: unknown, name: string): Call | undefined => {
  const f = (x as Named)[name.slice(name.lastIndexOf(".") + 1)];
  return typeof f === "function" ? (f.bind(x) as Call) : undefined;
};

const REVIVE = {
  array: (a: GoldenArray): unknown => tensorOf(a.array, a.grad),
  dtype: (d: GoldenDType): unknown => torch.fromKernel(d.dtype),
};

/** The op of a file and its cases. */
export function opCases(file: string): { op: OpFacts; cases: OpCase[] } {
  const [op, ...cases] = golden("torch/ops/cases", REVIVE, file) as unknown as [OpFacts, ...OpCase[]];
  return { op, cases };
}

/** The op as the database calls it, whose first argument is the input. */
function caller(name: string): (input: unknown, rest: unknown[]) => unknown {
  const reflected = REFLECTED.exec(name);
  return (input, rest) => {
    if (PROPERTIES.has(name)) return (input as Named)[name];
    const f = reflected ? methodOf(input, reflected[1]!) : lookup(name);
    if (f && TENSOR_SECOND.has(name)) return f(rest[0], input, ...rest.slice(1));
    if (f) return reflected ? f(...rest) : f(input, ...rest);
    // Draws are methods that write over a tensor; the database calls them on a copy.
    const method = methodOf(input, name) ?? methodOf(fresh(input, false), `${name}_`);
    if (!method) throw new Error(`torch has no ${name}`);
    return method(...rest);
  };
}

/** Runs one case in every form; tells the first thing wrong with each, and which were tried. */
export function tryCase(
  op: OpFacts,
  c: OpCase,
  closeness?: Closeness,
): { failures: Map<Aspect, string>; tried: Set<Aspect> } {
  const failures = new Map<Aspect, string>();
  const tried = new Set<Aspect>();
  const attempt = (aspect: Aspect, f: () => string | null): void => {
    let why: string | null;
    tried.add(aspect);
    // The database seeds the generator before each call of an op that draws.
    torch.manual_seed(42);
    try {
      why = f();
    } catch (e) {
      why = String(e);
    }
    if (why !== null && !failures.has(aspect)) failures.set(aspect, why);
  };
  const given = (grad: boolean): { input: unknown; rest: unknown[] } => ({
    input: fresh(c.input, grad),
    rest: [
      ...((c.args ?? []) as unknown[]).map((a) => fresh(a, grad)),
      ...(c.kwargs ? [fresh(c.kwargs, grad)] : []),
    ],
  });
  const reflected = REFLECTED.exec(op.name);
  const call = caller(op.name);
  const sized = (got: unknown): unknown =>
    op.phase && Array.isArray(got)
      ? got.map((t: torch.Tensor, i) => (op.phase!.includes(i) ? torch.abs(t) : t))
      : got;
  const compare = (got: unknown): string | null => goldenDifference(sized(got), c.out, closeness);

  attempt("call", () => {
    const { input, rest } = given(false);
    return compare(call(input, rest));
  });
  // Functions that write over their tensor cannot take a leaf.
  if (c.grads && !op.name.endsWith("_"))
    attempt("gradient", () => {
      const { input, rest } = given(true);
      const leaves = tensors([input, rest]).filter((t) => t.requires_grad);
      const ys = tensors(sized(call(input, rest))).filter(
        (t) => t.requires_grad && isDifferentiable(t._value.dtype),
      );
      if (c.grad_fn)
        attempt("grad_fn", () => {
          const name = gradFnOf(ys[0]!);
          return name === c.grad_fn ? null : `${name}, expected ${c.grad_fn}`;
        });
      const grads = runBackward(
        ys.map((y) => y._value),
        ys.map((y) => weights(y._value.shape, y._value.dtype)),
        leaves.map((t) => t._value),
      );
      return goldenDifference(
        grads.map((g, i) =>
          // PyTorch gives no gradient, or zeros, where nothing depends on the input.
          g === null && c.grads![i] !== null
            ? leaves[i]!._value.full(leaves[i]!._value.shape, 0).array
            : (g?.array ?? null),
        ),
        c.grads!.map((g, i) =>
          g === null && grads[i] !== null ? grads[i]!.full(grads[i]!.shape, 0).array : g,
        ),
        closeness,
      );
    });
  if (op.method && !reflected)
    attempt("method", () => {
      const { input, rest } = given(false);
      const f = methodOf(input, op.name);
      return f ? compare(f(...rest)) : `Tensor has no ${op.name}`;
    });
  const [whole] = tensors([c.out]);
  const self = c.input instanceof torch.Tensor ? c.input : null;
  const fits =
    self !== null &&
    whole !== undefined &&
    c.out instanceof torch.Tensor &&
    !c.broadcasts &&
    whole._value.dtype === self._value.dtype &&
    whole._value.shape.join() === self._value.shape.join();
  if (op.inplace && fits && !reflected)
    attempt("in place", () => {
      const { input, rest } = given(false);
      const name = op.name.endsWith("_") ? op.name : `${op.name}_`;
      const f = methodOf(input, name) ?? lookup(name)?.bind(null, input);
      if (!f) return inPlaceByKeyword(op, input, rest, compare);
      const returned = f(...rest);
      return returned === input ? compare(input) : "the in-place form does not return its tensor";
    });
  if (op.out && c.out instanceof torch.Tensor)
    attempt("out", () => {
      const { input, rest } = given(false);
      const out = tensorOf(Strided.zeros(whole!._value.dtype, whole!._value.shape), false);
      const last = rest[rest.length - 1];
      const all = isDict(last) ? [...rest.slice(0, -1), { ...last, out }] : [...rest, { out }];
      const returned = call(input, all);
      return returned === out ? compare(out) : "the call does not return its `out`";
    });
  return { failures, tried };
}

/** `F.elu(x, inplace=True)`, where there is no function with an underscore. */
function inPlaceByKeyword(
  op: OpFacts,
  input: unknown,
  rest: unknown[],
  compare: (got: unknown) => string | null,
): string | null {
  const f = lookup(op.name);
  if (!f || !op.name.startsWith("nn.functional.")) return `Tensor has no ${op.name}_`;
  const last = rest[rest.length - 1];
  const all = isDict(last)
    ? [...rest.slice(0, -1), { ...last, inplace: true }]
    : [...rest, { inplace: true }];
  f(input, ...all);
  return compare(input);
}

/** Tangents of a case's results, as PyTorch has them, by where the case stands in its file. */
export interface OpTangents {
  readonly file: string;
  readonly index: number;
  readonly tangents: readonly (GoldenArray | null)[];
}

/** What is wrong with the tangents of a case, or `null`; those of the inputs are the {@link weights}. */
export function tangentDifference({ file, index, tangents }: OpTangents): string | null {
  const { op, cases } = opCases(`${file}.json`);
  const c = cases[index]!;
  const { forward_ad } = torch.autograd;
  const dual = (v: unknown): unknown => {
    if (v instanceof torch.Tensor) {
      const t = tensorOf(copyOf(v._value.array), false);
      return v.requires_grad
        ? forward_ad.make_dual(t, new torch.Tensor(weights(v._value.shape, v._value.dtype)))
        : t;
    }
    if (Array.isArray(v)) return v.map(dual);
    return isDict(v) ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, dual(x)])) : v;
  };
  return forward_ad.dual_level(() => {
    torch.manual_seed(42);
    const rest = [...((c.args ?? []) as unknown[]).map(dual), ...(c.kwargs ? [dual(c.kwargs)] : [])];
    const outs = tensors(caller(op.name)(dual(c.input), rest)).map((t) => {
      const { tangent } = forward_ad.unpack_dual(t);
      // Results that depend on nothing may have zeros or none.
      return isDifferentiable(t._value.dtype) ? (tangent ?? torch.zeros_like(t)) : null;
    });
    const known = (_: unknown, i: number): boolean => !op.phase?.includes(i) && !!tangents[i];
    return goldenDifference(outs.filter(known), tangents.filter(known));
  });
}

/** A call that PyTorch refuses. */
export interface OpError {
  readonly name: string;
  readonly op: string;
  readonly input: unknown;
  readonly args: readonly unknown[];
  readonly kwargs?: Named;
  readonly error: GoldenError;
}

/** The calls of `errors.json`. */
export const opErrors = (): OpError[] => golden("torch/ops", REVIVE, "errors.json") as unknown as OpError[];

/** Class and message of what a call raises, and of what PyTorch does. */
export function raised({ op, input, args, kwargs, error }: OpError): { got: string; want: string } {
  const want = `${error.type}: ${error.message}`;
  try {
    caller(op)(input, [...args, ...(kwargs ? [kwargs] : [])]);
  } catch (e) {
    return { got: `${(e as Error).name}: ${(e as Error).message}`, want };
  }
  return { got: "no error", want };
}
