import { get_default_graph } from "../graph/current.js";
import type { GraphVariable } from "../graph/variable.js";

/** `tf.AUTO_REUSE`: variables are made where there are none of their name, and reused where there are. */
export class ReuseMode {
  private constructor(readonly label: string) {}
  static readonly AUTO = new ReuseMode("AUTO_REUSE");
  __repr__(): string {
    return "<_ReuseMode.AUTO_REUSE: 1>";
  }
  toString(): string {
    return "_ReuseMode.AUTO_REUSE";
  }
}
export const AUTO_REUSE = ReuseMode.AUTO;

/** What a variable scope hands on to those within, and to the variables in it. */
export interface ScopeState {
  readonly name: string;
  readonly original_name_scope: string;
  reuse: boolean | ReuseMode;
  initializer: unknown;
  regularizer: unknown;
  dtype: unknown;
  use_resource: boolean | null;
  custom_getter: unknown;
  constraint: unknown;
  partitioner: unknown;
}

export type GetVariable = (...args: unknown[]) => GraphVariable;
/** Makes a variable in the place of `get_variable`, which it is given. */
export type Getter = (getter: GetVariable, ...args: unknown[]) => GraphVariable;

interface Variables {
  readonly vars: Map<string, GraphVariable>;
  /** Variables in parts, by the name of the whole. */
  readonly partitioned: Map<string, unknown>;
  current: ScopeState;
  /** How often a name was used for a scope, for scopes that ask for a name of their own. */
  readonly counts: Map<string, number>;
}
const KEY = Symbol("variable scopes");

const start = (): ScopeState => ({
  name: "",
  original_name_scope: "",
  reuse: false,
  initializer: null,
  regularizer: null,
  dtype: "float32",
  use_resource: null,
  custom_getter: null,
  constraint: null,
  partitioner: null,
});

/** Variables and scopes of the default graph. */
export function variableStore(): Variables {
  const { notes } = get_default_graph().root;
  let v = notes.get(KEY) as Variables | undefined;
  if (!v)
    notes.set(KEY, (v = { vars: new Map(), partitioned: new Map(), current: start(), counts: new Map() }));
  return v;
}
export const currentVariableScope = (): ScopeState => variableStore().current;
