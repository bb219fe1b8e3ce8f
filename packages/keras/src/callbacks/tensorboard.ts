import { className, pyClass, repr, ValueError, warn } from "@cognate/py";
import { valueOf } from "../backend/create.js";
import type { Tensor } from "../backend/tensor.js";
import { wrap } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import { files } from "../utils/files.js";
import { CallbackImpl, type Logs, type TrainedModel } from "./callback.js";
import { EventWriter } from "./event-writer.js";
import { bucketsOf, pngsOf } from "./histogram.js";

interface Shown extends TrainedModel {
  readonly layers: readonly { readonly name: string; readonly weights: readonly Variable[] }[];
  to_json(): string;
}
interface Rated {
  readonly learning_rate?: unknown;
  readonly name?: string;
  readonly iterations?: unknown;
  readonly inner_optimizer?: Rated;
  readonly optimizers?: readonly Rated[];
}
type Profile = number | string | readonly number[];

/** @throws ValueError for anything but a number of a batch or the two ends of a range */
function checkProfile(given: Profile): void {
  const wrong = new ValueError(
    `profile_batch must be a non-negative integer or 2-tuple of positive integers. A pair of positive integers signifies a range of batches to profile. Found: ${typeof given === "string" ? given : repr(given)}`,
  );
  const list =
    typeof given === "number"
      ? [given, given]
      : typeof given === "string"
        ? given.split(",").map(Number)
        : given;
  if (list.length !== 2 || !list.every(Number.isInteger)) throw wrong;
  const [start, stop] = list as [number, number];
  if (start < 0 || stop < start) throw wrong;
  if (start > 0) warn("Batches are not profiled here: `profile_batch` changes nothing.");
}

export class TensorBoardImpl extends CallbackImpl {
  log_dir: string;
  update_freq: "epoch" | number;
  private readonly _writers = new Map<"train" | "validation", EventWriter>();
  private _trainBatch = 0;
  private _testBatch = 0;
  private _batchStart = 0;
  private _epochStart = 0;
  private _iterationsBefore = 0;
  /** Whether batches are written now, and to where: pushed by the stages of training and testing. */
  private readonly _open: ("train" | "validation")[] = [];

  constructor(
    log_dir = "logs",
    public histogram_freq = 0,
    public write_graph = true,
    public write_images = false,
    public write_steps_per_second = false,
    update_freq: "batch" | "epoch" | number = "epoch",
    profile_batch: Profile = 0,
    public embeddings_freq = 0,
    public embeddings_metadata: string | Readonly<Record<string, string>> | null = null,
  ) {
    super();
    this.log_dir = String(log_dir);
    this.update_freq = update_freq === "batch" ? 1 : update_freq;
    checkProfile(profile_batch);
  }

  private _writer(which: "train" | "validation"): EventWriter {
    let writer = this._writers.get(which);
    if (!writer) this._writers.set(which, (writer = new EventWriter(`${this.log_dir}/${which}`)));
    return writer;
  }
  private _scalar(which: "train" | "validation", tag: string, step: number, value: number): void {
    this._writer(which).write(tag, step, { plugin: "scalars", value: Number(value) });
  }
  private get _shown(): Shown {
    return this.model as Shown;
  }
  private get _optimizer(): Rated {
    return this.model.optimizer as unknown as Rated;
  }

  override set_model(model: TrainedModel): void {
    super.set_model(model);
    this._writers.clear();
    const kind = className((model as object).constructor);
    if (this.write_graph && (kind === "Functional" || kind === "Sequential"))
      try {
        const text = (model as Shown).to_json();
        this._writer("train").write("keras", 0, { plugin: "graph_keras_model", text });
      } catch (e) {
        warn(`Model failed to serialize as JSON. Ignoring... ${(e as Error).message}`);
      }
    if (this.embeddings_freq) this._configureEmbeddings();
  }
  /** Tells TensorBoard's projector where embeddings are. @throws ValueError for names that no embedding has */
  private _configureEmbeddings(): void {
    const given = this.embeddings_metadata;
    const left = new Map(typeof given === "object" && given !== null ? Object.entries(given) : []);
    const quoted = (text: string): string => JSON.stringify(text);
    const entries = this._shown.layers
      .filter((layer) => className((layer as object).constructor) === "Embedding")
      .map((layer) => {
        const path = typeof given === "string" ? given : left.get(layer.name);
        left.delete(layer.name);
        const metadata = path === undefined ? "" : `  metadata_path: ${quoted(path)}\n`;
        return `embeddings {\n  tensor_name: "layer_with_weights-0/embeddings/.ATTRIBUTES/VARIABLE_VALUE"\n${metadata}}\n`;
      });
    if (left.size > 0)
      throw new ValueError(
        `Unrecognized \`Embedding\` layer names passed to \`keras.callbacks.TensorBoard\` \`embeddings_metadata\` argument: dict_keys(${repr([...left.keys()])})`,
      );
    files().mkdirSync(this.log_dir, { recursive: true });
    files().writeFileSync(`${this.log_dir}/projector_config.pbtxt`, entries.join(""));
  }

