import * as torch from "@cognate/torch";

const { nn } = torch;
type Tensor = torch.Tensor;

/** The model behind `cnn.pt`, as `generate_torch.py` defines it. */
export class DigitsCNN extends nn.Module {
  constructor() {
    super();
    this.conv1 = nn.Conv2d(1, 8, 3, { padding: 1, bias: false });
    this.bn = nn.BatchNorm2d(8);
    this.conv2 = nn.Conv2d(8, 16, 3, { padding: 1 });
    this.pool = nn.MaxPool2d(2);
    this.drop = nn.Dropout(0.25);
    this.fc1 = nn.Linear(64, 32);
    this.fc2 = nn.Linear(32, 10);
  }

  override forward(x: Tensor): Tensor {
    x = this.pool(torch.relu(this.bn(this.conv1(x))));
    x = this.pool(torch.relu(this.conv2(x)));
    x = torch.relu(this.fc1(x.flatten(1)));
    return this.fc2(this.drop(x));
  }
}

/** The model behind `gru.safetensors`. */
export class RowGRU extends nn.Module {
  constructor() {
    super();
    this.gru = nn.GRU(8, 24, { num_layers: 2, batch_first: true, bidirectional: true });
    this.norm = nn.LayerNorm(48);
    this.head = nn.Linear(48, 10);
  }

  override forward(x: Tensor): Tensor {
    const [out] = this.gru(x);
    return this.head(this.norm(out.at(":", -1)));
  }
}
