import { isPlainObject, pyClass, RuntimeError } from "@cognate/py";
import { OutOfRangeError } from "../../core/errors.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import { SessionImpl } from "../../graph/session.js";
import { makeFolder } from "../../saved/files.js";
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
import { Saver } from "./saver.js";

type SaverLike = ReturnType<typeof Saver>;
/** The default, where an argument is left out; `null` means none at all. */
const USE_DEFAULT = 0;

/** Sessions that are restored from the last checkpoint, or initialized; what came before monitored sessions. */
class SupervisorImpl {
  readonly graph: Graph;
  readonly coord: Coordinator = Coordinator();
  readonly saver: SaverLike | null;
  readonly init_op: unknown;
  readonly local_init_op: unknown;
  readonly ready_op: unknown;
  readonly global_step: unknown;
  readonly save_path: string | null;
  private _session: SessionImpl | null = null;
  constructor(
    graph: Graph | null = null,
    _ready_op: unknown = USE_DEFAULT,
    _ready_for_local: unknown = USE_DEFAULT,
    readonly is_chief = true,
    init_op: unknown = USE_DEFAULT,
    private readonly _feed: unknown = null,
    local_init_op: unknown = USE_DEFAULT,
    readonly logdir: string | null = null,
    _summary_op: unknown = USE_DEFAULT,
    saver: unknown = USE_DEFAULT,
    global_step: unknown = USE_DEFAULT,
    _save_summaries_secs = 120,
    readonly save_model_secs = 600,
    _recovery = 30,
    _stop_grace = 120,
    checkpoint_basename = "model.ckpt",
    _manager: unknown = null,
    _writer: unknown = USE_DEFAULT,
    private readonly _initFn: ((sess: SessionImpl) => unknown) | null = null,
  ) {
    this.graph = graph ?? inDefault(get_default_graph);
    const or = <T>(given: unknown, make: () => T): unknown => (given === USE_DEFAULT ? make() : given);
    const made = this.graph.scoped(null, () => ({
      init: or(init_op, () => global_variables_initializer()),
      local: or(local_init_op, () => group(local_variables_initializer(), tables_initializer())),
      saver: or(saver, () => (this.graph.get_collection("variables").length > 0 ? Saver() : null)),
      step: or(global_step, () => get_global_step()),
    }));
    this.init_op = made.init;
    this.local_init_op = made.local;
    this.saver = made.saver as SaverLike | null;
    this.global_step = made.step;
    this.ready_op = null;
    this.save_path = logdir === null ? null : `${logdir}/${checkpoint_basename}`;
    if (logdir !== null && is_chief) makeFolder(logdir);
  }
  get session(): SessionImpl | null {
    return this._session;
  }
  /** A session whose variables have values, and whose queues are filled. */
  prepare_or_wait_for_session(
    _master = "",
    config: unknown = null,
    _wait = false,
    _secs = 7200,
    start_standard_services = true,
  ): SessionImpl {
    const sess = new SessionImpl("", this.graph, config);
    const path = this.logdir === null ? null : (latest_checkpoint(this.logdir) as string | null);
    if (path !== null && this.saver) this.saver.restore(sess, path);
    else if (this.init_op !== null) {
      sess.run(this.init_op, this._feed);
      this._initFn?.(sess);
    } else if (this._initFn) this._initFn(sess);
    else if (this.graph.get_collection("variables").length > 0)
      throw new RuntimeError("Model is not initialized and no init_op or init_fn or local_init_op was given");
    if (this.local_init_op !== null) sess.run(this.local_init_op);
    this._session = sess;
    if (start_standard_services) start_queue_runners(sess, this.coord);
    return sess;
  }
  /** `with sv.managed_session() as sess`: the session is saved and closed at the end; the end of data is no error. */
  managed_session(...args: unknown[]): unknown {
    const body = typeof args.at(-1) === "function" ? (args.pop() as (sess: SessionImpl) => unknown) : null;
    const last = isPlainObject(args.at(-1)) ? (args.pop() as Record<string, unknown>) : {};
    const sess = this.prepare_or_wait_for_session(
      "",
      last.config ?? args[1] ?? null,
      false,
      7200,
      (last.start_standard_services ?? args[2] ?? true) as boolean,
    );
    sess.enter();
    const exit = (): void => {
      this.stop();
      sess.exit();
    };
    if (!body) return { enter: () => sess, exit, [Symbol.dispose]: exit };
    try {
      return body(sess);
    } catch (e) {
      if (e instanceof OutOfRangeError) return null;
      this.coord.request_stop(e);
      throw e;
    } finally {
      exit();
    }
  }
  should_stop(): boolean {
    return this.coord.should_stop();
  }
  request_stop(ex: unknown = null): void {
    this.coord.request_stop(ex);
  }
  stop_on_exception(body: () => unknown): unknown {
    return this.coord.stop_on_exception(body);
  }
  wait_for_stop(): void {}
  start_queue_runners(sess: SessionImpl, _runners: unknown = null): unknown {
    return start_queue_runners(sess, this.coord);
  }
  /** Asks for the stop, and saves the variables a last time. */
  stop(_threads: unknown = null, _close = true, _ignore = false): void {
    this.coord.request_stop();
    this.coord.join();
    if (this.saver && this.save_path !== null && this._session)
      this.saver.save(this._session, this.save_path, { global_step: this.global_step } as never);
  }
  Stop(): void {
    this.stop();
  }
  ShouldStop(): boolean {
    return this.should_stop();
  }
  RequestStop(ex: unknown = null): void {
    this.request_stop(ex);
  }
}
export const Supervisor = Object.assign(
  pyClass(
    "tensorflow.python.training.supervisor.Supervisor",
    "graph ready_op ready_for_local_init_op is_chief init_op init_feed_dict local_init_op logdir summary_op saver global_step save_summaries_secs save_model_secs recovery_wait_secs stop_grace_secs checkpoint_basename session_manager summary_writer init_fn local_init_run_options",
    SupervisorImpl,
  ),
  { USE_DEFAULT },
);
