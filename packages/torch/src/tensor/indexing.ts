import {
  bool,
  castTo,
  type DType,
  type IndexItem,
  int32,
  int64,
  isInteger,
  kindOf,
  ops,
  planIndex,
  type Shape,
  type Strided,
  sameShape,
  uint8,
} from "@cognate/kernel";
import { IndexError, parseEntry, Slice } from "@cognate/py";
import { applyInPlace, call, type Value } from "@cognate/tensor";
import { inTorchWords } from "../errors.js";
import { checkedScalar, named } from "../ops/args.js";
import { expandedShape } from "../ops/geometry.js";
import { checkTogether, type Indices, inBounds, putSource, withoutLead } from "../ops/index-places.js";
import { aliasOf } from "../ops/views.js";
import { INDEX_TYPES } from "../words.js";
import { tensorOf } from "./create.js";
import { type Index, type Nested, type Scalar, Tensor, type TensorLike, wrap } from "./tensor.js";

const POLICY = { integersJoin: false, negativeStep: false, ellipses: true } as const;

/** Bytes are masks, as they were before PyTorch had bool. */
const indexArray = (a: Strided): Strided => (a.dtype === uint8 ? castTo(a, bool) : a);

/** A list of numbers as positions or flags. */
function listArray(list: Nested): Strided {
  const { array } = tensorOf(list, undefined);
  return array.dtype === bool || array.dtype === int64 ? array : castTo(array, int64);
}

function entryOf(raw: Index): IndexItem {
  const e = parseEntry(raw as unknown);
  if (e instanceof Tensor) {
    const a = e._value.array;
    if (isInteger(a.dtype) && a.dtype !== uint8) {
      if (a.dtype !== int64 && a.dtype !== int32) throw new IndexError(INDEX_TYPES);
      return a.rank === 0 ? Number(e.item()) : a;
    }
    return indexArray(a);
  }
  if (typeof e === "boolean") return tensorOf(e, undefined).array;
  if (e === null || e === "..." || e instanceof Slice) return e;
  if (typeof e === "bigint") return Number(e);
  if (typeof e === "number" || e instanceof Number) {
    if (kindOf(e) === "int") return Number(e);
    throw new IndexError(
      "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got float)",
    );
  }
  return listArray(e as Nested);
}

/** Where an index leads: a view, and by what each of its axes is indexed, if by anything. */
interface Place {
  readonly view: Value;
  readonly indices: Indices | null;
}

/** What PyTorch calls the last of the calls that basic indexing is made of; `null` if there is none. */
function lastView(entries: readonly IndexItem[], shape: Shape): string | null {
  if (entries.length === 1 && entries[0] instanceof Slice) return "SliceBackward0";
  let label: string | null = null;
  let axis = 0;
  for (const e of entries) {
    if (e === null) label = "UnsqueezeBackward0";
    else if (typeof e === "number") {
      label = "SelectBackward0";
      axis++;
    } else if (e === "...")
      axis = shape.length - entries.slice(entries.indexOf(e) + 1).filter(takesAxis).length;
    else if (e instanceof Slice) {
      const n = shape[axis++]!;
      const whole = (e.start ?? 0) === 0 && (e.stop ?? n) >= n && (e.step ?? 1) === 1;
      if (!whole) label = "SliceBackward0";
    }
  }
  return label;
}

const takesAxis = (e: IndexItem): boolean => typeof e === "number" || e instanceof Slice;

/** A lone list that holds more than numbers and flags stands for its items. */
function itemsOf(index: readonly Index[]): readonly Index[] {
  const [only] = index;
  if (index.length !== 1 || !Array.isArray(only)) return index;
  const plain = (only as readonly Index[]).every((e) => typeof e === "boolean" || kindOf(e) !== undefined);
  return plain ? index : (only as readonly Index[]);
}

function locate(x: Value, index: readonly Index[]): Place {
  const entries = itemsOf(index).map(entryOf);
  const { items, indices } = planIndex(x.shape, entries, POLICY);
  if (indices) {
    checkTogether(indices);
    const whole = items.every(
      (i, d) => i.kind === "slice" && i.start === 0 && i.step === 1 && i.length === x.shape[d],
    );
    return { view: whole ? x : call(ops.indexView, [x], { items }), indices };
  }
  const label = lastView(entries, x.shape);
  if (label === null) return { view: aliasOf(x), indices };
  return { view: named(call(ops.indexView, [x], { items }), label), indices };
}

