"""The workloads in PyTorch (BENCH_BACKEND=torch) or NumPy (numpy); one thread unless BENCH_THREADS says more."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from harness import run, threads  # noqa: E402

W = {}


def workload(f):
    W[f.__name__] = f
    return f


if os.environ["BENCH_BACKEND"] == "torch":
    import torch
    from torch import nn
    from torch.nn import functional as F

    torch.set_num_threads(threads)

    def square(n):
        def make():
            a, b = torch.randn(n, n), torch.randn(n, n)
            return lambda: a @ b

        return make

    def trainer(model, optimizer, loss, x):
        def step():
            optimizer.zero_grad()
            loss(model(x)).backward()
            optimizer.step()

        return step

    def cnn_model():
        return nn.Sequential(
            nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(9216, 128), nn.ReLU(), nn.Linear(128, 10),
        )  # fmt: skip

    W["matmul"] = square(512)
    for n in (64, 128, 256, 1024, 2048):
        W[f"matmul{n}"] = square(n)

    @workload
    def conv():
        x, w, b = torch.randn(8, 32, 56, 56), torch.randn(64, 32, 3, 3), torch.randn(64)
        return lambda: F.conv2d(x, w, b)

    @workload
    def exp():
        x = torch.randn(1_000_000)
        return lambda: torch.exp(x)

    @workload
    def tanh():
        x = torch.randn(1_000_000)
        return lambda: torch.tanh(x)

    @workload
    def add4():
        a, b = torch.randn(4), torch.randn(4)
        return lambda: torch.add(a, b)

    @workload
    def tape4():
        a, b = torch.randn(4, 4, requires_grad=True), torch.randn(4, 4)

        def f():
            a.grad = None
            (a @ b).tanh().sum().backward()

        return f

    @workload
    def mlp():
        model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
        x, t = torch.randn(4, 2), torch.randn(4, 1)
        return trainer(model, torch.optim.SGD(model.parameters(), lr=0.01), lambda y: F.mse_loss(y, t), x)

    @workload
    def mlp784():
        model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        t = torch.randint(0, 10, (32,))
        return trainer(
            model, torch.optim.Adam(model.parameters()), lambda y: F.cross_entropy(y, t), torch.randn(32, 784)
        )

    @workload
    def lstm():
        model = nn.LSTM(64, 128)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
        return trainer(lambda x: model(x)[0], optimizer, lambda y: y.sum(), torch.randn(32, 16, 64))

    @workload
    def cnn():
        model = cnn_model()
        t = torch.randint(0, 10, (32,))
        optimizer = torch.optim.Adam(model.parameters())
        return trainer(model, optimizer, lambda y: F.cross_entropy(y, t), torch.randn(32, 1, 28, 28))

    def cnn_inference():
        model, x = cnn_model(), torch.randn(32, 1, 28, 28)

        def f():
            with torch.no_grad():
                model(x)

        return f

    W["cnnInference"] = cnn_inference

    @workload
    def encoder():
        model = nn.TransformerEncoderLayer(256, 4, 1024, 0.0, batch_first=True)
        optimizer = torch.optim.Adam(model.parameters())
        return trainer(model, optimizer, lambda y: y.square().mean(), torch.randn(8, 128, 256))

    @workload
    def rfft2():
        x = torch.randn(64, 256, 256)
        return lambda: torch.fft.rfft2(x)

    @workload
    def svd():
        x = torch.randn(256, 256, dtype=torch.float64)
        return lambda: torch.linalg.svd(x)

    @workload
    def sort():
        x = torch.randn(1_000_000)
        return lambda: torch.sort(x)

    @workload
    def cumsum():
        x = torch.randn(1_000_000)
        return lambda: torch.cumsum(x, 0)

    def sequence(n):
        def make():
            model, x = nn.LSTM(64, 128), torch.randn(n, 16, 64)

            def f():
                with torch.no_grad():
                    model(x)

            return f

        return make

    def attention(n):
        def make():
            q, k, v = (torch.randn(1, 4, n, 64) for _ in range(3))
            return lambda: F.scaled_dot_product_attention(q, k, v)

        return make

    for n in (32, 128, 512, 1024):
        W[f"lstm{n}"] = sequence(n)
        W[f"attention{n}"] = attention(n)
else:
    import numpy as np

    rng = np.random.default_rng(1)

    def normal(*shape):
        return rng.standard_normal(shape, dtype=np.float32)

    def product(n):
        def make():
            a, b = normal(n, n), normal(n, n)
            return lambda: a @ b

        return make

    def million(f):
        def make():
            x = normal(1_000_000)
            return lambda: f(x)

        return make

    W["matmul"] = product(512)
    for n in (64, 128, 256, 1024, 2048):
        W[f"matmul{n}"] = product(n)
    W.update(exp=million(np.exp), tanh=million(np.tanh), sort=million(np.sort), cumsum=million(np.cumsum))

    @workload
    def add4():
        a, b = normal(4), normal(4)
        return lambda: np.add(a, b)

    @workload
    def svd():
        x = rng.standard_normal((256, 256))
        return lambda: np.linalg.svd(x)

    @workload
    def rfft2():
        x = rng.standard_normal((64, 256, 256))
        return lambda: np.fft.rfft2(x)

run(W)
