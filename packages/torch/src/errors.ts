import {
  BroadcastError,
  DivisionByZeroError,
  DTypeError,
  dtypeNamed,
  IndexPlanError,
  type IndexProblem,
  MemoryError,
  MissingDerivativeError,
  NestedError,
} from "@cognate/kernel";
import { IndexError, NotImplementedError, RuntimeError, TypeError, ValueError } from "@cognate/py";
import { AutogradError, type AutogradProblem } from "@cognate/tensor";
import { gradFnName } from "./policy.js";
import { scalarName } from "./promotion.js";
import { beyond, INDEX_TYPES, shown, sizesDiffer } from "./words.js";

type Words<P extends { kind: string }> = { readonly [K in P["kind"]]: (p: Extract<P, { kind: K }>) => Error };

const INDEX: Words<IndexProblem> = {
  "too-many": (p) => new IndexError(`too many indices for tensor of dimension ${p.rank}`),
  "out-of-range": (p) => new IndexError(beyond(p.index, p.entry, p.size)),
  "mask-shape": (p) =>
    new IndexError(
      `The shape of the mask ${shown(p.mask)} at index ${p.at} does not match the shape of the indexed tensor ${shown(p.seen)} at index ${p.seenAxis}`,
    ),
  dtype: () => new IndexError(INDEX_TYPES),
  scalar: (p) =>
    new IndexError(
      p.entry === "slice"
        ? "slice() cannot be applied to a 0-dim tensor."
        : "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number",
    ),
  "two-ellipses": () => new IndexError("an index can only have a single ellipsis ('...')"),
  "zero-step": () => new ValueError("slice step cannot be zero"),
  "negative-step": () => new ValueError("step must be greater than zero"),
};

const AUTOGRAD: Words<AutogradProblem> = {
  freed: () =>
    new RuntimeError(
      "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.",
    ),
  modified: (p) =>
    new RuntimeError(
      `one of the variables needed for gradient computation has been modified by an inplace operation: [torch.${scalarName(dtypeNamed(p.dtype)!)}Tensor ${shown(p.shape)}]${p.output >= 0 ? `, which is output ${p.output} of ${cppName(p.node)},` : ""} is at version ${p.version}; expected version ${p.expected} instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).`,
    ),
  "leaf-in-place": () =>
    new RuntimeError("a leaf Variable that requires grad is being used in an in-place operation."),
  "view-of-leaf-in-place": () =>
    new RuntimeError("a view of a leaf Variable that requires grad is being used in an in-place operation."),
  "several-views-in-place": (p) =>
    new RuntimeError(
      `Output ${p.output} of ${p.op} is a view and is being modified inplace. This view is the output of a function that returns multiple views. Such functions do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one.`,
    ),
  "overlapping-write": () =>
    new RuntimeError(
      "unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.",
    ),
  "no-graph": (p) =>
    new RuntimeError(`element ${p.output} of tensors does not require grad and does not have a grad_fn`),
  "no-derivative": (p) => new RuntimeError(`derivative for aten::${p.op} is not implemented`),
  unused: (p) =>
    new RuntimeError(
      `The differentiated Tensor at index ${p.input} appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.`,
    ),
  "gradient-shape": (p) =>
    new RuntimeError(
      `Mismatch in shape: grad_output[${p.output}] has a shape of torch.Size(${shown(p.got)}) and output[${p.output}] has a shape of torch.Size(${shown(p.want)}).`,
    ),
  "not-scalar": () => new RuntimeError("grad can be implicitly created only for scalar outputs"),
};

/** A node as PyTorch's C++ names it in messages. */
function cppName(node: string): string {
  const name = gradFnName(node);
  return /Backward\d*$/.test(name) ? name.replace(/Backward\d*$/, "") : `torch::autograd::${name}`;
}

/** `f`'s value; errors of the lower layers come out in PyTorch's class and words. */
export function inTorchWords<T>(op: string, f: () => T): T {
  try {
    return f();
  } catch (e) {
    throw reword(e, op);
  }
}

/** An error of the lower layers in PyTorch's class and words; any other as it is. */
export function reword(e: unknown, op: string): unknown {
  if (e instanceof BroadcastError) return sizesDiffer(e.before, e.got);
  if (e instanceof DivisionByZeroError) return new RuntimeError("ZeroDivisionError");
  if (e instanceof MemoryError)
    return new RuntimeError(
      `[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate ${e.bytes} bytes. Error code 12 (Cannot allocate memory)`,
    );
  if (e instanceof MissingDerivativeError)
    return new NotImplementedError(`the derivative for '${missing(e)}' is not implemented.`);
  if (e instanceof IndexPlanError) return (INDEX[e.problem.kind] as (p: IndexProblem) => Error)(e.problem);
  if (e instanceof AutogradError)
    return (AUTOGRAD[e.problem.kind] as (p: AutogradProblem) => Error)(e.problem);
  if (e instanceof NestedError) {
    const p = e.problem;
    if (p.kind === "item")
      return typeof p.item === "string"
        ? new TypeError("new(): invalid data type 'str'")
        : new RuntimeError(`Could not infer dtype of ${typeName(p.item)}`);
    if (p.expected === "scalar") return new TypeError("'list' object cannot be interpreted as an integer");
    if (p.got === "scalar") return new TypeError("not a sequence");
    return new ValueError(`expected sequence of length ${p.expected} at dim ${p.axis} (got ${p.got})`);
  }
  if (e instanceof DTypeError) {
    const type = dtypeNamed(e.got);
    if (type) return new NotImplementedError(`"${op}_cpu" not implemented for '${scalarName(type)}'`);
  }
  return e;
}

const MISSING: Readonly<Record<string, string>> = {
  lowerGamma: "igamma: input",
  upperGamma: "igammac: input",
  zeta: "special_zeta: self",
};
const missing = (e: MissingDerivativeError): string => MISSING[e.op] ?? `${e.op}: ${e.input}`;

const typeName = (x: unknown): string =>
  x === null || x === undefined
    ? "NoneType"
    : typeof x === "string"
      ? "str"
      : typeof x === "object"
        ? x.constructor.name
        : typeof x;