/**
 * `x[…]`: integers, slices (`":"`, `"1:3"`), `"..."`, `null`, masks, lists and tensors of integers. Integers and slices
 * give a view.
 *
 * @throws IndexError, ValueError in PyTorch's words
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.arange(6).reshape(2, 3);
 * print(x.at(0, "1:"), x.at([1, 0], 2), x.at(x.gt(3))); // prints tensor([1, 2]) tensor([5, 2]) tensor([4, 5])
 * ```
 */
export function at(self: Tensor, ...index: readonly Index[]): Tensor {
  return inTorchWords("index", () => {
    const { view, indices } = locate(self._value, index);
    return wrap(indices ? inBounds(indices, () => call(ops.index, [view], { indices })) : view);
  });
}

/** What stands between the brackets of an assignment: one entry, or a list of them. */
export type Target = Index | readonly Index[];

const entriesOf = (index: Target): readonly Index[] =>
  Array.isArray(index) ? (index as readonly Index[]) : [index as Index];

/** A value to be written, in the type of the target where it has none of its own. */
function sourceOf(value: TensorLike, type: DType): Value {
  if (value instanceof Tensor) return value._value;
  if (kindOf(value) !== undefined) return tensorOf(checkedScalar(value as Scalar, type), type);
  return tensorOf(value, type);
}

/**
 * `x[index] = value`, in place; `index` lists the entries (`x.set([0, ":"], v)`) or is one of them.
 *
 * @throws IndexError, RuntimeError in PyTorch's words
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.zeros(2, 3);
 * x.set([":", 0], 1);
 * x.set(x.eq(0), torch.tensor([1.5, 2.5, 3.5, 4.5]));
 * print(x);
 * // prints
 * // tensor([[1.0000, 1.5000, 2.5000],
 * //         [1.0000, 3.5000, 4.5000]])
 * ```
 */
export function set(self: Tensor, index: Target, value: TensorLike): void {
  const x = self._value;
  const entries = entriesOf(index);
  if (entries.length === 1 && entries[0] === false) return;
  inTorchWords("index_put_", () => {
    const src = sourceOf(value, x.dtype);
    const { view, indices } = locate(x, entries);
    if (!indices) {
      assign(x, view, src);
      return;
    }
    const shaped = putSource(view, indices, src);
    inBounds(indices, () => applyInPlace(ops.indexPut, [view, shaped], { indices }));
    if (view === x && !x.view && x.ownNode) x.ownNode.label = "IndexPutBackward0";
  });
}

/** Writes to a view; leading ones of the source do not count. */
function assign(x: Value, view: Value, src: Value): void {
  const shaped = withoutLead(src);
  expandedShape(shaped, view.shape);
  // All of x: written itself, not through a view.
  const whole = sameShape(x.shape, view.shape);
  applyInPlace(ops.assign, [whole ? x : view, shaped], undefined);
  if (whole && !x.view && x.ownNode)
    x.ownNode.label = src.shape.length === 0 ? "FillBackward3" : "CopyBackwards";
}

/** `x[index] = f(x[index])`. */
export function update(self: Tensor, index: Target, f: (part: Tensor) => TensorLike): void {
  set(self, index, f(at(self, ...entriesOf(index))));
}

/** Python's operators with an in-place form. */
const OPERATORS = [
  "add",
  "sub",
  "mul",
  "div",
  "floordiv",
  "mod",
  "pow",
  "and",
  "or",
  "xor",
  "lshift",
  "rshift",
] as const;

type Operator = (typeof OPERATORS)[number];

/** `x[index] += v` and the like: the part is changed in place, repeated positions once. */
function operate(self: Tensor, operator: Operator, index: Target, value: TensorLike): void {
  const part = at(self, ...entriesOf(index));
  (part as unknown as Record<string, (v: TensorLike) => Tensor>)[`${operator}_`]!(value);
  // A view wrote to x already.
  if (part._value.array.storage !== self._value.array.storage) set(self, index, part);
}

/** `add_at(index, v)` and the like: `x[index] += v`. */
export type ItemOperators = {
  [K in Operator as `${K}_at`]: (index: Target, value: TensorLike) => void;
};

/** {@link ItemOperators} by name, `this` first. */
export const itemOperators: Readonly<
  Record<keyof ItemOperators, (self: Tensor, index: Target, value: TensorLike) => void>
> = Object.fromEntries(
  OPERATORS.map((name) => [
    `${name}_at`,
    (self: Tensor, index: Target, value: TensorLike) => operate(self, name, index, value),
  ]),
) as never;
