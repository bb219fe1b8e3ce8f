import { setThreads } from "@cognate/kernel";
import * as torch from "@cognate/torch";

declare const process: { env: Record<string, string | undefined> };
setThreads(Number(process.env.BENCH_THREADS ?? 1));

const { nn } = torch;
const F = nn.functional;
type Tensor = ReturnType<typeof torch.randn>;

interface Trained {
  (x: Tensor): Tensor;
  parameters(): Iterable<Tensor>;
}

/** One training step of a model: forward, loss, backward, update. */
function trainer(
  model: unknown,
  optimizer: { zero_grad(): void; step(): unknown },
  loss: (y: Tensor) => Tensor,
  x: Tensor,
) {
  return () => {
    optimizer.zero_grad();
    loss((model as Trained)(x)).backward();
    optimizer.step();
  };
}

const cnn = () =>
  nn.Sequential(
    nn.Conv2d(1, 32, 3),
    nn.ReLU(),
    nn.Conv2d(32, 64, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(9216, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
  );
const classes = () => torch.randint(0, 10, [32]);
const crossEntropy = (t: Tensor) => (y: Tensor) => F.cross_entropy(y, t);

const square = (n: number) => () => {
  const [a, b] = [torch.randn(n, n), torch.randn(n, n)];
  return () => torch.matmul(a, b);
};

export const workloads: Record<string, () => () => unknown> = {
  matmul: square(512),
  conv() {
    const [x, w, b] = [torch.randn(8, 32, 56, 56), torch.randn(64, 32, 3, 3), torch.randn(64)];
    return () => F.conv2d(x, w, b);
  },
  exp() {
    const x = torch.randn(1_000_000);
    return () => torch.exp(x);
  },
  tanh() {
    const x = torch.randn(1_000_000);
    return () => torch.tanh(x);
  },
  add4() {
    const [a, b] = [torch.randn(4), torch.randn(4)];
    return () => torch.add(a, b);
  },
  tape4() {
    const [a, b] = [torch.randn(4, 4, { requires_grad: true }), torch.randn(4, 4)];
    return () => {
      a.grad = null;
      torch.matmul(a, b).tanh().sum().backward();
    };
  },
  mlp() {
    const model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1));
    const [x, t] = [torch.randn(4, 2), torch.randn(4, 1)];
    return trainer(model, torch.optim.SGD(model.parameters(), { lr: 0.01 }), (y) => F.mse_loss(y, t), x);
  },
  mlp784() {
    const model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10));
    return trainer(
      model,
      torch.optim.Adam(model.parameters()),
      crossEntropy(classes()),
      torch.randn(32, 784),
    );
  },
  lstm() {
    const model = nn.LSTM(64, 128);
    const x = torch.randn(32, 16, 64);
    const optimizer = torch.optim.SGD(model.parameters(), { lr: 0.01 });
    const first = (v: Tensor) => (model as unknown as (v: Tensor) => readonly [Tensor])(v)[0];
    return trainer(first, optimizer, (y) => y.sum(), x);
  },
  cnn() {
    const model = cnn();
    return trainer(
      model,
      torch.optim.Adam(model.parameters()),
      crossEntropy(classes()),
      torch.randn(32, 1, 28, 28),
    );
  },
  cnnInference() {
    const model = cnn() as unknown as Trained;
    const x = torch.randn(32, 1, 28, 28);
    return () => torch.no_grad(() => model(x));
  },
  encoder() {
    const model = nn.TransformerEncoderLayer(256, 4, 1024, 0, { batch_first: true });
    const optimizer = torch.optim.Adam(model.parameters());
    return trainer(model, optimizer, (y) => y.square().mean(), torch.randn(8, 128, 256));
  },
  rfft2() {
    const x = torch.randn(64, 256, 256);
    return () => torch.fft.rfft2(x);
  },
  svd() {
    const x = torch.randn(256, 256, { dtype: torch.float64 });
    return () => torch.linalg.svd(x);
  },
  sort() {
    const x = torch.randn(1_000_000);
    return () => torch.sort(x);
  },
  cumsum() {
    const x = torch.randn(1_000_000);
    return () => torch.cumsum(x, 0);
  },
  ...Object.fromEntries([64, 128, 256, 1024, 2048].map((n) => [`matmul${n}`, square(n)])),
  ...Object.fromEntries(
    [32, 128, 512, 1024].flatMap((n) => [
      [
        `lstm${n}`,
        () => {
          const model = nn.LSTM(64, 128) as unknown as (x: Tensor) => unknown;
          const x = torch.randn(n, 16, 64);
          return () => torch.no_grad(() => model(x));
        },
      ],
      [
        `attention${n}`,
        () => {
          const [q, k, v] = [0, 1, 2].map(() => torch.randn(1, 4, n, 64)) as [Tensor, Tensor, Tensor];
          return () => torch.no_grad(() => F.scaled_dot_product_attention(q, k, v));
        },
      ],
    ]),
  ),
};
