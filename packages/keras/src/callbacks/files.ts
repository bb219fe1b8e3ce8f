import { asFloat, format, KeyError, pyClass, repr, str_format, ValueError, warn } from "@cognate/py";
import { files, folderOf } from "../utils/files.js";
import { printMessage } from "../utils/io.js";
import { CallbackImpl, type Logs } from "./callback.js";
import { MonitorCallbackImpl } from "./monitor.js";

/*
 * Callbacks that write files.
 */

/** A cell of a table, quoted where its text needs it. */
const quoted = (text: string, separator: string): string =>
  [separator, '"', "\n", "\r"].some((c) => text.includes(c)) ? `"${text.replaceAll('"', '""')}"` : text;

class CSVLoggerImpl extends CallbackImpl {
  readonly sep: string;
  readonly filename: string;
  readonly append: boolean;
  keys: string[] | null = null;
  private _header = true;

  constructor(filename: string, separator = ",", append = false) {
    super();
    this.sep = separator;
    this.filename = String(filename);
    this.append = append;
  }
  override on_train_begin(): void {
    const fs = files();
    if (this.append && fs.existsSync(this.filename))
      this._header = fs.readFileSync(this.filename, "utf8").length === 0;
    if (!this.append || !fs.existsSync(this.filename)) fs.writeFileSync(this.filename, "");
    this.keys = null;
  }
  override on_epoch_end(epoch: number, logs: Logs | null = null): void {
    const own = logs ?? {};
    const line = (cells: readonly string[]): void =>
      files().appendFileSync(this.filename, `${cells.map((c) => quoted(c, this.sep)).join(this.sep)}\r\n`);
    if (this.keys === null) {
      const keys = Object.keys(own).sort();
      const evaluated = keys.some((k) => k.startsWith("val_"));
      this.keys = evaluated ? keys : [...keys, ...keys.map((k) => `val_${k}`)];
      if (this._header) line(["epoch", ...this.keys]);
    }
    line([
      String(epoch),
      ...this.keys.map((k) => (own[k] === undefined ? "NA" : repr(asFloat(Number(own[k]))))),
    ]);
  }
}
/** `keras.callbacks.CSVLogger`: writes the values of every epoch as a row of a table. */
export const CSVLogger = pyClass(
  "keras.src.callbacks.csv_logger.CSVLogger",
  "filename separator append",
  CSVLoggerImpl,
);
export type CSVLogger = CSVLoggerImpl;

class ModelCheckpointImpl extends MonitorCallbackImpl {
  readonly filepath: string;
  readonly verbose: number;
  readonly save_best_only: boolean;
  readonly save_weights_only: boolean;
  readonly save_freq: number | "epoch";
  private _since = 0;
  private _last: number | null = null;
  private _epoch = 0;

  constructor(
    filepath: string,
    monitor = "val_loss",
    verbose = 0,
    save_best_only = false,
    save_weights_only = false,
    mode = "auto",
    save_freq: number | "epoch" = "epoch",
    initial_value_threshold: number | null = null,
  ) {
    super(monitor, mode, initial_value_threshold);
    this.verbose = Number(verbose);
    this.filepath = String(filepath);
    this.save_best_only = save_best_only;
    this.save_weights_only = save_weights_only;
    this.save_freq = save_freq;
    if (save_freq !== "epoch" && !Number.isInteger(save_freq))
      throw new ValueError(
        `Unrecognized save_freq: ${String(save_freq)}. Expected save_freq are 'epoch' or integer values`,
      );
    if (save_weights_only && !this.filepath.endsWith(".weights.h5"))
      throw new ValueError(
        `When using \`save_weights_only=True\` in \`ModelCheckpoint\`, the filepath provided must end in \`.weights.h5\` (Keras weights format). Received: filepath=${this.filepath}`,
      );
    if (!save_weights_only && ![".keras", ".h5"].some((ending) => this.filepath.endsWith(ending)))
      throw new ValueError(
        `The filepath provided must end in \`.keras\` (Keras model format). Received: filepath=${this.filepath}`,
      );
  }
  override on_epoch_begin(epoch: number): void {
    this._epoch = epoch;
  }
  override on_train_batch_end(batch: number, logs: Logs | null = null): void {
    if (this.save_freq === "epoch") return;
    this._since += this._last === null || batch <= this._last ? batch + 1 : batch - this._last;
    this._last = batch;
    if (this._since < this.save_freq) return;
    this._since = 0;
    if (this.save_best_only && this.monitor_op === null) this._set_monitor_op();
    this._save(this._epoch, batch, logs ?? {});
  }
  override on_epoch_end(epoch: number, logs: Logs | null = null): void {
    if (this.monitor_op === null) this._set_monitor_op();
    if (this.save_freq === "epoch") this._save(epoch, null, logs ?? {});
  }

