import { join } from "node:path";
import * as keras from "@cognate/keras";
import * as np from "@cognate/numpy";
import { BATCH, EPOCHS, SHOWN, TRAIN } from "./expected.js";
import type { OnStep, Opened } from "./torch-part.js";

type Model = ReturnType<typeof keras.models.load_model>;

/** The loss of each step alone, from the running means that Keras reports. */
class StepLosses extends keras.callbacks.Callback {
  private _step = 0;
  private _seen = 0;
  private _total = 0;

  constructor(private readonly _onStep: OnStep) {
    super();
  }

  override on_epoch_begin(): void {
    this._seen = 0;
    this._total = 0;
  }

  override on_train_batch_end(_batch: number, logs: Record<string, number>): void {
    const n = Math.min(BATCH, TRAIN - this._seen);
    const total = Number(logs.loss) * (this._seen + n);
    this._onStep(this._step++, (total - this._total) / n);
    this._seen += n;
    this._total = total;
  }
}

export class KerasPart {
  private readonly _x: np.ndarray;
  private readonly _y: np.ndarray;
  private readonly _shown: np.ndarray;
  private _cnn: Model | undefined;

  constructor(private readonly _folder: string) {
    const digits = np.load(join(_folder, "digits.npz")) as Record<string, np.ndarray>;
    const x = digits.images!.astype("float32").div(16) as np.ndarray;
    this._x = x.reshape([...x.shape, 1]);
    this._y = digits.labels!.astype("int64");
    this._shown = this._x.at(`${TRAIN}:${TRAIN + SHOWN}`) as np.ndarray;
  }

  private get _model(): Model {
    this._cnn ??= keras.models.load_model(join(this._folder, "cnn.keras"));
    return this._cnn;
  }

  /** A Keras 3 archive: architecture, weights and the optimizer's state. */
  cnn(): Opened {
    const model = this._model;
    return {
      file: "cnn.keras",
      print: summaryOf(model),
      predictions: model.predict(this._shown, { verbose: 0 }) as np.ndarray,
    };
  }

  /** A Keras 2 model in HDF5, whose layers Keras 3 itself does not read. */
  rnn(): Opened {
    const model = keras.models.load_model(join(this._folder, "rnn_keras2.h5"), { compile: false });
    const rows = this._shown.at("...", 0) as np.ndarray;
    return {
      file: "rnn_keras2.h5",
      print: summaryOf(model),
      predictions: model.predict(rows, { verbose: 0 }) as np.ndarray,
    };
  }

  /** Trains the CNN on, from the optimizer's saved state. */
  readonly train = (onStep: OnStep): { predictions: np.ndarray; accuracy: number } => {
    const model = this._model;
    const [x, y] = [this._x, this._y];
    model.fit(x.at(`:${TRAIN}`), y.at(`:${TRAIN}`), {
      batch_size: BATCH,
      epochs: EPOCHS,
      shuffle: false,
      verbose: 0,
      callbacks: [new StepLosses(onStep)],
    });
    const [, accuracy] = model.evaluate(x.at(`${TRAIN}:`), y.at(`${TRAIN}:`), { verbose: 0 }) as number[];
    return {
      predictions: model.predict(this._shown, { verbose: 0 }) as np.ndarray,
      accuracy: Number(accuracy),
    };
  };

  /** Saves the whole model. */
  readonly save = (path: string): void => {
    this._model.save(path);
  };
}

/** What `model.summary()` prints. */
function summaryOf(model: Model): string {
  const lines: string[] = [];
  model.summary(null, null, (line) => lines.push(line));
  return lines.join("\n");
}
