import { dtypeNamed } from "@cognate/kernel";
import { Float, pyClass, repr, type, ValueError } from "@cognate/py";
import { valueOf } from "../backend/create.js";
import { autoName, sessionAttribute, setSessionAttribute } from "../backend/global-state.js";
import { nameScope } from "../backend/scope.js";
import { type Tensor, wrap } from "../backend/tensor.js";
import { Variable } from "../backend/variable.js";
import { constructFrom } from "../saving/construct.js";
import { pythonRandom } from "./state.js";

/** The type of seeds on Keras's TensorFlow backend. */
const SEED_TYPE = dtypeNamed("int64")!;

const isInteger = (x: unknown): x is number | bigint =>
  typeof x === "bigint" || (Number.isInteger(x) && !(x instanceof Float));

/** A seed that nobody chose: from Python's generator, as Keras takes it. */
export const makeDefaultSeed = (): number => pythonRandom().randint(1, 10 ** 9);

/** The two numbers of a seed: what was given, and how many draws went before. */
export type SeedPair = readonly [number | bigint, number | bigint];

class SeedGeneratorImpl {
  readonly name: string;
  readonly state: Variable;
  readonly _initial_seed: number | bigint | null;

  constructor(
    seed: number | bigint | null = null,
    name: string | null = null,
    others: Readonly<Record<string, unknown>> = {},
  ) {
    this.name = name ?? autoName("SeedGenerator");
    const { backend: _, ...unknown } = others;
    if (Object.keys(unknown).length > 0)
      throw new ValueError(`Unrecognized keyword arguments: ${repr(unknown)}`);
    this._initial_seed = seed;
    const first = seed ?? makeDefaultSeed();
    if (!isInteger(first))
      throw new ValueError(`Argument \`seed\` must be an integer. Received: seed=${String(seed)}`);
    this.state = nameScope(
      this.name,
      () =>
        new Variable(() => [first, 0], {
          shape: [2],
          dtype: "int64",
          trainable: false,
          aggregation: "none",
          name: "seed_generator_state",
        }),
      this,
    );
  }

  /** The seed for one draw, as numbers; the generator moves on. */
  _next(ordered = true): SeedPair {
    const [seed, count] = this.state.tolist() as [number | bigint, number | bigint];
    const next = ordered ? [seed, BigInt(count) + 1n] : [seed, count].map(scrambled);
    this.state.assign(next);
    return [seed, count];
  }
  /** The seed for one draw; the generator moves on. */
  next(ordered = true): Tensor {
    return wrap(valueOf(this._next(ordered), SEED_TYPE));
  }
  get_config(): Record<string, unknown> {
    return { seed: this._initial_seed, name: this.name };
  }
  static from_config(config: Record<string, unknown>): SeedGeneratorImpl {
    return constructFrom(SeedGenerator, config);
  }
}

const scrambled = (x: number | bigint): bigint => ((BigInt(x) + 1n) * 5387n) % 933199n;

/**
 * `keras.random.SeedGenerator`: a counter behind random draws, so that each differs from the one before and the whole can
 * be repeated and saved.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const seed = keras.random.SeedGenerator(7);
 * print(seed.next().numpy(), seed.next().numpy()); // prints [7 0] [7 1]
 * ```
 */
export const SeedGenerator = pyClass(
  "keras.src.random.seed_generator.SeedGenerator",
  "seed name **kwargs",
  SeedGeneratorImpl,
);
export type SeedGenerator = SeedGeneratorImpl;

/** What a draw can be seeded by: a number gives the same draw each time, a generator the next one. */
export type Seed = number | bigint | SeedGenerator | null;

/** The generator behind draws without a seed. */
export function globalSeedGenerator(): SeedGenerator {
  const kept = sessionAttribute<SeedGenerator | null>("seedGenerator", () => null);
  if (kept) return kept;
  const made = new SeedGenerator();
  setSessionAttribute("seedGenerator", made);
  return made;
}

/** The two numbers that a draw is made from. @throws ValueError for what is no seed */
export function drawSeed(seed: Seed | undefined): SeedPair {
  if (seed instanceof SeedGeneratorImpl) return seed._next();
  if (isInteger(seed)) return [seed, 0];
  if (seed === null || seed === undefined) return globalSeedGenerator()._next(false);
  throw new ValueError(
    `Argument \`seed\` must be either an integer or an instance of \`SeedGenerator\`. Received: seed=${typeof seed === "string" ? seed : repr(seed)} (of type ${repr(type(seed))})`,
  );
}
