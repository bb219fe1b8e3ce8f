import {
  Hdf5Dataset,
  Hdf5File,
  Hdf5Group,
  Hdf5Writer,
  readKerasArchive,
  writeFileAtomic,
} from "@cognate/formats";
import { arrayOf, type Strided } from "@cognate/kernel";
import { isPlainObject, print, pyClass, repr, Tuple, type, ValueError } from "@cognate/py";
import { arrayFrom } from "../backend/create.js";
import { type Saveable, walkState } from "./state-walk.js";

/** Weights by name, in objects by name. */
export interface WeightTree {
  [name: string]: WeightTree | Strided;
}
type Node = WeightTree | Strided;
const isTree = (x: unknown): x is WeightTree => isPlainObject(x);
const shapeOf = (x: Node | { readonly shape: readonly number[] }): string =>
  String(Tuple.of_([...(x as Strided).shape]));

/** What a group of a file holds, without the `vars` between objects and weights. */
function treeOf(group: Hdf5Group): WeightTree {
  const out: WeightTree = {};
  for (const key of [...group.keys].sort()) {
    const item = group.get(key);
    if (item instanceof Hdf5Dataset) out[key] = item.array();
    if (!(item instanceof Hdf5Group) || item.keys.length === 0) continue;
    const inner = item.keys.includes("vars") ? (item.get("vars") as Hdf5Group) : item;
    if (inner.keys.length > 0) out[key] = treeOf(inner);
  }
  return out;
}

/** The shapes of a model's weights as a tree like that of files. */
function specOf(model: Saveable): WeightTree {
  const spec: WeightTree = {};
  walkState(model, (saveable, path) => {
    if (!saveable.save_own_variables) return;
    const store: Record<string, unknown> = {};
    saveable.save_own_variables(store);
    const entries = Object.entries(store);
    if (entries.length === 0) return;
    let at = spec;
    for (const name of path.split("/").filter(Boolean)) at = (at[name] ??= {}) as WeightTree;
    for (const [name, value] of entries) at[name] = arrayOf(value) ?? arrayFrom(value);
  });
  return spec;
}

interface Comparison {
  readonly status: "success" | "error";
  readonly error_count: number;
  readonly match_count: number;
}

class KerasFileEditorImpl {
  readonly metadata: { readonly keras_version: string; readonly date_saved: string } | null = null;
  readonly config: unknown = null;
  readonly weights_dict: WeightTree;

  constructor(readonly filepath: string) {
    let file: Hdf5File;
    if (filepath.endsWith(".keras")) {
      const archive = readKerasArchive(filepath as never);
      file = new Hdf5File(archive.weights);
      this.config = archive.config;
      this.metadata = archive.metadata as typeof this.metadata;
    } else if (filepath.endsWith(".weights.h5")) file = new Hdf5File(filepath as never);
    else
      throw new ValueError(
        `Invalid filename: expected a \`.keras\` \`.weights.h5\` extension. Received: filepath=${filepath}`,
      );
    this.weights_dict = treeOf(file);
    print(`Keras model file '${filepath}'`);
    if (this.metadata !== null)
      print(`Saved with Keras ${this.metadata.keras_version} - date: ${this.metadata.date_saved}`);
  }

  /** Prints what the file holds. */
  summary(): void {
    print("Weights structure");
    this._print(this.weights_dict, "  ", true);
  }
  _print(tree: WeightTree, prefix: string, first: boolean): void {
    const entries = Object.entries(tree);
    entries.forEach(([key, value], i) => {
      const last = i === entries.length - 1;
      const connector = first && i === 0 ? "> " : last ? "└─ " : "├─ ";
      if (isTree(value)) {
        print(`${prefix}${connector}${key}`);
        this._print(value, prefix + (last ? "    " : "│   "), false);
      } else print(`${prefix}${connector}${key}: shape=${shapeOf(value)}, dtype=${value.dtype.name}`);
    });
  }

  /** Prints where a model's weights and the file's differ, and says how often. */
  compare(reference_model: Saveable): Comparison {
    print("Running comparison");
    const seen = new Set<string>();
    const spec = specOf(reference_model);
    const there = differences(this.weights_dict, spec, "", ["saved file", "reference model"], seen, 0, 0);
    const back = differences(spec, this.weights_dict, "", ["reference model", "saved file"], seen, 0, 0);
    const errors = there.errors + back.errors;
    print("─────────────────────");
    const plural = (n: number): string => (n === 1 ? "" : "s");
    if (errors === 0) {
      print("Comparison successful: saved file is compatible with the reference model");
      print(`    Found ${there.matches} matching weight${plural(there.matches)}`);
    } else
      print(`Found ${errors} error${plural(errors)}: saved file is not compatible with the reference model`);
    return { status: errors === 0 ? "success" : "error", error_count: errors, match_count: there.matches };
  }

