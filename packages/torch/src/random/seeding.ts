import { type ContextManager, context, def, TypeError, ValueError } from "@cognate/py";
import type { Tensor } from "../tensor/tensor.js";
import { default_generator, type Generator } from "./generator.js";

/** Python's int(): numbers are cut, texts are read. */
function whole(seed: unknown): number | bigint {
  if (typeof seed === "bigint") return seed;
  if (typeof seed === "number" || seed instanceof Number) return Math.trunc(Number(seed));
  if (typeof seed === "boolean") return Number(seed);
  if (typeof seed === "string") {
    if (!/^\s*[+-]?\d+\s*$/.test(seed))
      throw new ValueError(`invalid literal for int() with base 10: '${seed}'`);
    return BigInt(seed.trim());
  }
  if (typeof seed === "object" && seed !== null && "item" in seed) return Math.trunc(Number(seed));
  throw new TypeError(
    `int() argument must be a string, a bytes-like object or a real number, not '${seed === null ? "NoneType" : typeof seed}'`,
  );
}

/**
 * Starts the stream of all calls that are given no generator of their own.
 *
 * @param seed - a whole number of up to 64 bits (negative ones count from 2⁶⁴ down); its lower 32 bits make the stream
 * @throws ValueError past 64 bits
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.manual_seed(0);
 * print(torch.rand(3), torch.randint(10, [3]), torch.randperm(4));
 * // prints tensor([0.4963, 0.7682, 0.0885]) tensor([0, 3, 9]) tensor([3, 2, 0, 1])
 * ```
 */
export const manual_seed = def(
  "torch.manual_seed",
  "seed",
  (seed: number | bigint | string | Number | Tensor): Generator => default_generator.manual_seed(whole(seed)),
);

/** Starts a stream that nobody can foresee; returns its seed. */
export const seed = def("torch.seed", "", (): number | bigint => default_generator.seed());

/** The seed of the current stream. */
export const initial_seed = def("torch.initial_seed", "", (): number | bigint =>
  default_generator.initial_seed(),
);

/** Where the stream is: 5056 bytes that PyTorch, too, can go back to. */
export const get_rng_state = def("torch.get_rng_state", "", (): Tensor => default_generator.get_state());

/** Goes back to a state from {@link get_rng_state} or from PyTorch. @throws TypeError, RuntimeError for what is none */
export const set_rng_state = def("torch.set_rng_state", "new_state", (new_state: Tensor): void => {
  default_generator.set_state(new_state);
});

interface ForkOptions {
  readonly devices?: unknown;
  readonly enabled?: boolean;
}

/** {@link fork_rng}, with its options left out or not. */
interface ForkRng {
  <R>(body: () => R): R;
  <R>(options: ForkOptions, body: () => R): R;
  (options?: ForkOptions): ContextManager<void>;
}

/**
 * `with torch.random.fork_rng():` – what is drawn inside leaves the stream as it was.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.manual_seed(0);
 * torch.random.fork_rng(() => torch.rand(5));
 * print(torch.rand(1)); // prints tensor([0.4963])
 * ```
 */
export const fork_rng: ForkRng = context((options?: ForkOptions) => {
  let before: Tensor | undefined;
  return {
    enter: (): void => {
      if (options?.enabled !== false) before = default_generator.get_state();
    },
    exit: (): void => {
      if (before) default_generator.set_state(before);
    },
  };
}) as ForkRng;
