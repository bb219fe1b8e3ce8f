import { warn } from "@cognate/py";
import { max_steps_per_epoch } from "../config/limits.js";
import type { Batch, DataAdapter } from "./data-adapters/data-adapter.js";
import { adapterFor, type Data } from "./data-adapters/index.js";

const OUT_OF_DATA =
  "Your input ran out of data; interrupting training. Make sure that your dataset or generator can generate at least `steps_per_epoch * epochs` batches. You may need to use the `.repeat()` function when building your dataset.";

/** Some batches, and the numbers of the first and the last of them. */
export interface Steps {
  readonly first: number;
  readonly last: number;
  readonly batches: readonly Batch[];
}

/** The batches of one epoch after the other. */
export class EpochIterator {
  private readonly _adapter: DataAdapter;
  private readonly _steps: number | null;
  private _batches: number | null;
  private _current: Iterator<Batch> | null = null;
  private _seen = 0;

  constructor(
    data: Data,
    private readonly _perExecution = 1,
  ) {
    const most = max_steps_per_epoch();
    const limited = Boolean(most) && (!data.steps || most! < data.steps);
    if (limited) warn(`Limiting steps_per_epoch to ${most}`);
    this._steps = limited ? most : data.steps;
    this._adapter = adapterFor(data);
    this._batches = this._adapter.num_batches;
  }

  /** How many batches an epoch has, `null` if unknown. */
  get num_batches(): number | null {
    return this._steps || this._batches;
  }
  /** Begins anew. */
  reset(): void {
    this._current = null;
    this._batches = this._adapter.num_batches;
    this._seen = 0;
    this._adapter.on_epoch_end();
  }

  /** The next epoch. With a number of steps, it goes on where the last one ended. */
  *epoch(): Generator<Steps> {
    this._adapter.on_epoch_begin();
    const steps = this._steps || this._batches || Number.POSITIVE_INFINITY;
    if (this._current === null || !this._steps || !Number.isFinite(steps)) {
      this._current = this._adapter.batches();
      this._seen = 0;
    }
    const every = this._perExecution;
    for (let step = 0; step < steps; step += every) {
      if (this._batches && this._seen >= this._batches) {
        if (this._steps) warn(OUT_OF_DATA);
        break;
      }
      this._seen += every;
      const batches: Batch[] = [];
      for (let i = 0; i < every; i++) {
        const { done, value } = this._current.next();
        if (done) break;
        batches.push(value);
      }
      if (batches.length === 0) {
        this._batches ??= this._seen;
        warn(OUT_OF_DATA);
        this._current = null;
        break;
      }
      yield { first: step, last: step + every - 1, batches };
    }
    if (this._batches && this._seen >= this._batches) {
      this._current = this._current && this._adapter.batches();
      this._seen = 0;
    }
    this._adapter.on_epoch_end();
  }
}
