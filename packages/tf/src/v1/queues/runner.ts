import { pyClass, TypeError, ValueError } from "@cognate/py";
import { CancelledError, OutOfRangeError } from "../../core/errors.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { Operation } from "../../graph/operation.js";
import { get_default_session, SessionImpl } from "../../graph/session.js";
import type { Coordinator } from "../../train/coordinator.js";
import { v1 } from "../make.js";
import { queueIn } from "./executors.js";
import type { QueueBaseImpl } from "./queue.js";

/** One enqueue operation of a runner: what a thread would repeat, it does when the queue is waited for. */
class Turns {
  private _done = false;
  constructor(
    readonly name: string,
    private readonly _once: () => boolean,
    private readonly _start: () => void,
  ) {}
  start(): void {
    this._start();
  }
  /** Runs the operation; `false` when there is nothing more to run. */
  step(): boolean {
    if (!this._done) this._done = !this._once();
    return !this._done;
  }
  is_alive(): boolean {
    return !this._done;
  }
  stop(): void {
    this._done = true;
  }
  /** Repeats until there is nothing more to run. */
  join(_timeout: number | null = null): void {
    while (this.step());
  }
}

export type { Turns };

export class QueueRunnerImpl {
  readonly close_op: Operation;
  readonly cancel_op: Operation;
  readonly exceptions_raised: Error[] = [];
  readonly enqueue_ops: readonly Operation[];
  readonly queue_closed_exception_types: readonly unknown[];
  constructor(
    readonly queue: QueueBaseImpl,
    enqueue_ops: readonly Operation[],
    close_op: Operation | null = null,
    cancel_op: Operation | null = null,
    queue_closed_exception_types: readonly unknown[] | null = null,
  ) {
    if (!queue || !enqueue_ops || enqueue_ops.length === 0)
      throw new ValueError("Must provide queue and enqueue_ops.");
    this.enqueue_ops = [...enqueue_ops];
    this.close_op = inDefault(() => close_op ?? (queue.close() as Operation));
    this.cancel_op = inDefault(
      () => cancel_op ?? (queue.close({ cancel_pending_enqueues: true }) as Operation),
    );
    this.queue_closed_exception_types = queue_closed_exception_types ?? [OutOfRangeError];
  }
  get name(): string {
    return this.queue.queue_ref.op.name;
  }
  create_threads(
    sess: SessionImpl,
    coord: Coordinator | null = null,
    _daemon = false,
    start = false,
  ): Turns[] {
    let open = this.enqueue_ops.length;
    const turns = this.enqueue_ops.map((op) => {
      const t: Turns = new Turns(
        `QueueRunnerThread-${this.name}-${op.name}`,
        () => {
          if (coord?.should_stop()) {
            if (--open === 0) sess.run(this.cancel_op);
            return false;
          }
          try {
            sess.run(op);
            return true;
          } catch (e) {
            open--;
            const ended =
              e instanceof CancelledError ||
              this.queue_closed_exception_types.some((C) => e instanceof (C as new () => Error));
            if (ended) {
              if (open === 0) sess.run(this.close_op);
              return false;
            }
            if (!coord) {
              this.exceptions_raised.push(e as Error);
              throw e;
            }
            coord.request_stop(e);
            if (open === 0) sess.run(this.cancel_op);
            return false;
          }
        },
        () => {
          const { feeders } = queueIn(sess.store, this.queue.queue_ref.op);
          if (!feeders.includes(feed)) feeders.push(feed);
        },
      );
      const feed = (): boolean => t.step();
      return t;
    });
    if (coord) {
      // TensorFlow has one more thread, which closes the queue when the stop is asked for.
      turns.push(
        new Turns(
          `QueueRunnerThread-${this.name}-close_on_stop`,
          () => false,
          () => {},
        ),
      );
      for (const t of turns) coord.register_thread(t);
    }
    if (start) for (const t of turns) t.start();
    return turns;
  }
}
export const QueueRunner = pyClass(
  "tensorflow.python.training.queue_runner_impl.QueueRunner",
  "queue enqueue_ops close_op cancel_op queue_closed_exception_types",
  QueueRunnerImpl,
);

const RUNNERS = "queue_runners";
export const add_queue_runner = v1(
  "add_queue_runner",
  "qr collection",
  (qr: QueueRunnerImpl, collection: string = RUNNERS): void =>
    get_default_graph().add_to_collection(collection, qr),
);
/** Starts what fills the queues; it runs when an operation would wait for elements. */
export const start_queue_runners = v1(
  "start_queue_runners",
  "sess coord daemon start collection",
  (
    sess: SessionImpl | null = null,
    coord: Coordinator | null = null,
    daemon = true,
    start = true,
    collection: string = RUNNERS,
  ): Turns[] => {
    const session = sess ?? get_default_session();
    if (!session)
      throw new ValueError(
        "Cannot start queue runners: No default session is registered. Use `with sess.as_default()` or pass an explicit session to tf.start_queue_runners(sess=sess)",
      );
    const inner = (session as unknown as { _session?: SessionImpl })._session ?? session;
    if (!(inner instanceof SessionImpl)) throw new TypeError("sess must be a `tf.Session` object.");
    const runners = inner.graph.get_collection(collection) as QueueRunnerImpl[];
    return runners.flatMap((qr) => qr.create_threads(inner, coord, daemon, start));
  },
);
