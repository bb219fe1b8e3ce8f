import { arrayOf, castTo } from "@cognate/kernel";
import {
  isPlainObject,
  nameClass,
  RuntimeError,
  repr,
  str,
  TypeError,
  type_name,
  ValueError,
} from "@cognate/py";
import { currentGraph, setGraph } from "../core/context.js";
import { constantDatum, tensorOf } from "../core/convert.js";
import type { Datum } from "../core/row.js";
import type { StringArray } from "../core/strings.js";
import { Tensor, TensorShape, Value } from "../shared.js";
import { get_default_graph } from "./current.js";
import { Graph, setEvaluate } from "./graph.js";
import { sameKind } from "./nest.js";
import { Operation } from "./operation.js";
import { Plan } from "./plan.js";
import { dereferenced, Store } from "./runtime.js";
import { compatible } from "./shape.js";
import { GraphTensor } from "./tensor.js";

/** Things that are fetched as several tensors: sliced gradients. */
export interface Composite {
  readonly _parts: readonly GraphTensor[];
  _rebuild(values: readonly unknown[]): unknown;
}
const isComposite = (x: unknown): x is Composite =>
  typeof x === "object" && x !== null && Array.isArray((x as Partial<Composite>)._parts);

type Build = (values: readonly unknown[]) => unknown;

/** Feeds as a list of pairs: a Map, an array of pairs, an object by names. */
function pairsOf(feed: unknown): [unknown, unknown][] {
  if (feed === null || feed === undefined) return [];
  if (feed instanceof Map) return [...feed];
  if (Array.isArray(feed)) return feed.map((p) => [...(p as [unknown, unknown])]);
  if (isPlainObject(feed)) return Object.entries(feed as Record<string, unknown>);
  throw new TypeError(`'feed_dict' must be a mapping, got ${type_name(feed)}`);
}

/** `tf.Session`: runs parts of a graph, and keeps its variables. */
export class SessionImpl {
  readonly graph: Graph;
  readonly store = new Store();
  private readonly _plans = new Map<string, Plan>();
  private _planned = -1;
  private _closed = false;
  private _entered: (() => void)[] = [];

  constructor(target: unknown = "", graph: Graph | null = null, config: unknown = null) {
    if (graph !== null && !(graph instanceof Graph))
      throw new TypeError(`Argument \`graph\` must be a tf.Graph, but got "${type_name(graph)}"`);
    if (target !== null && typeof target !== "string")
      throw new TypeError(`Argument \`target\` must be a string, but got "${type_name(target)}"`);
    void config;
    this.graph = graph ?? get_default_graph();
  }

  get graph_def(): unknown {
    return (this.graph as { as_graph_def?: () => unknown }).as_graph_def?.();
  }
  get sess_str(): string {
    return "";
  }
  close(): void {
    this._closed = true;
  }
  /** Makes this the default session for `eval` and `run`, and its graph the default graph. */
  enter(): this {
    const before = setGraph(this.graph);
    sessions.push(this);
    this._entered.push(() => {
      setGraph(before);
      sessions.splice(sessions.lastIndexOf(this), 1);
    });
    return this;
  }
  exit(): void {
    this._entered.pop()?.();
    this.close();
  }
  [Symbol.dispose](): void {
    this.exit();
  }
  /** `with sess.as_default()`: the default session, without closing it at the end. */
  as_default(body?: (session: SessionImpl) => unknown): unknown {
    const enter = (): void => {
      sessions.push(this);
    };
    const exit = (): void => {
      sessions.splice(sessions.lastIndexOf(this), 1);
    };
    if (!body)
      return {
        enter: () => {
          enter();
          return this;
        },
        exit,
        [Symbol.dispose]: exit,
      };
    enter();
    try {
      return body(this);
    } finally {
      exit();
    }
  }

