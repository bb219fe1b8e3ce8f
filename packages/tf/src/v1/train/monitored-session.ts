import { isinstance, pyClass, RuntimeError, StopIteration } from "@cognate/py";
import { OutOfRangeError } from "../../core/errors.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import { SessionImpl } from "../../graph/session.js";
import { latest_checkpoint } from "../../train/checkpoint.js";
import { Coordinator } from "../../train/coordinator.js";
import { group } from "../graph.js";
import { start_queue_runners } from "../queues/runner.js";
import {
  global_variables_initializer,
  local_variables_initializer,
  tables_initializer,
} from "../variables.js";
import { get_global_step } from "./global-step.js";
import { CheckpointSaverHook, type HookImpl, RunArgs, SessionRunContext, SessionRunValues } from "./hooks.js";
import { Saver } from "./saver.js";

type SaverLike = ReturnType<typeof Saver>;

/** What a session needs before it runs: initializers and a saver, made where they are not given. */
class ScaffoldImpl {
  init_op: unknown;
  local_init_op: unknown;
  saver: SaverLike | null;
  constructor(
    init_op: unknown = null,
    readonly init_feed_dict: unknown = null,
    readonly init_fn: ((scaffold: ScaffoldImpl, session: SessionImpl) => unknown) | null = null,
    _ready_op: unknown = null,
    _ready_for_local_init_op: unknown = null,
    local_init_op: unknown = null,
    _summary_op: unknown = null,
    saver: unknown = null,
  ) {
    this.init_op = init_op;
    this.local_init_op = local_init_op;
    this.saver = saver as SaverLike | null;
  }
  finalize(): this {
    inDefault(() => {
      this.init_op ??= global_variables_initializer();
      this.local_init_op ??= group(local_variables_initializer(), tables_initializer());
      if (this.saver === null) {
        const g = get_default_graph();
        const known = g.get_collection("savers") as SaverLike[];
        const any = g.get_collection("variables").length > 0;
        this.saver = known[0] ?? (any ? Saver() : null);
        if (this.saver && known.length === 0) g.add_to_collection("savers", this.saver);
      }
    });
    return this;
  }
}
export const Scaffold = pyClass(
  "tensorflow.python.training.monitored_session.Scaffold",
  "init_op init_feed_dict init_fn ready_op ready_for_local_init_op local_init_op summary_op saver",
  ScaffoldImpl,
);

class CreatorImpl {
  readonly scaffold: ScaffoldImpl;
  constructor(
    scaffold: ScaffoldImpl | null = null,
    _master = "",
    readonly config: unknown = null,
    readonly checkpoint_dir: string | null = null,
    readonly checkpoint_filename_with_path: string | null = null,
  ) {
    this.scaffold = scaffold ?? new ScaffoldImpl();
  }
  /** A session whose variables are those of the last checkpoint, or fresh. */
  create_session(): SessionImpl {
    this.scaffold.finalize();
    const session = new SessionImpl("", get_default_graph(), this.config);
    const path =
      this.checkpoint_filename_with_path ??
      (this.checkpoint_dir === null ? null : (latest_checkpoint(this.checkpoint_dir) as string | null));
    if (path !== null && this.scaffold.saver) this.scaffold.saver.restore(session, path);
    else {
      session.run(this.scaffold.init_op, this.scaffold.init_feed_dict);
      this.scaffold.init_fn?.(this.scaffold, session);
    }
    session.run(this.scaffold.local_init_op);
    return session;
  }
}
export const ChiefSessionCreator = pyClass(
  "tensorflow.python.training.monitored_session.ChiefSessionCreator",
  "scaffold master config checkpoint_dir checkpoint_filename_with_path",
  CreatorImpl,
);

