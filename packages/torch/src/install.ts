import { method } from "@cognate/py";
import { inPlaceOf } from "./ops/make.js";
import * as pointwise from "./ops/pointwise.js";
import * as reduction from "./ops/reduction.js";
import { Tensor } from "./tensor/tensor.js";

type AnyDef = Parameters<typeof method>[0];

function define(name: string, value: unknown): void {
  Object.defineProperty(Tensor.prototype, name, { value, writable: true, configurable: true });
}

for (const functions of [pointwise, reduction])
  for (const [name, f] of Object.entries(functions)) {
    define(name, method(f as unknown as AnyDef, name));
    const twin = inPlaceOf(f);
    if (twin)
      define(`${name}_`, function (this: Tensor, ...args: never[]) {
        return twin(this, ...args);
      });
  }

import { runBackward } from "@cognate/tensor";
import { inTorchWords } from "./errors.js";

define(
  "backward",
  function (
    this: Tensor,
    gradient: Tensor | null = null,
    retain_graph: boolean | null = null,
    create_graph = false,
  ) {
    inTorchWords("backward", () =>
      runBackward([this._value], [gradient?._value ?? null], null, {
        createGraph: create_graph,
        retainGraph: retain_graph ?? create_graph,
      }),
    );
  },
);