  /**
   * Computes fetches: tensors, operations, names, variables, and lists, tuples and dicts of them.
   *
   * @throws RuntimeError for a closed session; TypeError, ValueError for what is no fetch or feed; OpError from operations
   */
  run(fetches: unknown, feed_dict: unknown = null): unknown {
    if (this._closed) throw new RuntimeError("Attempted to use a closed Session.");
    if (this.graph.version === 0)
      throw new RuntimeError("The Session graph is empty. Add operations to the graph before calling run().");
    const feeds: GraphTensor[] = [];
    const values: Datum[] = [];
    for (const [key, value] of pairsOf(feed_dict)) this._feed(key, value, feeds, values);
    const wanted: (GraphTensor | Operation)[] = [];
    const places = new Map<GraphTensor | Operation, number>();
    const build = this._fetch(fetches, wanted, places);
    const tensors = wanted.filter((w): w is GraphTensor => w instanceof GraphTensor);
    const operations = wanted.filter((w): w is Operation => w instanceof Operation);
    const plan = this._plan(tensors, operations, feeds);
    const results = plan.run(values, { store: this.store, tracked: false });
    let k = 0;
    const out = wanted.map((w) => (w instanceof Operation ? null : outside(results[k++]!)));
    return build(out);
  }

  private _plan(
    tensors: readonly GraphTensor[],
    operations: readonly Operation[],
    feeds: readonly GraphTensor[],
  ): Plan {
    if (this._planned !== this.graph._version) {
      this._plans.clear();
      this._planned = this.graph._version;
    }
    const id = (t: GraphTensor): string => `${t.op._id}:${t.index}`;
    const key = `${tensors.map(id).join()}|${operations.map((o) => o._id).join()}|${feeds.map(id).join()}`;
    let plan = this._plans.get(key);
    if (!plan) this._plans.set(key, (plan = new Plan(this.graph, tensors, operations, feeds)));
    return plan;
  }

  private _feed(key: unknown, value: unknown, feeds: GraphTensor[], values: Datum[]): void {
    if (isComposite(key)) {
      const parts = value as { readonly [i: number]: unknown };
      key._parts.forEach((t, i) => this._feed(t, parts[i], feeds, values));
      return;
    }
    let t: GraphTensor;
    try {
      t = this.graph.as_graph_element(key, true, false) as GraphTensor;
    } catch (e) {
      const hint =
        typeof key === "string" && key.startsWith("Tensor(")
          ? " In JavaScript the keys of plain objects are texts: feed by new Map([[x, 1.5]])."
          : "";
      const text =
        typeof key === "string" ? " For JavaScript objects keyed by tensors use new Map([[x, 1.5]])." : "";
      throw new TypeError(`Cannot interpret feed_dict key as Tensor: ${messageOf(e)}${hint || text}`);
    }
    if (value instanceof GraphTensor || value instanceof Operation)
      throw new TypeError(
        `The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, lists, numpy ndarrays, or TensorHandles. For reference, the tensor object was ${str(value)} which was passed to the argument \`feed_dict\` with key ${str(key)}.`,
      );
    const d = this._datum(t, value);
    const shape = (d as Value | StringArray).shape;
    if (!compatible(t._dims, shape))
      throw new ValueError(
        `Cannot feed value of shape ${new TensorShape(shape)} for Tensor ${t.name}, which has shape ${t.shape}`,
      );
    feeds.push(t);
    values.push(d);
  }
  private _datum(t: GraphTensor, value: unknown): Datum {
    if (t.dtype.name === "string") return constantDatum(value, t.dtype);
    const array = arrayOf(value);
    if (array) return new Value(castTo(array, t.dtype.kernel));
    if (value instanceof Tensor) return new Value(castTo(value._value.array, t.dtype.kernel));
    const text = firstText(value);
    if (text !== undefined && Number.isNaN(Number(text)))
      throw new ValueError(
        t.dtype.is_integer
          ? `invalid literal for int() with base 10: ${repr(text)}`
          : `could not convert string to float: ${typeof value === "string" ? `np.str_(${repr(text)})` : repr(text)}`,
      );
    if (value === null && !t.dtype.is_floating)
      throw new TypeError(
        "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
      );
    if (t.dtype.is_integer && typeof value === "number" && !Number.isInteger(value))
      return constantDatum(Math.trunc(value), t.dtype);
    try {
      return constantDatum(value, t.dtype);
    } catch (e) {
      if (!(e instanceof TypeError)) throw e;
      // NumPy casts what TensorFlow's own conversion refuses: floats to integers.
      const loose = constantDatum(value);
      if (!(loose instanceof Value)) throw e;
      return new Value(castTo(loose.array, t.dtype.kernel));
    }
  }

