/**
 * What is measured, in the order of the table: a name, a title, and the goal as a ratio to PyTorch's time or in µs, and how many times
 * faster two threads are. Where the
 * design names times, the ratio is that of its machine, so that a slower or faster one can be judged too.
 */
export const WORKLOADS = [
  {
    name: "matmul",
    title: "matmul 512³ float32",
    flops: 2 * 512 ** 3,
    goal: { ratio: 1 / 0.36, threads: 1.8 },
  },
  {
    name: "conv",
    title: "conv2d 8×32×56×56, 64 3×3 filters",
    flops: 2 * 8 * 64 * 54 * 54 * 288,
    goal: { ratio: 1 / 0.6, threads: 1.7 },
  },
  { name: "exp", title: "exp of 1 M float32", goal: { ratio: 1.5 } },
  { name: "tanh", title: "tanh of 1 M float32", goal: { ratio: 1.5 } },
  { name: "add4", title: "4-element add", goal: { us: 0.5, ratio: 0.5 / 1.2 } },
  { name: "tape4", title: "4×4 matmul, tanh, sum: forward and backward", goal: { us: 6, ratio: 6 / 38 } },
  { name: "mlp", title: "MLP 2-8-1, SGD step", goal: { us: 25, ratio: 25 / 187 } },
  { name: "mlp784", title: "MLP 784-128-10, batch 32, Adam step", goal: { ratio: 1 } },
  { name: "lstm", title: "LSTM 64→128, 16×32 steps, training step", goal: { ratio: 2 } },
  { name: "cnn", title: "MNIST CNN, batch 32, training step", goal: { ratio: 2.5, threads: 1.7 } },
  { name: "cnnInference", title: "MNIST CNN, batch 32, inference", goal: { us: 20_000, ratio: 20 / 15 } },
  { name: "encoder", title: "transformer encoder layer 256, 4 heads, 8×128, training step" },
  { name: "rfft2", title: "rfft2 of 64×256×256" },
  { name: "svd", title: "svd of 256×256" },
  { name: "sort", title: "sort of 1 M" },
  { name: "cumsum", title: "cumsum of 1 M" },
  ...[64, 128, 256, 1024, 2048].map((n) => ({
    name: `matmul${n}`,
    title: `matmul ${n}³`,
    flops: 2 * n ** 3,
  })),
  ...[32, 128, 512, 1024].map((n) => ({ name: `lstm${n}`, title: `LSTM 64→128, 16×${n} steps, forward` })),
  ...[32, 128, 512, 1024].map((n) => ({
    name: `attention${n}`,
    title: `attention 4 heads of 64, ${n} steps`,
  })),
];
