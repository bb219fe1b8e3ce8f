import { RuntimeError } from "@cognate/py";
import * as nest from "../graph/nest.js";
import { SessionImpl } from "../graph/session.js";

/* `sess.make_callable`, `sess.partial_run`. */

/** A run whose feeds come one after the other. */
interface Handle {
  readonly wanted: ReadonlySet<unknown>;
  readonly feeds: ReadonlySet<unknown>;
  /** What was fed or fetched already. */
  readonly known: Map<unknown, unknown>;
}
const handles = new Map<string, Handle>();
const pairs = (feed: unknown): [unknown, unknown][] =>
  feed instanceof Map
    ? [...(feed as Map<unknown, unknown>)]
    : Array.isArray(feed)
      ? (feed as [unknown, unknown][])
      : Object.entries((feed ?? {}) as object);

declare module "../graph/session.js" {
  interface SessionImpl {
    /** A function of values for some tensors. */
    make_callable(fetches: unknown, feed_list?: readonly unknown[] | null): (...values: unknown[]) => unknown;
    /** Announces what will be fetched and fed in parts. */
    partial_run_setup(fetches: unknown, feeds?: readonly unknown[] | null): string;
    /** Goes on with a run: feeds more, fetches what they allow. */
    partial_run(handle: string, fetches: unknown, feed_dict?: unknown): unknown;
  }
}
Object.assign(SessionImpl.prototype, {
  make_callable(this: SessionImpl, fetches: unknown, feed_list: readonly unknown[] | null = null) {
    const list = feed_list ?? [];
    return (...values: unknown[]): unknown => this.run(fetches, new Map(list.map((t, i) => [t, values[i]])));
  },
  partial_run_setup(this: SessionImpl, fetches: unknown, feeds: readonly unknown[] | null = null): string {
    const handle = `->${[...handles.keys()].length};0`;
    handles.set(handle, {
      wanted: new Set(nest.flatten(fetches)),
      feeds: new Set(feeds ?? []),
      known: new Map(),
    });
    return handle;
  },
  partial_run(this: SessionImpl, handle: string, fetches: unknown, feed_dict: unknown = null): unknown {
    const h = handles.get(handle);
    if (!h) throw new RuntimeError("Must run 'setup' before performing partial runs!");
    const given = (feed_dict as { feed_dict?: unknown } | null)?.feed_dict ?? feed_dict;
    for (const [k, v] of pairs(given)) h.known.set(k, v);
    const list = nest.flatten(fetches);
    const values = this.run(list, new Map(h.known)) as unknown[];
    list.forEach((t, i) => {
      if (values[i] !== null) h.known.set(t, values[i]);
    });
    return nest.pack(fetches, values);
  },
});