  /** Collects what a structure asks for, and says how the structure is made again of the values. */
  private _fetch(
    fetch: unknown,
    wanted: (GraphTensor | Operation)[],
    places: Map<GraphTensor | Operation, number>,
  ): Build {
    const place = (x: GraphTensor | Operation): number => {
      let at = places.get(x);
      if (at === undefined) {
        at = wanted.length;
        places.set(x, at);
        wanted.push(x);
      }
      return at;
    };
    if (fetch === null || fetch === undefined)
      throw new TypeError(`Argument \`fetch\` = None has invalid type "NoneType". Cannot be None`);
    if (isComposite(fetch)) {
      const at = fetch._parts.map((t) => place(t));
      return (values) => fetch._rebuild(at.map((i) => values[i]));
    }
    if (Array.isArray(fetch)) {
      const parts = fetch.map((f) => this._fetch(f, wanted, places));
      return (values) =>
        sameKind(
          fetch,
          parts.map((b) => b(values)),
        );
    }
    if (fetch instanceof Map) {
      const parts = [...fetch].map(([k, f]) => [k, this._fetch(f, wanted, places)] as const);
      return (values) => new Map(parts.map(([k, b]) => [k, b(values)]));
    }
    if (isPlainObject(fetch)) {
      const parts = Object.entries(fetch as object).map(
        ([k, f]) => [k, this._fetch(f, wanted, places)] as const,
      );
      return (values) => Object.fromEntries(parts.map(([k, b]) => [k, b(values)]));
    }
    let element: GraphTensor | Operation;
    try {
      element = this.graph.as_graph_element(fetch, true, true);
    } catch (e) {
      if (e instanceof TypeError)
        throw new TypeError(
          `Argument \`fetch\` = ${str(fetch)} has invalid type "${type_name(fetch)}" must be a string or Tensor. (${messageOf(e)})`,
        );
      throw new ValueError(
        `Argument \`fetch\` = ${str(fetch)} cannot be interpreted as a Tensor. (${str(e)})`,
      );
    }
    const at = place(element);
    return (values) => values[at];
  }

  __repr__(): string {
    return `<tensorflow.python.client.session.${this.constructor.name.replace("Impl", "")} object>`;
  }
}
nameClass("tensorflow.python.client.session.Session", SessionImpl);

const messageOf = (e: unknown): string => (e as Error).message;

const firstText = (x: unknown): string | undefined => {
  if (typeof x === "string") return x;
  if (!Array.isArray(x)) return undefined;
  for (const item of x) {
    const found = firstText(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A value as a session gives it out: NumPy's arrays and scalars, bytes. */
function outside(d: Datum): unknown {
  const value = dereferenced(d);
  return tensorOf(value instanceof Value && value.requiresGrad ? value.detach() : value).numpy();
}

const sessions: SessionImpl[] = [];

/** `tf.get_default_session()` */
export const get_default_session = (): SessionImpl | null => sessions.at(-1) ?? null;

setEvaluate((what, feed, session, how) => {
  const own = (session as SessionImpl | null) ?? get_default_session();
  const kind = how === "eval" ? "evaluate tensor using `eval()`" : "execute operation using `run()`";
  const call = how === "eval" ? "eval" : "run";
  if (!own)
    throw new ValueError(
      `Cannot ${kind}: No default session is registered. ${how === "eval" ? `Use \`with sess.as_default()\` or pass an explicit session to \`${call}(session=sess)\`` : "Use `with sess.as_default():` or pass an explicit session to `run(session=sess)`"}`,
    );
  if (own.graph !== what.graph)
    throw new ValueError(
      `Cannot use the ${session ? "given" : "default"} session to ${kind.replace(" using", "").replace(/ `.*/, "")}: the ${how === "eval" ? "tensor's" : "operation's"} graph is different from the session's graph.${session ? "" : ` Pass an explicit session to \`${call}(session=sess)\`.`}`,
    );
  return own.run(what, feed);
});

/** `tf.InteractiveSession`: a session that is the default from its making on. */
export class InteractiveSessionImpl extends SessionImpl {
  private readonly _before: ReturnType<typeof currentGraph>;
  constructor(target: unknown = "", graph: Graph | null = null, config: unknown = null) {
    super(target, graph, config);
    this._before = graph ? setGraph(graph) : currentGraph();
    sessions.push(this);
  }
  override close(): void {
    super.close();
    const i = sessions.lastIndexOf(this);
    if (i >= 0) {
      sessions.splice(i, 1);
      setGraph(this._before);
    }
  }
}
nameClass("tensorflow.python.client.session.InteractiveSession", InteractiveSessionImpl);
