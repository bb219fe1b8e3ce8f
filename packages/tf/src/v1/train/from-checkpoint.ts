import { BundleReader } from "@cognate/formats";
import { isPlainObject, ValueError } from "@cognate/py";
import { tensorOf } from "../../core/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import { GraphVariable } from "../../graph/variable.js";
import { datumOfFile } from "../../saved/datum.js";
import { exists } from "../../saved/files.js";
import { v1 } from "../make.js";
import { latest_checkpoint } from "./saver.js";

/** A variable whose initializer gives it the value of a checkpoint. @throws ValueError where the shapes differ */
function take(g: Graph, bundle: BundleReader, name: string, v: GraphVariable, path: string): void {
  if (!bundle.has(name))
    throw new ValueError(
      `Tensor ${name} is not found in ${path} checkpoint ${`{${bundle.names.map((n) => `'${n}'`).join(", ")}}`}`,
    );
  const datum = datumOfFile(bundle.get(name));
  const { shape } = datum as { shape: readonly number[] };
  const dims = v.shape._dims;
  if (dims !== null && dims.join() !== shape.join())
    throw new ValueError(
      `Shape of variable ${v.name} (${v.shape}) doesn't match with shape of tensor ${name} ([${shape.join(", ")}]) from checkpoint reader.`,
    );
  g.controlled(null, () =>
    g.scoped("checkpoint_initializer", () => {
      const value = g.constant(datum, tensorOf(datum).dtype, "value");
      const initializer = g.addOp({
        type: "Assign",
        name: "Assign",
        inputs: [v._variable, value],
        attrs: { T: value.dtype, validate_shape: true, use_locking: true },
        outputs: [[value.dtype, value._dims]],
        controls: [],
      });
      Object.assign(v, { initializer, initial_value: value });
    }),
  );
}

/**
 * Variables begin with the values of a checkpoint: `{ name: variable, "name": "name", "scope/": "scope/" }`, names of
 * the checkpoint first.
 *
 * @throws ValueError for what the checkpoint or the graph lacks
 */
export const init_from_checkpoint = v1(
  "init_from_checkpoint",
  "ckpt_dir_or_file assignment_map:dict",
  (ckpt_dir_or_file: string, assignment_map: unknown): void => {
    const g = get_default_graph();
    const path = exists(`${ckpt_dir_or_file}.index`)
      ? ckpt_dir_or_file
      : ((latest_checkpoint(ckpt_dir_or_file) as string | null) ?? ckpt_dir_or_file);
    const bundle = new BundleReader(path);
    const all = g.get_collection("variables").filter((v): v is GraphVariable => v instanceof GraphVariable);
    const entries: [string, unknown][] =
      assignment_map instanceof Map
        ? [...(assignment_map as Map<string, unknown>)]
        : isPlainObject(assignment_map)
          ? Object.entries(assignment_map as Record<string, unknown>)
          : [...(assignment_map as Iterable<[string, unknown]>)];
    for (const [from, to] of entries) {
      if (to instanceof GraphVariable) take(g, bundle, from, to, ckpt_dir_or_file);
      else if (!from.endsWith("/") && !String(to).endsWith("/")) {
        const v = all.find((x) => x.op.name === to);
        if (!v) throw new ValueError(`Variable ${String(to)} is not found in the graph`);
        take(g, bundle, from, v, ckpt_dir_or_file);
      } else {
        const scope = to === "/" ? "" : String(to);
        const inside = all.filter((v) => v.op.name.startsWith(scope));
        for (const v of inside) {
          const name = (from === "/" ? "" : from) + v.op.name.slice(scope.length);
          take(g, bundle, name, v, ckpt_dir_or_file);
        }
      }
    }
  },
);
