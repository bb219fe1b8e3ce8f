import {
  type AsyncByteInput,
  type ByteInput,
  bytesOfAsync,
  type LoadedTensor,
  readExported,
} from "@cognate/formats";
import { def, isPlainObject, nameClass, RuntimeError, TypeError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { getField, hasField, setField } from "../nn/module/fields.js";
import { hide } from "../nn/module/hide.js";
import { ModuleImpl, type Named } from "../nn/module.js";
import { Parameter } from "../nn/parameter.js";
import { inLoadWords } from "../serialization/errors.js";
import { type Tensor, wrap } from "../tensor/tensor.js";
import { graphOf, type Json, objectOf, objectsOf } from "./checked.js";
import { evaluate, type Graph, unsupportedTargets, type Values } from "./graph.js";
import { flatten, type TreeSpec, treeSpec, unflatten } from "./tree.js";

/** An input of the graph: part of the state, or the caller's. */
interface InputSpec {
  readonly name: string;
  readonly kind: "parameter" | "buffer" | "tensor_constant" | "user_input" | "constant_input";
  /** The dotted name of what is part of the state. */
  readonly target: string;
  readonly persistent: boolean;
}
/** An output of the graph, and the state that it replaces where it is none of the caller's. */
interface OutputSpec {
  readonly kind: string;
  readonly target: string;
}

const KINDS = ["parameter", "buffer", "tensor_constant", "user_input", "constant_input"] as const;

function inputSpec(written: Json): InputSpec {
  const kind = KINDS.find((k) => k in written);
  if (!kind) throw new RuntimeError(`an input of the kind ${Object.keys(written)[0]} does not exist here`);
  const said = objectOf(written[kind], "an input");
  const arg = objectOf(said.arg ?? said, "an input's argument");
  const inner = objectOf(arg.as_tensor ?? arg.as_sym_int ?? arg.as_sym_float ?? arg, "an input's name");
  return {
    kind,
    name: String(inner.name ?? inner.as_name ?? ""),
    target: String(said[`${kind}_name`] ?? ""),
    persistent: said.persistent !== false,
  };
}
function outputSpec(written: Json): OutputSpec {
  const [kind = "", content] = Object.entries(written)[0] ?? [];
  const said = objectOf(content, "an output");
  return { kind, target: String(said.buffer_name ?? said.parameter_name ?? said.user_input_name ?? "") };
}

/** The module of an exported program: its state by name, its forward the graph. */
class GraphModuleImpl extends ModuleImpl {
  declare readonly _run: (state: GraphModuleImpl, args: readonly unknown[]) => unknown;
  override _get_name(): string {
    return "GraphModule";
  }
  override forward(...args: never[]): unknown {
    return this._run(this, args);
  }
}
nameClass("torch.fx.graph_module.GraphModule", GraphModuleImpl);

/** A module for each part of a dotted name but the last. */
function owner(root: ModuleImpl, path: readonly string[]): ModuleImpl {
  let at = root;
  for (const name of path) {
    if (!hasField(at, name)) setField(at, name, new ModuleImpl());
    at = getField(at, name) as ModuleImpl;
  }
  return at;
}
const tensorFrom = ({ array }: LoadedTensor): Tensor => wrap(new Value(array));

/**
 * What `torch.export.load` gives: a graph of native operators with its weights. `module()` makes a module of it.
 */
export class ExportedProgram {
  readonly graph: Graph;
  private readonly _inputs: readonly InputSpec[];
  private readonly _outputs: readonly OutputSpec[];
  private readonly _in: TreeSpec;
  private readonly _out: TreeSpec;
  private readonly _argNames: readonly string[];
  private readonly _state: ModuleImpl;
  private readonly _constants: ReadonlyMap<string, Tensor>;
  private readonly _refused: readonly string[];

  constructor(
    program: Json,
    weights: ReadonlyMap<string, LoadedTensor>,
    constants: ReadonlyMap<string, LoadedTensor>,
  ) {
    const whole = objectOf(program.graph_module, "graph_module");
    this.graph = graphOf(whole.graph);
    const signature = objectOf(whole.signature, "the signature");
    this._inputs = objectsOf(signature.input_specs, "the input_specs").map(inputSpec);
    this._outputs = objectsOf(signature.output_specs, "the output_specs").map(outputSpec);
    const [call] = objectsOf(whole.module_call_graph, "the module_call_graph");
    const structure = objectOf(call?.signature, "the structure of inputs and outputs");
    this._in = treeSpec(structure.in_spec);
    this._out = treeSpec(structure.out_spec);
    if (this._in.children.length !== 2)
      throw new RuntimeError("the exported program has no places and keywords");
    this._argNames = Array.isArray(structure.forward_arg_names)
      ? (structure.forward_arg_names as string[])
      : [];
    this._constants = new Map([...constants].map(([name, t]) => [name, tensorFrom(t)]));
    this._refused = [...unsupportedTargets(this.graph)];
    this._state = this._stateOf(weights);
  }
  private _stateOf(weights: ReadonlyMap<string, LoadedTensor>): ModuleImpl {
    const root = new GraphModuleImpl();
    // Names of the same memory share one parameter.
    const made = new Map<string, Parameter>();
    for (const { kind, target, persistent } of this._inputs) {
      if (kind !== "parameter" && kind !== "buffer") continue;
      const path = target.split(".");
      const at = owner(root, path.slice(0, -1));
      const saved = weights.get(target);
      if (kind === "buffer") {
        const tensor = saved ? tensorFrom(saved) : this._constants.get(target);
        if (!tensor) throw new RuntimeError(`the exported program has no buffer ${target}`);
        at.register_buffer(path.at(-1)!, tensor, persistent);
        continue;
      }
      if (!saved) throw new RuntimeError(`the exported program has no parameter ${target}`);
      if (!made.has(target)) made.set(target, new Parameter(tensorFrom(saved), saved.requiresGrad));
      setField(at, path.at(-1)!, made.get(target)!);
    }
    // A weight under a second name is a parameter, too, though the graph has one input for both.
    for (const [name, saved] of weights) {
      const path = name.split(".");
      const at = owner(root, path.slice(0, -1));
      if (hasField(at, path.at(-1)!)) continue;
      const twin = [...made].find(([other]) => weights.get(other)!.array.storage === saved.array.storage);
      setField(at, path.at(-1)!, twin ? twin[1] : new Parameter(tensorFrom(saved), saved.requiresGrad));
    }
    return root;
  }

  /** Parameters and buffers by name. */
  get state_dict(): Record<string, Tensor> {
    return this._state.state_dict() as Record<string, Tensor>;
  }
  parameters(): Generator<Parameter> {
    return this._state.parameters();
  }
  named_parameters(): Generator<Named<Parameter>> {
    return this._state.named_parameters();
  }
  buffers(): Generator<Tensor> {
    return this._state.buffers();
  }
  named_buffers(): Generator<Named<Tensor>> {
    return this._state.named_buffers();
  }

  /**
   * A module that runs the graph; its weights are the program's own.
   *
   * @throws RuntimeError that lists the operators of the program that do not exist here
   */
  // biome-ignore lint/suspicious/noExplicitAny: only the program knows its inputs and outputs
  module(_check_guards = true): any {
    if (this._refused.length > 0)
      throw new RuntimeError(
        `The exported program uses operators that do not exist here: ${this._refused.join(", ")}.`,
      );
    const module = this._state as GraphModuleImpl;
    hide(module, "_run", (state: GraphModuleImpl, args: readonly unknown[]) => this._call(state, args));
    return module;
  }
  __call__(): never {
    throw new RuntimeError(
      "Unable to call ExportedProgram directly. You should use `exported_program.module()` instead.",
    );
  }

  private _call(module: GraphModuleImpl, args: readonly unknown[]): unknown {
    const leaves = this._leaves(args);
    const values: Values = new Map();
    let next = 0;
    for (const { kind, name, target } of this._inputs) {
      if (kind === "user_input" || kind === "constant_input") values.set(name, leaves[next++]);
      else if (kind === "tensor_constant") values.set(name, this._constants.get(target));
      else {
        const path = target.split(".");
        values.set(name, getField(owner(module, path.slice(0, -1)), path.at(-1)!));
      }
    }
    const results = evaluate(this.graph, values);
    const given: unknown[] = [];
    this._outputs.forEach(({ kind, target }, i) => {
      if (kind === "user_output") given.push(results[i]);
      else if (kind === "buffer_mutation") {
        const path = target.split(".");
        (getField(owner(module, path.slice(0, -1)), path.at(-1)!) as Tensor).copy_(results[i] as Tensor);
      } else if (kind === "user_input_mutation") (values.get(target) as Tensor).copy_(results[i] as Tensor);
    });
    return unflatten(given[Symbol.iterator](), this._out);
  }
  /** The caller's arguments, by position or by name, as the graph takes them. */
  private _leaves(args: readonly unknown[]): unknown[] {
    const [places, keywords] = this._in.children as readonly [TreeSpec, TreeSpec];
    const names = Array.isArray(keywords.context) ? (keywords.context as string[]) : [];
    const last = args.at(-1);
    const all = [...this._argNames.slice(0, places.children.length), ...names];
    const named =
      isPlainObject(last) && Object.keys(last).every((k) => all.includes(k)) ? (last as Json) : null;
    const placed = named ? args.slice(0, -1) : args;
    if (placed.length > all.length)
      throw new TypeError(
        `forward() takes ${all.length} positional arguments but ${placed.length} were given`,
      );
    const values = all.map((name, i) => {
      if (i < placed.length) return placed[i];
      if (named && name in named) return named[name];
      throw new TypeError(`forward() missing 1 required argument: '${name}'`);
    });
    const out = flatten(values.slice(0, places.children.length), { ...places, type: "builtins.tuple" });
    names.forEach((_, i) => {
      flatten(values[places.children.length + i], keywords.children[i]!, out);
    });
    return out;
  }
}
nameClass("torch.export.exported_program.ExportedProgram", ExportedProgram);

const read = (f: ByteInput): ExportedProgram =>
  inLoadWords({ weightsOnly: false, head: () => [], size: () => 0 }, () => {
    const { program, weights, constants } = readExported(f);
    return new ExportedProgram(program, weights, constants);
  });

/**
 * Reads what `torch.export.save` wrote (`.pt2`, since PyTorch 2.8): a graph of native operators with its weights.
 *
 * @param f - a path (Node) or the bytes
 */
export const load = def(
  "torch.export.load",
  "f * extra_files:dict expected_opset_version:dict",
  (f: ByteInput, _extra_files: unknown = null, _expected: unknown = null): ExportedProgram => read(f),
);

/** {@link load} for what must be waited for: a `Blob`, a `URL` or a `Response`. */
export const load_async = def(
  "torch.export.load_async",
  "f * extra_files:dict expected_opset_version:dict",
  async (
    f: AsyncByteInput,
    _extra_files: unknown = null,
    _expected: unknown = null,
  ): Promise<ExportedProgram> => read(await bytesOfAsync(f)),
);
