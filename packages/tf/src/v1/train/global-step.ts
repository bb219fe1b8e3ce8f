import { TypeError, ValueError } from "@cognate/py";
import { int64 } from "../../core/dtypes.js";
import { get_default_graph } from "../../graph/current.js";
import type { SessionImpl } from "../../graph/session.js";
import type { GraphVariable } from "../../graph/variable.js";
import { get_variable } from "../get-variable.js";
import { zeros_initializer } from "../initializers.js";
import { v1 } from "../make.js";

export const get_global_step = v1(
  "get_global_step",
  "graph",
  (_graph: unknown = null): GraphVariable | null => {
    const list = get_default_graph().get_collection("global_step") as GraphVariable[];
    if (list.length > 1) throw new TypeError("Multiple tensors in global_step collection.");
    return list[0] ?? null;
  },
);
export const create_global_step = v1(
  "create_global_step",
  "graph",
  (_graph: unknown = null): GraphVariable => {
    if (get_global_step() !== null) throw new ValueError('"global_step" already exists.');
    return get_default_graph().root.scoped(null, () =>
      get_variable("global_step", {
        shape: [],
        dtype: int64,
        initializer: zeros_initializer(),
        trainable: false,
        collections: ["variables", "global_step"],
      }),
    ) as GraphVariable;
  },
);
export const get_or_create_global_step = v1(
  "get_or_create_global_step",
  "graph",
  (_graph: unknown = null): GraphVariable => (get_global_step() ?? create_global_step()) as GraphVariable,
);
export const global_step = v1(
  "global_step",
  "sess global_step_tensor",
  (sess: SessionImpl, global_step_tensor: unknown): number => Number(sess.run(global_step_tensor)),
);
