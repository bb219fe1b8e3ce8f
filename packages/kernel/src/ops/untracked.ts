import { type DType, float64 } from "../dtype/dtype.js";
import { castTo, copyInto } from "../strided/copy.js";
import { type Shape, Strided } from "../strided/strided.js";
import { sumTo } from "./engines/vjp.js";
import { isScalar, type Operand, type OpRow, type Scalar, type VjpContext } from "./row.js";
import { eachRow } from "./rows.js";
import { fill } from "./scalar.js";
import type { Value } from "./value.js";

/** A call of a row that gradients go back through. */
interface Call {
  readonly row: OpRow;
  readonly inputs: readonly unknown[];
  readonly params: unknown;
  readonly outputs: readonly Untracked[];
}

/** Where calls on followed arrays are kept while {@link pullBack} runs a composition. */
let calls: Call[] | null = null;

/** An array without history under the interface that compositions of ops are written with. */
class Untracked {
  constructor(
    readonly array: Strided,
    /** Whether {@link pullBack} wants its gradient. */
    readonly followed = false,
  ) {}
  get shape(): Shape {
    return this.array.shape;
  }
  get dtype(): DType {
    return this.array.dtype;
  }
  get size(): number {
    return this.array.size;
  }
  full(shape: Shape, value: Scalar): Untracked {
    return new Untracked(fill(Strided.zeros(this.dtype, shape), value));
  }
  constant(array: Strided): Untracked {
    return new Untracked(array);
  }
  detach(): Untracked {
    return new Untracked(this.array);
  }
  sumTo(shape: Shape): Value {
    return sumTo(valueOf(this), shape);
  }
  rsub(a: Value | Scalar): Value {
    return valueOf(isScalar(a) ? this.full([], a) : a).sub(valueOf(this));
  }
  rdiv(a: Value | Scalar): Value {
    return valueOf(isScalar(a) ? this.full([], a) : a).div(valueOf(this));
  }
}

/** An array as the interface sees it: its other methods are put on the class below. */
const valueOf = (x: unknown): Value => x as Value;
const operandOf = (x: unknown): Operand => (x instanceof Untracked ? x.array : (x as Operand));
const isFollowed = (x: unknown): boolean => x instanceof Untracked && x.followed;

function call(row: OpRow, inputs: readonly unknown[], params: unknown): Untracked | Untracked[] {
  const y = row.run(inputs.map(operandOf), params);
  const followed = calls !== null && inputs.some(isFollowed);
  const outputs = (Array.isArray(y) ? y : [y]).map((a: Strided) => new Untracked(a, followed));
  if (followed) calls!.push({ row, inputs, params, outputs });
  return Array.isArray(y) ? outputs : outputs[0]!;
}

eachRow((row) => {
  const n = row.inputs.length;
  const value = row.variadic
    ? function (this: Untracked, others: readonly unknown[], params: unknown) {
        return call(row, [this, ...others], params);
      }
    : function (this: Untracked, ...rest: readonly unknown[]) {
        return call(row, [this, ...rest.slice(0, n - 1)], rest[n - 1]);
      };
  Object.defineProperty(Untracked.prototype, row.name, { value, writable: true, configurable: true });
});

/** What a composition of ops, written for values with a history, computes on plain arrays. */
export const onArrays = (f: (values: readonly Value[]) => Value, arrays: readonly Strided[]): Strided =>
  f(arrays.map((a) => valueOf(new Untracked(a)))).array;

/** What the derivative of a call's row may ask about it. */
function contextOf({ inputs, params, outputs }: Call): VjpContext<unknown> {
  const array = (i: number): Strided | undefined => {
    const x = inputs[i];
    return x instanceof Untracked ? x.array : undefined;
  };
  return {
    params,
    count: inputs.length,
    higherOrder: false,
    outShapes: outputs.map((y) => y.shape),
    needs: (i) => isFollowed(inputs[i]),
    given: (i) => (inputs[i] ?? null) !== null,
    shape: (i) => array(i)?.shape ?? [],
    dtype: (i) => (array(i) ?? outputs[0]!).dtype,
    layout: (i) => array(i)!,
    scalar: (i) => (array(i) ? undefined : (inputs[i] as Scalar)),
    through: pullBack,
  };
}

/** What the derivative of a call's row reads of it, by name. */
const savedBy =
  ({ row, inputs, outputs }: Call) =>
  (name: string): Value => {
    const i = row.variadic ? Number(name) : row.inputs.indexOf(name);
    const x = i < 0 ? outputs[row.outputs.indexOf(name)] : inputs[i];
    return valueOf(x instanceof Untracked ? x : outputs[0]!.full([], isScalar(x) ? x : 0));
  };

/** Gradients of arrays through a composition of ops from those of what it gives; `null` where it does not depend on one. */
export function pullBack(
  f: (values: readonly Value[]) => readonly Value[],
  xs: readonly Value[],
  gys: readonly (Value | null)[],
): (Value | null)[] {
  const values = xs.map((x) => valueOf(new Untracked(x.array, true)));
  const grads = new Map<unknown, Value>();
  const add = (x: unknown, g: Value): void => {
    const more = grads.get(x);
    grads.set(x, more ? more.add(g) : g);
  };
  const outer = calls;
  const list: Call[] = [];
  try {
    calls = list;
    const ys = f(values);
    calls = null;
    ys.forEach((y, i) => gys[i] && add(y, gys[i]));
    for (const call of list.reverse()) {
      const gs = call.outputs.map((y) => grads.get(y) ?? null);
      if (gs.every((g) => g === null)) continue;
      call.row.backward!(gs, savedBy(call), contextOf(call)).forEach((g, i) => {
        const x = call.inputs[i];
        if (g && isFollowed(x)) add(x, g.sumTo((x as Untracked).shape));
      });
    }
  } finally {
    calls = outer;
  }
  return values.map((x) => grads.get(x) ?? null);
}

/** An array, in float64 if it holds numbers with fractions: what the references of fused rows compute with. */
export const inDouble = (x: Strided): Value =>
  valueOf(new Untracked(x.dtype.kind === "float" ? castTo(x, float64) : x));

/** An array of its own with what a reference computed, rounded to a type; zeros if that is nothing. */
export function rounded(y: Value | null, type: DType, shape: Shape): Strided {
  const out = Strided.zeros(type, shape);
  return y && y.size > 0 ? copyInto(out, y.array) : out;
}
