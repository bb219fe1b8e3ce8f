import { arrayOf } from "@cognate/kernel";
import { isPlainObject, RuntimeError, repr, Tuple, TypeError, type } from "@cognate/py";
import { float64 } from "../../dtype.js";
import { as_tensor } from "../../ops/creation.js";
import { stack } from "../../ops/joining.js";
import { tensor } from "../../tensor/factories.js";
import { Tensor } from "../../tensor/tensor.js";

/** Arrays of other packages and typed arrays; a Uint8Array is Python's bytes. */
const isArray = (x: unknown): boolean =>
  !(x instanceof Uint8Array) && (ArrayBuffer.isView(x) || arrayOf(x) !== undefined);

/** A named tuple's class, which makes another from the same number of items. */
interface Remade {
  readonly _fields?: readonly string[];
  readonly constructor: { _make(items: Iterable<unknown>): unknown };
}

const isNamedTuple = (x: object): x is Remade => x instanceof Tuple && "_fields" in x;

/**
 * `torch.utils.data.default_collate`: a list of samples as one batch: tensors stacked, numbers made tensors (floats of
 * float64), lists and dicts collated item by item, texts left as they are.
 *
 * @throws TypeError for samples of another kind
 */
export function default_collate(batch: readonly unknown[]): unknown {
  const [first] = batch;
  if (first instanceof Tensor) return stack(batch as readonly Tensor[], 0);
  if (typeof first === "string" || first instanceof Uint8Array) return batch;
  if (typeof first === "boolean" || typeof first === "bigint") return tensor(batch as readonly boolean[]);
  if (typeof first === "number" || first instanceof Number) return collateNumbers(batch as readonly number[]);
  if (typeof first === "object" && first !== null) {
    if (isArray(first)) return default_collate(batch.map((x) => as_tensor(x as never)));
    if (first instanceof Map)
      return new Map(
        [...first.keys()].map((k) => [k, default_collate(batch.map((m) => (m as typeof first).get(k)))]),
      );
    if (isPlainObject(first))
      return Object.fromEntries(
        Object.keys(first).map((k) => [
          k,
          default_collate(batch.map((d) => (d as Record<string, unknown>)[k])),
        ]),
      );
    if (Array.isArray(first)) return collateLists(first, batch as readonly (readonly unknown[])[]);
  }
  throw new TypeError(
    `default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found ${repr(type(first))}`,
  );
}

/** JavaScript's numbers are Python's ints where all are whole. */
function collateNumbers(batch: readonly number[]): Tensor {
  const whole = batch.every((x) => typeof x === "number" && Number.isInteger(x));
  return whole ? as_tensor(batch.map(BigInt) as never) : tensor(batch, { dtype: float64 });
}

function collateLists(first: readonly unknown[], batch: readonly (readonly unknown[])[]): unknown {
  if (batch.some((x) => x.length !== first.length))
    throw new RuntimeError("each element in list of batch should be of equal size");
  const columns = first.map((_, i) => default_collate(Tuple.of_(batch.map((x) => x[i]))));
  return isNamedTuple(first) ? first.constructor._make(columns) : columns;
}

/**
 * `torch.utils.data.default_convert`: one sample with its arrays as tensors, for loaders without batches.
 */
export function default_convert(data: unknown): unknown {
  if (data instanceof Tensor || typeof data !== "object" || data === null) return data;
  if (isArray(data)) return as_tensor(data as never);
  if (data instanceof Map) return new Map([...data].map(([k, v]) => [k, default_convert(v)]));
  if (isPlainObject(data))
    return Object.fromEntries(Object.entries(data).map(([k, v]) => [k, default_convert(v)]));
  if (!Array.isArray(data)) return data;
  const items = data.map(default_convert);
  return isNamedTuple(data) ? data.constructor._make(items) : items;
}