/** A session with hooks around its runs; it stops when one of them asks for it. */
class MonitoredImpl {
  readonly _session: SessionImpl;
  private readonly _hooks: readonly HookImpl[];
  private readonly _coord = Coordinator();
  private _closed = false;
  constructor(session_creator: CreatorImpl | null = null, hooks: readonly HookImpl[] | null = null) {
    this._hooks = hooks ?? [];
    const creator = session_creator ?? new CreatorImpl();
    for (const h of this._hooks) inDefault(() => h.begin());
    this._session = creator.create_session();
    start_queue_runners(this._session, this._coord);
    for (const h of this._hooks) h.after_create_session(this._session, this._coord);
  }
  get graph(): Graph {
    return this._session.graph;
  }
  should_stop(): boolean {
    return this._closed || this._coord.should_stop();
  }
  run(fetches: unknown, feed_dict: unknown = null): unknown {
    if (this._closed) throw new RuntimeError("Run called even after should_stop requested.");
    const context = new SessionRunContext(new RunArgs(fetches, feed_dict), this._session);
    const wanted = this._hooks.map((h) => h.before_run(context));
    const feeds = [feed_dict, ...wanted.map((w) => w?.feed_dict ?? null)].filter((f) => f !== null);
    const own = wanted.map((w) => w?.fetches ?? null);
    const asked = own.filter((f) => f !== null);
    const all = this._session.run([fetches, ...asked], merged(feeds)) as unknown[];
    let k = 1;
    this._hooks.forEach((h, i) => {
      h.after_run(context, new SessionRunValues(own[i] === null ? null : all[k++]));
    });
    if (context.stop_requested) this._coord.request_stop();
    return all[0];
  }
  run_step_fn(
    f: (context: { session: SessionImpl; request_stop(): void; run_with_hooks: unknown }) => unknown,
  ): unknown {
    return f({
      session: this._session,
      request_stop: () => this._coord.request_stop(),
      run_with_hooks: (fetches: unknown, feeds: unknown = null) => this.run(fetches, feeds),
    });
  }
  close(): void {
    if (this._closed) return;
    this._closed = true;
    for (const h of this._hooks) h.end(this._session);
    this._session.close();
  }
  enter(): this {
    this._session.enter();
    return this;
  }
  exit(): void {
    this.close();
    this._session.exit();
  }
  [Symbol.dispose](): void {
    this.exit();
  }
}
/** One mapping of several. */
function merged(feeds: readonly unknown[]): unknown {
  if (feeds.length < 2) return feeds[0] ?? null;
  const pairs = feeds.flatMap((f) =>
    f instanceof Map ? [...f] : Array.isArray(f) ? (f as [unknown, unknown][]) : Object.entries(f as object),
  );
  return new Map(pairs as [unknown, unknown][]);
}
/** `with session: …`: hooks end and the session is closed; the end of data is no error. */
function within(session: MonitoredImpl, body: ((s: MonitoredImpl) => unknown) | null): unknown {
  if (!body) return session;
  session.enter();
  try {
    return body(session);
  } catch (e) {
    if (e instanceof OutOfRangeError || isinstance(e, StopIteration)) return null;
    throw e;
  } finally {
    session.exit();
  }
}
type Body = (s: MonitoredImpl) => unknown;
const bodyOf = (args: unknown[]): Body | null =>
  typeof args.at(-1) === "function" ? (args.pop() as Body) : null;

const Monitored = pyClass(
  "tensorflow.python.training.monitored_session.MonitoredSession",
  "session_creator hooks",
  MonitoredImpl,
);
export const MonitoredSession = (...args: unknown[]): unknown => {
  const body = bodyOf(args);
  return within((Monitored as unknown as (...a: unknown[]) => MonitoredImpl)(...args), body);
};

interface Training {
  readonly hooks: readonly HookImpl[];
  readonly creator: CreatorImpl;
}
class TrainingArgs implements Training {
  readonly hooks: readonly HookImpl[];
  readonly creator: CreatorImpl;
  constructor(
    _master = "",
    _is_chief = true,
    checkpoint_dir: string | null = null,
    scaffold: ScaffoldImpl | null = null,
    hooks: readonly HookImpl[] | null = null,
    chief_only_hooks: readonly HookImpl[] | null = null,
    save_checkpoint_secs: number | null = null,
    _save_summaries_steps: unknown = null,
    _save_summaries_secs: unknown = null,
    config: unknown = null,
    _stop_grace_period_secs: unknown = 120,
    _log_step_count_steps: unknown = 100,
    _max_wait_secs: unknown = 7200,
    save_checkpoint_steps: number | null = null,
  ) {
    const list = [...(hooks ?? []), ...(chief_only_hooks ?? [])];
    const secs = save_checkpoint_secs ?? (save_checkpoint_steps === null ? 600 : null);
    const saves = checkpoint_dir !== null && ((secs ?? 0) > 0 || (save_checkpoint_steps ?? 0) > 0);
    if (saves && get_global_step() !== null)
      list.push(
        CheckpointSaverHook(
          checkpoint_dir,
          save_checkpoint_steps === null ? secs : null,
          save_checkpoint_steps,
        ),
      );
    this.hooks = list;
    this.creator = new CreatorImpl(scaffold, "", config, checkpoint_dir);
  }
}
const Arguments = pyClass(
  "tensorflow.python.training.monitored_session.MonitoredTrainingSession",
  "master is_chief checkpoint_dir scaffold hooks chief_only_hooks save_checkpoint_secs save_summaries_steps save_summaries_secs config stop_grace_period_secs log_step_count_steps max_wait_secs save_checkpoint_steps summary_dir save_graph_def",
  TrainingArgs,
);
/** A monitored session that initializes or restores, and saves checkpoints into a folder. */
export const MonitoredTrainingSession = (...args: unknown[]): unknown => {
  const body = bodyOf(args);
  const { creator, hooks } = (Arguments as unknown as (...a: unknown[]) => TrainingArgs)(...args);
  return within(new MonitoredImpl(creator, hooks), body);
};
class SingularArgs implements Training {
  readonly hooks: readonly HookImpl[];
  readonly creator: CreatorImpl;
  constructor(
    hooks: readonly HookImpl[] | null = null,
    scaffold: ScaffoldImpl | null = null,
    _master = "",
    config: unknown = null,
    checkpoint_dir: string | null = null,
    path: string | null = null,
  ) {
    this.hooks = hooks ?? [];
    this.creator = new CreatorImpl(scaffold, "", config, checkpoint_dir, path);
  }
}
const SingularArguments = pyClass(
  "tensorflow.python.training.monitored_session.SingularMonitoredSession",
  "hooks scaffold master config checkpoint_dir checkpoint_filename_with_path",
  SingularArgs,
);
export const SingularMonitoredSession = (...args: unknown[]): unknown => {
  const body = bodyOf(args);
  const { creator, hooks } = (SingularArguments as unknown as (...a: unknown[]) => SingularArgs)(...args);
  return within(new MonitoredImpl(creator, hooks), body);
};
