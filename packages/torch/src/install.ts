import { method } from "@cognate/py";
import * as operators from "./ops/operators.js";
import * as pointwise from "./ops/pointwise.js";
import * as structure from "./ops/structure.js";
import { tensorFormat, tensorRepr } from "./print.js";
import * as random from "./random/methods.js";
import { deepcopyTensor } from "./tensor/deepcopy.js";
import { at, itemOperators, set, update } from "./tensor/indexing.js";
import * as methods from "./tensor/methods.js";
import * as properties from "./tensor/properties.js";
import { Tensor } from "./tensor/tensor.js";

type AnyDef = Parameters<typeof method>[0];

function define(name: string, value: unknown): void {
  Object.defineProperty(Tensor.prototype, name, { value, writable: true, configurable: true });
}

/** The build makes lists of these: each function knows its own name. */
const functions = [
  Object.values(pointwise),
  Object.values(operators),
  Object.values(structure),
  Object.values(methods),
  Object.values(random),
] as unknown as readonly (readonly (AnyDef & { method?: AnyDef; twin?: AnyDef })[])[];

for (const f of functions.flat())
  for (const d of f.twin ? [f.method ?? f, f.twin] : [f.method ?? f]) define(d.__name__, method(d));
define("var_", method(structure.var_));

for (const [name, get] of Object.entries(properties))
  Object.defineProperty(Tensor.prototype, name, {
    get(this: Tensor) {
      return get(this);
    },
    configurable: true,
  });

for (const [name, f] of Object.entries({ at, set, update, ...itemOperators }) as [
  string,
  (self: Tensor, ...args: never[]) => unknown,
][])
  define(name, function (this: Tensor, ...args: never[]) {
    return f(this, ...args);
  });

define("__repr__", function (this: Tensor) {
  return tensorRepr(this);
});
define("__format__", function (this: Tensor, spec: string) {
  return tensorFormat(this, spec);
});
define("toString", function (this: Tensor) {
  return tensorRepr(this);
});
define("__deepcopy__", function (this: Tensor, memo: Map<object, unknown>) {
  return deepcopyTensor(this, memo);
});
