import { def, sleep } from "@cognate/py";
import { latest_checkpoint } from "./checkpoint.js";

/** Seconds between two looks. */
const PAUSE = 1;
const now = (): number => Date.now() / 1000;

/** The latest checkpoint once it is another one; `null` where the time is up first. */
function awaited(folder: string, last: string | null, timeout: number | null): string | null {
  const end = timeout === null ? null : now() + timeout;
  for (;;) {
    const path = latest_checkpoint(folder) as string | null;
    if (path !== null && path !== last) return path;
    if (end !== null && now() + PAUSE > end) return null;
    sleep(PAUSE);
  }
}

/**
 * `tf.train.checkpoints_iterator`: the paths of checkpoints as another program writes them into a folder; waits up to `timeout`
 * seconds for each (`null`: for ever), then ends, or asks `timeout_fn` whether it shall.
 */
export const checkpoints_iterator = def(
  "tensorflow.train.checkpoints_iterator",
  "checkpoint_dir min_interval_secs timeout timeout_fn",
  function* (
    checkpoint_dir: string,
    min_interval_secs = 0,
    timeout: number | null = null,
    timeout_fn: (() => unknown) | null = null,
  ): Generator<string> {
    let last: string | null = null;
    for (;;) {
      const path = awaited(checkpoint_dir, last, timeout);
      if (path !== null) {
        const start = now();
        last = path;
        yield path;
        const left = start + min_interval_secs - now();
        if (left > 0) sleep(left);
      } else if (timeout_fn === null) return;
      if (timeout_fn?.()) return;
    }
  },
);
