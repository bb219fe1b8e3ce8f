import { getItem, type Index } from "@cognate/keras/tensorflow";
import { broadcastTwo } from "@cognate/kernel";
import { parseEntry, repr, Slice, Tuple, TypeError } from "@cognate/py";
import { currentGraph, isGraphTensor } from "../core/context.js";
import { isTensor, toTensor, typeOf } from "../core/convert.js";
import { bool, int32, string } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { Tensor } from "../shared.js";
import { boolean_mask, stack } from "./array.js";
import type { Data } from "./make.js";
import { cast, trueDivide } from "./math.js";
import { matmul } from "./matmul.js";

/* Python's operators on tensors and variables: calls of operations, recorded where a graph is being built. */

/** The name of an operator's node. */
const nodeName = (name: string, ...xs: readonly unknown[]): string | null =>
  currentGraph() !== null || xs.some(isGraphTensor) ? name : null;

type Combine = (x: unknown, y: unknown) => Tensor;
const simple =
  (type: string, name: string): Combine =>
  (x, y) =>
    one(type, [x, y], {}, nodeName(name, x, y));

const isText = (x: unknown): boolean => typeof x === "string" || (isTensor(x) && typeOf(x) === string);

const plus: Combine = (x, y) => {
  const first = isTensor(x) ? x : y;
  const type = isText(first) ? "Add" : "AddV2";
  return one(type, [x, y], {}, nodeName("add", x, y), { loose: isTensor(x) });
};

const logical =
  (onBools: string, onBits: string, name: string): Combine =>
  (x, y) => {
    const type = typeOf(isTensor(x) ? x : y);
    return one(type === bool ? onBools : onBits, [x, y], {}, nodeName(name, x, y));
  };

/** x ∧ ¬y ∨ ¬x ∧ y. */
const xor: Combine = (x, y) => {
  if (typeOf(isTensor(x) ? x : y) !== bool) return one("BitwiseXor", [x, y], {}, nodeName("xor", x, y));
  const either = one("LogicalOr", [x, y]);
  const both = one("LogicalAnd", [x, y]);
  return one("LogicalAnd", [either, one("LogicalNot", [both])]);
};

/** Whether places differ; shapes that do not fit are unequal as a whole. */
const equality = (type: "Equal" | "NotEqual"): Combine => {
  return (x, y) => {
    const a = toTensor(x);
    const b = toTensor(y, isTensor(y) ? {} : { dtype: a.dtype });
    if (!isGraphTensor(a) && !isGraphTensor(b) && !currentGraph() && !broadcastTwo(a.shape, b.shape))
      return toTensor(type === "NotEqual");
    return one(type, [a, b], { incompatible_shape_error: false });
  };
};

const BINARY: Readonly<Record<string, Combine>> = {
  add: plus,
  sub: simple("Sub", "sub"),
  mul: simple("Mul", "mul"),
  div: (x, y) => trueDivide(x, y, nodeName("truediv", x, y)),
  floordiv: simple("FloorDiv", "floordiv"),
  mod: simple("FloorMod", "mod"),
  pow: simple("Pow", "pow"),
  matmul: (x, y) => matmul(x as Data, y as Data),
  and: logical("LogicalAnd", "BitwiseAnd", "and"),
  or: logical("LogicalOr", "BitwiseOr", "or"),
  xor,
  lshift: simple("LeftShift", "lshift"),
  rshift: simple("RightShift", "rshift"),
};
const COMPARISONS: Readonly<Record<string, Combine>> = {
  lt: simple("Less", "Less"),
  le: simple("LessEqual", "LessEqual"),
  gt: simple("Greater", "Greater"),
  ge: simple("GreaterEqual", "GreaterEqual"),
};

/** What a slice is made of, as `StridedSlice` takes it. */
interface SliceSpec {
  readonly begin: unknown[];
  readonly end: unknown[];
  readonly strides: unknown[];
  readonly begin_mask: number;
  readonly end_mask: number;
  readonly ellipsis_mask: number;
  readonly new_axis_mask: number;
  readonly shrink_axis_mask: number;
}

const badIndex = (x: unknown): TypeError =>
  new TypeError(
    `Only integers, slices (\`:\`), ellipsis (\`...\`), tf.newaxis (\`None\`) and scalar tf.int32/tf.int64 tensors are valid indices, got ${repr(x)}`,
  );

/** Numbers, slices and tensors of an index as a slice's masks. @throws TypeError for what is no index */
export function sliceSpec(entries: readonly unknown[]): SliceSpec {
  const [begin, end, strides]: [unknown[], unknown[], unknown[]] = [[], [], []];
  let [beginMask, endMask, ellipsisMask, newAxisMask, shrinkMask] = [0, 0, 0, 0, 0];
  entries.forEach((raw, i) => {
    const e = typeof raw === "string" ? parseEntry(raw as never) : raw;
    const bit = 1 << i;
    if (e === "...") {
      [begin, end, strides].forEach((l, k) => void l.push(k === 2 ? 1 : 0));
      ellipsisMask |= bit;
    } else if (e === null) {
      [begin, end, strides].forEach((l, k) => void l.push(k === 2 ? 1 : 0));
      newAxisMask |= bit;
    } else if (e instanceof Slice) {
      const { start, stop, step } = e as unknown as { start: unknown; stop: unknown; step: unknown };
      begin.push(start ?? 0);
      end.push(stop ?? 0);
      strides.push(step ?? 1);
      if (start === null || start === undefined) beginMask |= bit;
      if (stop === null || stop === undefined) endMask |= bit;
    } else {
      if (isTensor(e) ? !typeOf(e).is_integer : !Number.isInteger(Number(e)) || Array.isArray(e))
        throw badIndex(e);
      begin.push(e);
      end.push(isTensor(e) ? one("AddV2", [e, 1]) : Number(e) + 1);
      strides.push(1);
      shrinkMask |= bit;
      if (Number(e) === -1 && !isTensor(e)) endMask |= bit;
    }
  });
  return {
    begin,
    end,
    strides,
    begin_mask: beginMask,
    end_mask: endMask,
    ellipsis_mask: ellipsisMask,
    new_axis_mask: newAxisMask,
    shrink_axis_mask: shrinkMask,
  };
}

