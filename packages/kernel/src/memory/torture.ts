import { moveEverything, trackBodies } from "./heap.js";

/**
 * `COGNATE_MEMORY=torture` makes every array large and moves everything wherever a fast kernel may run, so that tests find
 * views that were kept too long.
 */
function asked(): boolean {
  const g = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return g.process?.env?.COGNATE_MEMORY === "torture";
}

export const TORTURE = asked() && trackBodies();

/** Moves everything that may move, in such a run. */
export function tortured(): void {
  if (TORTURE) moveEverything();
}