  private _save(epoch: number, batch: number | null, logs: Logs): void {
    const path = this._pathFor(epoch, batch, logs);
    if (!this._isWorthSaving(epoch, logs, path)) return;
    const folder = folderOf(path);
    if (folder && !files().existsSync(folder)) files().mkdirSync(folder, { recursive: true });
    if (this.save_weights_only) this.model.save_weights(path, true);
    else this.model.save(path, true);
    if (this.verbose > 0) printMessage(`\nEpoch ${epoch + 1}: finished saving model to ${path}`);
  }
  private _isWorthSaving(epoch: number, logs: Logs, path: string): boolean {
    const say = (text: string): void => {
      if (this.verbose > 0) printMessage(`\nEpoch ${epoch + 1}: ${text}`);
    };
    if (!this.save_best_only) {
      say(`saving model to ${path}`);
      return true;
    }
    const current = logs[this.monitor];
    if (current === undefined) {
      warn(`Can save best model only with ${this.monitor} available.`);
      return true;
    }
    const digits = (x: number): string => format(Number(x), ".5f");
    const best = this.best === null ? "None" : digits(this.best);
    if (!this._is_improvement(current, this.best)) {
      say(`${this.monitor} did not improve from ${best}`);
      return false;
    }
    say(`${this.monitor} improved from ${best} to ${digits(current)}, saving model to ${path}`);
    this.best = current;
    return true;
  }
  private _pathFor(epoch: number, batch: number | null, logs: Logs): string {
    const values = { epoch: epoch + 1, ...(batch === null ? {} : { batch: batch + 1 }), ...logs };
    try {
      return str_format(this.filepath, values as never);
    } catch (e) {
      if (!(e instanceof KeyError)) throw e;
      throw new KeyError(`Failed to format this callback filepath: "${this.filepath}". Reason: ${e.message}`);
    }
  }
}
/**
 * `keras.callbacks.ModelCheckpoint`: saves the model (or its weights) after every epoch, or when a value has become better.
 *
 * @param filepath - may hold fields: `weights.{epoch:02d}-{val_loss:.2f}.keras`
 */
export const ModelCheckpoint = pyClass(
  "keras.src.callbacks.model_checkpoint.ModelCheckpoint",
  "filepath monitor verbose save_best_only save_weights_only mode save_freq initial_value_threshold",
  ModelCheckpointImpl,
);
export type ModelCheckpoint = ModelCheckpointImpl;

class BackupAndRestoreImpl extends CallbackImpl {
  readonly backup_dir: string;
  readonly save_freq: number | "epoch";
  readonly double_checkpoint: boolean;
  readonly delete_checkpoint: boolean;
  private _since = 0;
  private _last = 0;
  private _epoch = 0;

  constructor(
    backup_dir: string,
    save_freq: number | "epoch" = "epoch",
    double_checkpoint = false,
    delete_checkpoint = true,
  ) {
    super();
    if (!backup_dir) throw new ValueError("Empty `backup_dir` argument passed");
    this.backup_dir = String(backup_dir);
    this.save_freq = save_freq;
    this.double_checkpoint = double_checkpoint;
    this.delete_checkpoint = delete_checkpoint;
    if (save_freq !== "epoch" && !Number.isInteger(save_freq))
      throw new ValueError(
        `Invalid value for argument \`save_freq\`. Received: save_freq=${String(save_freq)}. Expected either 'epoch' or an integer value.`,
      );
  }
  private get _weights(): string {
    return `${this.backup_dir}/latest.weights.h5`;
  }
  private get _metadata(): string {
    return `${this.backup_dir}/training_metadata.json`;
  }
  override on_train_begin(): void {
    try {
      this._load();
    } catch (e) {
      if (!files().existsSync(`${this._weights}.bkp`)) throw e;
      files().copyFileSync(`${this._weights}.bkp`, this._weights);
      if (files().existsSync(`${this._metadata}.bkp`))
        files().copyFileSync(`${this._metadata}.bkp`, this._metadata);
      else files().rmSync(this._metadata, { recursive: false, force: true });
      this._load();
    }
  }
  private _load(): void {
    const { model } = this;
    if (!model.built)
      throw new ValueError(
        `To use the BackupAndRestore callback, you model must be built before you call \`fit()\`. Model ${repr(model)} is unbuilt. You can build it beforehand by calling it on a batch of data.`,
      );
    if (files().existsSync(this._weights)) {
      if (model.optimizer && !model.optimizer.built) model.optimizer.build(model.trainable_variables);
      model.load_weights(this._weights);
    }
    if (!files().existsSync(this._metadata)) return;
    const { epoch } = JSON.parse(files().readFileSync(this._metadata, "utf8")) as { epoch: number };
    model._initial_epoch = epoch;
  }
  override on_epoch_end(epoch: number): void {
    this._epoch = epoch + 1;
    this._last = 0;
    if (this.save_freq === "epoch") this._save();
  }
  override on_train_batch_end(batch: number): void {
    if (this.save_freq === "epoch") return;
    this._since += batch <= this._last ? batch + 1 : batch - this._last;
    this._last = batch;
    if (this._since < this.save_freq) return;
    this._since = 0;
    this._save();
  }
  private _save(): void {
    const fs = files();
    if (!fs.existsSync(this.backup_dir)) fs.mkdirSync(this.backup_dir, { recursive: true });
    if (this.double_checkpoint)
      for (const path of [this._weights, this._metadata])
        if (fs.existsSync(path)) fs.copyFileSync(path, `${path}.bkp`);
    this.model.save_weights(this._weights, true);
    fs.writeFileSync(this._metadata, `{"epoch": ${this._epoch}, "batch": ${this._last}}`);
  }
  override on_train_end(): void {
    if (this.delete_checkpoint && files().existsSync(this.backup_dir))
      files().rmSync(this.backup_dir, { recursive: true, force: true });
  }
}
/** `keras.callbacks.BackupAndRestore`: saves the state of training, so that a run that broke off can go on. */
export const BackupAndRestore = pyClass(
  "keras.src.callbacks.backup_and_restore.BackupAndRestore",
  "backup_dir save_freq double_checkpoint delete_checkpoint",
  BackupAndRestoreImpl,
);
export type BackupAndRestore = BackupAndRestoreImpl;