/** Numbers and tensors as one vector. */
function vector(list: readonly unknown[]): Tensor {
  const typed = list.find(isTensor);
  if (!typed) return toTensor(list.map(Number), { dtype: int32 });
  return stack(
    list.map((x) =>
      isTensor(x) ? cast(x as Data, typeOf(typed)) : cast(Number(x), typeOf(typed)),
    ) as Data[],
    0,
  );
}

/** The operands of the operations that slice. */
export const sliceOperands = (s: SliceSpec): Tensor[] => [vector(s.begin), vector(s.end), vector(s.strides)];
/** The masks of the operations that slice. */
export const sliceMasks = ({
  begin_mask,
  end_mask,
  ellipsis_mask,
  new_axis_mask,
  shrink_axis_mask,
}: SliceSpec) => ({
  begin_mask,
  end_mask,
  ellipsis_mask,
  new_axis_mask,
  shrink_axis_mask,
});

const isMask = (x: unknown): boolean =>
  (isTensor(x) && typeOf(x) === bool) ||
  (typeof x === "object" && x !== null && String((x as { dtype?: unknown }).dtype) === "bool");

/** `x[…]`. */
export function indexed(x: unknown, index: readonly unknown[]): Tensor {
  const given = index.length === 1 && index[0] instanceof Tuple ? (index[0] as readonly unknown[]) : index;
  if (given.length === 1 && isMask(given[0])) return boolean_mask(x as Data, given[0] as Data);
  const t = toTensor(x);
  const bad = given.find((e) => Array.isArray(e) || (typeof e === "number" && !Number.isInteger(e)));
  if (bad !== undefined) throw badIndex(bad);
  const text = given.find(
    (e) => typeof e === "string" && !/^\s*(\.\.\.|-?\d*\s*(:\s*-?\d*\s*){0,2})\s*$/.test(e),
  );
  if (text !== undefined) throw badIndex(text);
  if (isGraphTensor(t) || currentGraph() || t.dtype === string || given.some(isGraphTensor)) {
    const spec = sliceSpec(given);
    return one("StridedSlice", [t, ...sliceOperands(spec)], sliceMasks(spec), nodeName("strided_slice", t));
  }
  const tensor = given.find((e) => isTensor(e) && (e as Tensor).shape.length > 0);
  if (tensor !== undefined) throw badIndex(tensor);
  return new Tensor(getItem(t._value, given as readonly Index[]));
}

/** The operators by name, for the prototypes of tensors of all kinds and of variables. */
export const operators: Readonly<Record<string, Function>> = {
  ...Object.fromEntries(
    Object.entries(BINARY).flatMap(([name, combine]) => [
      [
        name,
        function (this: unknown, other: unknown) {
          return combine(this, other);
        },
      ],
      [
        `r${name}`,
        function (this: unknown, other: unknown) {
          return combine(other, this);
        },
      ],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(COMPARISONS).map(([name, combine]) => [
      name,
      function (this: unknown, other: unknown) {
        return combine(this, other);
      },
    ]),
  ),
  eq(this: unknown, other: unknown) {
    return other === null || other === undefined ? false : equality("Equal")(this, other);
  },
  ne(this: unknown, other: unknown) {
    return other === null || other === undefined ? true : equality("NotEqual")(this, other);
  },
  neg(this: unknown) {
    return one("Neg", [this], {}, nodeName("Neg", this));
  },
  pos(this: unknown) {
    return this;
  },
  abs(this: unknown) {
    const t = toTensor(this);
    return t.dtype.is_complex ? one("ComplexAbs", [t], { Tout: t.dtype.real_dtype }) : one("Abs", [t]);
  },
  invert(this: unknown) {
    return one(typeOf(this) === bool ? "LogicalNot" : "Invert", [this]);
  },
  at(this: unknown, ...index: readonly unknown[]) {
    return indexed(this, index);
  },
  __getitem__(this: unknown, index: unknown) {
    return indexed(this, Array.isArray(index) ? index : [index]);
  },
};

/** Puts the operators on a class. */
export function installOperators(C: { readonly prototype: object }): void {
  for (const [name, value] of Object.entries(operators))
    Object.defineProperty(C.prototype, name, { value, writable: true, configurable: true });
}

/** Refuses item assignment, as TensorFlow's tensors do. */
export const noItems = {
  set(this: unknown): never {
    throw new TypeError(
      `'${isGraphTensor(this) ? "SymbolicTensor" : "tensorflow.python.framework.ops.EagerTensor"}' object does not support item assignment`,
    );
  },
};