  /** Whether a step of batches is one that is written. */
  private _records(step: number): boolean {
    return this.update_freq !== "epoch" && step % this.update_freq === 0;
  }

  override on_train_begin(): void {
    this._trainBatch = 0;
    this._iterationsBefore = 0;
    this._open.push("train");
  }
  override on_train_end(): void {
    this._open.pop();
    for (const writer of this._writers.values()) writer.flush();
  }
  override on_test_begin(): void {
    this._open.push("validation");
  }
  override on_test_end(logs: Logs | null = null): void {
    const { iterations } = this._optimizer ?? {};
    // Where batches are written, the last batch of the test decides.
    if (iterations !== undefined && (this.update_freq === "epoch" || this._records(this._testBatch)))
      for (const [name, value] of Object.entries(logs ?? {}))
        this._scalar("validation", `evaluation_${name}_vs_iterations`, Number(iterations), value);
    this._open.pop();
    if (this._open.length === 0) for (const writer of this._writers.values()) writer.flush();
  }
  override on_train_batch_begin(): void {
    this._trainBatch++;
    if (this.write_steps_per_second) this._batchStart = performance.now();
  }
  override on_train_batch_end(_batch: number, logs: Logs | null = null): void {
    if (!this._records(this._trainBatch)) return;
    if (this.write_steps_per_second) {
      const seconds = (performance.now() - this._batchStart) / 1000;
      this._scalar("train", "batch_steps_per_second", this._trainBatch, 1 / seconds);
    }
    for (const [name, value] of Object.entries(logs ?? {}))
      this._scalar("train", `batch_${name}`, this._trainBatch, value);
  }
  override on_test_batch_begin(): void {
    this._testBatch++;
  }
  override on_epoch_begin(): void {
    if (!this.write_steps_per_second) return;
    this._iterationsBefore = Number(this._optimizer.iterations);
    this._epochStart = performance.now();
  }
  override on_epoch_end(epoch: number, logs: Logs | null = null): void {
    this._writeEpoch(epoch, logs ?? {});
    if (this.histogram_freq && epoch % this.histogram_freq === 0) this._writeWeights(epoch);
    if (this.embeddings_freq && epoch % this.embeddings_freq === 0) {
      files().mkdirSync(`${this.log_dir}/train`, { recursive: true });
      this.model.save_weights(`${this.log_dir}/train/keras_embedding.ckpt-${epoch}.weights.h5`);
    }
  }
  private _writeEpoch(epoch: number, logs: Logs): void {
    const entries = Object.entries(logs);
    if (entries.length === 0) return;
    const training = entries.filter(([name]) => !name.startsWith("val_"));
    training.push(...this._rates());
    if (this.write_steps_per_second) {
      const steps = Number(this._optimizer.iterations) - this._iterationsBefore;
      training.push(["steps_per_second", (1000 * steps) / (performance.now() - this._epochStart)]);
    }
    for (const [name, value] of training) this._scalar("train", `epoch_${name}`, epoch, value);
    for (const [name, value] of entries)
      if (name.startsWith("val_")) this._scalar("validation", `epoch_${name.slice(4)}`, epoch, value);
  }
  private _rates(): [string, number][] {
    const own = this._optimizer.inner_optimizer ?? this._optimizer;
    if (own.optimizers)
      return own.optimizers.map((o) => [`learning_rate_${o.name}`, Number(o.learning_rate)]);
    return own.learning_rate === undefined ? [] : [["learning_rate", Number(own.learning_rate)]];
  }
  private _writeWeights(epoch: number): void {
    const writer = this._writer("train");
    for (const layer of this._shown.layers)
      for (const weight of layer.weights) {
        const name = weight.path.replaceAll(":", "_");
        const value = wrap(valueOf(weight)) as Tensor;
        const buckets = bucketsOf(value);
        writer.write(`${name}/histogram`, epoch, {
          plugin: "histograms",
          count: buckets.shape[0]!,
          buckets: buckets.numpy().data as unknown as Float64Array,
        });
        const images = this.write_images ? pngsOf(value) : null;
        if (images) writer.write(`${name}/image`, epoch, { plugin: "images", ...images });
      }
    writer.flush();
  }
}

/**
 * `keras.callbacks.TensorBoard`: writes what training does to files that TensorBoard shows: losses and metrics of each
 * epoch under `train` and `validation`, those of every `update_freq`th batch, histograms and images of weights.
 *
 * @param histogram_freq - after how many epochs the weights are written
 * @param update_freq - `"batch"`, `"epoch"`, or after how many batches values are written
 * @param embeddings_freq - after how many epochs embeddings are written
 */
export const TensorBoard = pyClass(
  "keras.src.callbacks.tensorboard.TensorBoard",
  "log_dir histogram_freq write_graph write_images write_steps_per_second update_freq profile_batch embeddings_freq embeddings_metadata:dict",
  TensorBoardImpl,
);
export type TensorBoard = TensorBoardImpl;
