import { context, def } from "@cognate/py";
import { XGBoostError } from "../errors.js";

/** XGBoost's global settings. */
export interface Config {
  use_cuda_async_pool?: boolean;
  use_rmm?: boolean;
  verbosity?: number;
  nthread?: number;
}

const current: Record<string, number | boolean> = {
  nthread: 0,
  use_cuda_async_pool: false,
  use_rmm: false,
  verbosity: 1,
};

function check(key: string, value: number | boolean): void {
  if (key === "verbosity" && !(Number(value) >= 0 && Number(value) <= 3))
    throw new XGBoostError(`value ${Number(value)} for Parameter verbosity exceed bound [0,3]`);
}

function change(config: Config): void {
  const given = Object.entries(config).filter(([, v]) => v !== null && v !== undefined);
  const unknown = given.filter(([k]) => !(k in current)).map(([k]) => k);
  if (unknown.length > 0)
    throw new XGBoostError(`Unknown global parameters: { ${unknown.sort().join(", ")} }`);
  for (const [key, value] of given) {
    check(key, value);
    current[key] = value;
  }
}

/**
 * Changes global settings, `verbosity` (0 to 3) above all. @throws XGBoostError for unknown ones
 *
 * @example
 * ```ts
 * import * as xgb from "@cognate/xgboost";
 * import { print } from "@cognate/py";
 * xgb.set_config({ verbosity: 2 });
 * print(xgb.get_config().verbosity, xgb.config_context({ verbosity: 0 }, () => xgb.get_config().verbosity)); // prints 2 0
 * xgb.set_config({ verbosity: 1 });
 * ```
 */
export const set_config = def("set_config", "**config", (config: Config = {}): null => {
  change(config);
  return null;
});

/** The global settings. */
export const get_config = (): Readonly<Record<string, number | boolean>> => ({ ...current });

/** Settings that hold within a callback (or between `enter()` and `exit()`) and are put back behind it. */
export const config_context = context((config: Config = {}) => {
  const before = get_config();
  return {
    enter(): null {
      change(config);
      return null;
    },
    exit(): void {
      Object.assign(current, before);
    },
  };
});

/** The global verbosity. */
export const verbosity = (): number => Number(current.verbosity);