  /** The dict that holds an object, and its name there. @throws ValueError */
  _find(name: string): [owner: WeightTree, key: string] {
    if (name.includes("/")) {
      const parts = name.split("/");
      const missing = (): ValueError => new ValueError(`Path '${name}' not found in model.`);
      let at = this.weights_dict;
      for (const part of parts.slice(0, -1)) {
        if (!isTree(at[part])) throw missing();
        at = at[part] as WeightTree;
      }
      const key = parts.at(-1)!;
      if (!(key in at)) throw missing();
      return [at, key];
    }
    const owners: WeightTree[] = [];
    const visit = (tree: WeightTree): void => {
      for (const inner of Object.values(tree)) if (isTree(inner)) visit(inner);
      if (name in tree) owners.push(tree);
    };
    visit(this.weights_dict);
    if (owners.length > 1)
      throw new ValueError(`Name '${name}' occurs more than once in the model; try passing a complete path`);
    if (owners.length === 0)
      throw new ValueError(
        `Source name '${name}' does not appear in the model. Use \`editor.weights_summary()\` to list all objects.`,
      );
    return [owners[0]!, name];
  }
  /** Gives an object of the file another name. @throws ValueError */
  rename_object(object_name: string, new_name: string): void {
    if (new_name.includes("/"))
      throw new ValueError(
        `Argument \`target_name\` should be a leaf name, not a full path name. Received: target_name='${new_name}'`,
      );
    const [owner, key] = this._find(object_name);
    owner[new_name] = owner[key]!;
    delete owner[key];
  }
  /** Takes an object out of the file. @throws ValueError */
  delete_object(object_name: string): void {
    const [owner, key] = this._find(object_name);
    delete owner[key];
  }
  /** Puts an object with weights by name into the file. @throws ValueError */
  add_object(object_path: string, weights: Readonly<Record<string, unknown>>): void {
    const added = taken(weights);
    const parts = object_path.split("/");
    let at = this.weights_dict;
    for (const part of parts.slice(0, -1)) {
      if (!isTree(at[part]))
        throw new ValueError(`Path '${parts.slice(0, -1).join("/")}' not found in model.`);
      at = at[part] as WeightTree;
    }
    at[parts.at(-1)!] = added;
  }
  /** Takes a weight out of an object. @throws ValueError */
  delete_weight(object_name: string, weight_name: string): void {
    const [owner, key] = this._find(object_name);
    const object = owner[key] as WeightTree;
    if (!(weight_name in object))
      throw new ValueError(
        `Weight ${weight_name} not found in object ${object_name}. Weights found: ${repr(Object.keys(object))}`,
      );
    delete object[weight_name];
  }
  /** Puts weights by name into an object. @throws ValueError */
  add_weights(object_name: string, weights: Readonly<Record<string, unknown>>): void {
    const [owner, key] = this._find(object_name);
    Object.assign(owner[key] as WeightTree, taken(weights));
  }
  /** Writes what is left to a `.weights.h5` file. @throws ValueError for another ending */
  save(filepath: string): void {
    if (!String(filepath).endsWith(".weights.h5"))
      throw new ValueError(
        `Invalid \`filepath\` argument: expected a \`.weights.h5\` extension. Received: filepath=${filepath}`,
      );
    const file = new Hdf5Writer();
    const write = (tree: WeightTree, path: string): void => {
      const own = Object.entries(tree).filter(([, value]) => !isTree(value)) as [string, Strided][];
      for (const [name, value] of Object.entries(tree))
        if (isTree(value)) write(value, path === "" ? name : `${path}/${name}`);
      if (own.length === 0) return;
      const group = file.group(path === "" ? "vars" : `${path}/vars`);
      for (const [name, value] of own) group.dataset(name, value);
    };
    write(this.weights_dict, "");
    writeFileAtomic(String(filepath), file.pieces());
  }
  resave_weights(filepath: string): void {
    this.save(filepath);
  }
}

function taken(weights: unknown): WeightTree {
  if (!isPlainObject(weights))
    throw new ValueError(
      `Argument \`weights\` should be a dict where keys are weight names (usually '0', '1', etc.) and values are NumPy arrays. Received: type(weights)=${repr(type(weights))}`,
    );
  return Object.fromEntries(
    Object.entries(weights).map(([k, v]) => [k, isTree(v) ? v : (arrayOf(v) ?? arrayFrom(v))]),
  );
}

/** Prints what `reference` has and `target` has not, or with another shape. */
function differences(
  target: WeightTree,
  reference: WeightTree,
  path: string,
  names: readonly [target: string, reference: string],
  seen: Set<string>,
  errorsBefore: number,
  matchesBefore: number,
): { errors: number; matches: number } {
  let [errors, matches] = [errorsBefore, matchesBefore];
  const [own, other] = names;
  for (const [key, value] of Object.entries(reference)) {
    const inner = `${path}/${key}`;
    if (seen.has(inner)) continue;
    const found = target[key];
    if (found === undefined) {
      errors++;
      seen.add(inner);
      print(`...${isTree(value) ? "Object" : "Weight"} ${inner} present in ${other}, missing from ${own}`);
      if (isTree(value))
        print(`    In ${other}, ${inner} contains the following keys: ${repr(Object.keys(value))}`);
    } else if (isTree(value)) {
      // Keras adds the counts so far to themselves, so it counts twice what came before nested objects.
      const deeper = differences(found as WeightTree, value, inner, names, seen, errors, matches);
      errors += deeper.errors;
      matches += deeper.matches;
    } else if (shapeOf(found) !== shapeOf(value)) {
      errors++;
      seen.add(inner);
      print(
        `...Weight shape mismatch for ${inner}\n    In ${other}: shape=${shapeOf(value)}\n    In ${own}: shape=${shapeOf(found)}`,
      );
    } else matches++;
  }
  return { errors, matches };
}

/**
 * `keras.saving.KerasFileEditor`: a file of weights whose objects are listed, compared with a model, renamed, added and
 * deleted, and written again.
 *
 * @throws ValueError for files of other endings than `.keras` and `.weights.h5`
 */
export const KerasFileEditor = pyClass(
  "keras.src.saving.file_editor.KerasFileEditor",
  "filepath",
  KerasFileEditorImpl,
);
export type KerasFileEditor = KerasFileEditorImpl;
