/*
 * Loops that pause between batches: run through at once, or in turns with what else the page has to do.
 */

/** A loop's result. */
export function drive<R>(loop: Generator<void, R>): R {
  for (;;) {
    const { done, value } = loop.next();
    if (done) return value;
  }
}

/** How long the page may have to wait, in milliseconds. */
const TURN = 12;

/** Gives other work its turn; messages come at once, where timers may be slowed down. */
const otherWork = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** A loop's result, with other work done in between. */
export async function driveAsync<R>(loop: Generator<void, R>): Promise<R> {
  let since = performance.now();
  for (;;) {
    const { done, value } = loop.next();
    if (done) return value;
    if (performance.now() - since < TURN) continue;
    await otherWork();
    since = performance.now();
  }
}
