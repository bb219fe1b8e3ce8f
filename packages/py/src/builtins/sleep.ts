/** `time.sleep`: waits so many seconds, and lets no other code run meanwhile. */
export function sleep(seconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
}
