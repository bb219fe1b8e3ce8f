import type { NodeDef } from "@cognate/formats";
import { string } from "../core/dtypes.js";
import { opDef } from "../core/op-def.js";
import { StringArray } from "../core/strings.js";
import type { Graph } from "../graph/graph.js";
import type { GraphVariable } from "../graph/variable.js";
import { attrOfValue } from "./attributes.js";

/** The names that a file's Saver is found by. */
export interface SaveNodes {
  readonly nodes: readonly NodeDef[];
  readonly filename: string;
  readonly save: string;
  readonly restore: string;
}

function node(
  op: string,
  name: string,
  input: readonly string[],
  attrs: Readonly<Record<string, unknown>> = {},
): NodeDef {
  const def = opDef(op)!;
  const attr: NodeDef["attr"] = new Map();
  for (const [k, v] of Object.entries(attrs)) {
    const a = attrOfValue(def, k, v);
    if (a) attr.set(k, a);
  }
  return { name, op, input: [...input], device: "", attr };
}
const texts = (name: string, list: readonly string[], scalar = false): NodeDef =>
  node("Const", name, [], {
    dtype: string,
    value: new StringArray(scalar ? [] : [list.length], [...list]),
  });

/** The nodes by which TensorFlow writes and reads variables: those that its Saver adds to a graph. */
export function saveNodes(g: Graph, variables: ReadonlyMap<string, GraphVariable>): SaveNodes {
  let scope = "save";
  for (let i = 1; g._byName.has(`${scope}/Const`); i++) scope = `save_${i}`;
  const names = [...variables.keys()];
  const vars = [...variables.values()];
  const types = vars.map((v) => v.dtype);
  const blank = names.map(() => "");
  const assigns = vars.map((v, i) =>
    node(
      "Assign",
      `${scope}/Assign${i > 0 ? `_${i}` : ""}`,
      [v.op.name, `${scope}/RestoreV2${i > 0 ? `:${i}` : ""}`],
      {
        T: v.dtype,
        use_locking: true,
        validate_shape: true,
      },
    ),
  );
  const path = { dtype: string, shape: [] };
  return {
    filename: `${scope}/Const:0`,
    save: `${scope}/control_dependency:0`,
    restore: `${scope}/restore_all`,
    nodes: [
      texts(`${scope}/filename/input`, ["model"], true),
      node("PlaceholderWithDefault", `${scope}/filename`, [`${scope}/filename/input`], path),
      node("PlaceholderWithDefault", `${scope}/Const`, [`${scope}/filename`], path),
      texts(`${scope}/SaveV2/tensor_names`, names),
      texts(`${scope}/SaveV2/shape_and_slices`, blank),
      node(
        "SaveV2",
        `${scope}/SaveV2`,
        [
          `${scope}/Const`,
          `${scope}/SaveV2/tensor_names`,
          `${scope}/SaveV2/shape_and_slices`,
          ...vars.map((v) => v._snapshot.op.name),
        ],
        { dtypes: types },
      ),
      node("Identity", `${scope}/control_dependency`, [`${scope}/Const`, `^${scope}/SaveV2`], { T: string }),
      texts(`${scope}/RestoreV2/tensor_names`, names),
      texts(`${scope}/RestoreV2/shape_and_slices`, blank),
      node(
        "RestoreV2",
        `${scope}/RestoreV2`,
        [`${scope}/Const`, `${scope}/RestoreV2/tensor_names`, `${scope}/RestoreV2/shape_and_slices`],
        { dtypes: types },
      ),
      ...assigns,
      node(
        "NoOp",
        `${scope}/restore_all`,
        assigns.map((a) => `^${a.name}`),
      ),
    ],
  };
}
