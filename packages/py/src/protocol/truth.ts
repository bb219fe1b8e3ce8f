import { callMethod, isPlainObject, methodOf } from "../core/plain.js";
import { Complex } from "../numbers/complex.js";

/**
 * Python's truth of a value: empty strings and containers, zeros and None are false. Arrays of one element have that
 * element's; arrays of more raise as their package says.
 */
export function truth(x: unknown): boolean {
  if (typeof x === "number") return x !== 0;
  if (typeof x !== "object" && typeof x !== "function") return Boolean(x);
  if (x === null) return false;
  if (Array.isArray(x)) return x.length > 0;
  if (isPlainObject(x)) return Object.keys(x).length > 0;
  if (x instanceof Number || x instanceof String || x instanceof Boolean) return truth(x.valueOf());
  if (x instanceof Map || x instanceof Set) return x.size > 0;
  if (ArrayBuffer.isView(x)) return x.byteLength > 0;
  if (x instanceof Complex) return x.real !== 0 || x.imag !== 0;
  if (methodOf(x, "__bool__")) return Boolean(callMethod(x, "__bool__"));
  if (methodOf(x, "item")) return truth(callMethod(x, "item"));
  return methodOf(x, "__len__") ? callMethod(x, "__len__") !== 0 : true;
}
