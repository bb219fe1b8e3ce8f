import { join } from "node:path";
import * as np from "@cognate/numpy";
import * as torch from "@cognate/torch";
import { load_file } from "@cognate/torch/safetensors";
import { BATCH, EPOCHS, SHOWN, TRAIN } from "./expected.js";
import { DigitsCNN, RowGRU } from "./torch-models.js";

const { nn } = torch;
type Tensor = torch.Tensor;

/** A model of a file with what it predicts. */
export interface Opened {
  readonly file: string;
  readonly print: string;
  readonly predictions: np.ndarray;
  readonly predictions64?: np.ndarray;
}

/** Told of each step: its number from 0 on, and its loss. */
export type OnStep = (step: number, loss: number) => void;

export class TorchPart {
  readonly x: Tensor;
  readonly y: Tensor;
  private readonly _shown: Tensor;
  readonly model: InstanceType<typeof DigitsCNN>;

  constructor(private readonly _folder: string) {
    const digits = np.load(join(_folder, "digits.npz")) as Record<string, np.ndarray>;
    this.x = torch.tensor(digits.images!, { dtype: torch.float32 }).div(16).unsqueeze(1);
    this.y = torch.tensor(digits.labels!, { dtype: torch.int64 });
    this._shown = this.x.at(`${TRAIN}:${TRAIN + SHOWN}`);
    this.model = new DigitsCNN();
  }

  /** A state dict in PyTorch's zip. */
  cnn(): Opened {
    const file = join(this._folder, "cnn.pt");
    this.model.load_state_dict(torch.load(file));
    this.model.eval();
    const predictions64 = this._predict(this.model.double(), this._shown.double());
    this.model.float();
    return {
      file,
      print: String(this.model),
      predictions: this._predict(this.model, this._shown),
      predictions64,
    };
  }

  /** A whole model: its classes are PyTorch's own, so that no other code is needed. */
  mlp(): Opened {
    const file = join(this._folder, "mlp_whole.pt");
    const mlp = torch.load(file, { weights_only: false });
    return { file, print: String(mlp), predictions: this._predict(mlp, this._shown) };
  }

  gru(): Opened {
    const file = join(this._folder, "gru.safetensors");
    const gru = new RowGRU().eval();
    gru.load_state_dict(load_file(file));
    return { file, print: String(gru), predictions: this._predict(gru, this._shown.at(":", 0)) };
  }

  private _predict(model: (x: Tensor) => Tensor, x: Tensor): np.ndarray {
    return torch.no_grad(() => model(x)).numpy();
  }

  /** Trains the CNN on: shuffled batches and dropout under one seed, as PyTorch drew them. */
  readonly train = (onStep: OnStep): { predictions: np.ndarray; accuracy: number } => {
    torch.manual_seed(3);
    const data = torch.utils.data.TensorDataset(this.x.at(`:${TRAIN}`), this.y.at(`:${TRAIN}`));
    const loader = torch.utils.data.DataLoader(data, { batch_size: BATCH, shuffle: true }) as Iterable<
      Tensor[]
    >;
    const optimizer = torch.optim.Adam(this.model.parameters(), { lr: 3e-3 });
    const loss_fn = nn.CrossEntropyLoss();
    this.model.train();
    let step = 0;
    for (let epoch = 0; epoch < EPOCHS; epoch++)
      for (const [xb, yb] of loader) {
        optimizer.zero_grad();
        const loss = loss_fn(this.model(xb!), yb!);
        loss.backward();
        optimizer.step();
        onStep(step++, Number(loss.item()));
      }
    this.model.eval();
    const right = torch.no_grad(() =>
      this.model(this.x.at(`${TRAIN}:`))
        .argmax(1)
        .eq(this.y.at(`${TRAIN}:`)),
    );
    return {
      predictions: this._predict(this.model, this._shown),
      accuracy: Number(right.double().mean().item()),
    };
  };

  /** Saves the CNN's state dict. */
  readonly save = (path: string): void => {
    torch.save(this.model.state_dict(), path);
  };
}
