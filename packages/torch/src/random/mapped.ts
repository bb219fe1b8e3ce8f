import { RuntimeError } from "@cognate/py";

/** What random calls do inside `vmap`: refuse, or give each example other numbers, or all the same ones. */
export type Randomness = "error" | "different" | "same";

let current: Randomness | null = null;

/** `f` with random calls of the innermost map treated so; gives back what they were before. */
export function inRandomness<T>(randomness: Randomness, f: () => T): T {
  const before = current;
  current = randomness;
  try {
    return f();
  } finally {
    current = before;
  }
}

/** @throws RuntimeError inside a map that takes no random calls */
export function checkRandomness(): void {
  if (current === "error")
    throw new RuntimeError(
      "vmap: called random operation while in randomness error mode. Please either use the 'same' or 'different' randomness flags on vmap or perform the randomness operation out of vmap",
    );
}
