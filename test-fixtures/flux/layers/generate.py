"""Layers, losses and optimisers of Flux as PyTorch computes them, in Flux's layouts: features first, batch last, kernels turned around."""

import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, save  # noqa: E402

seeds = iter(range(1, 10_000))
cases = []


def t(*shape, low=-1.0, high=1.0):
    return torch.from_numpy(distinct(shape, next(seeds), low=low, high=high).astype(np.float32)).requires_grad_()


def back(x):
    """Axes the other way around: Flux's [width, height, channels, batch] and PyTorch's [batch, channels, height, width]."""
    return x.permute(*reversed(range(x.dim())))


def case(name, kind, args, f, x, params, **more):
    """f(x, **params) in Flux's own axes."""
    y = f(x, **params)
    gy = torch.from_numpy(distinct(y.shape, next(seeds)).astype(np.float32))
    leaves = [x, *params.values()]
    gs = torch.autograd.grad(y, leaves, gy)
    cases.append({"name": name, "kind": kind, "args": args, "x": x, "params": params, "y": y, "gy": gy, "gx": gs[0], "grads": dict(zip(params, gs[1:])), **more})


def sequence(kind, names, cell, gates, n=3, out=2, time=4, batch=2):
    """An RNN over time from zeros; x [in, batch, time]."""
    params = {"Wi": t(gates * out, n), "Wh": t(gates * out, out), "b": t(gates * out)}

    def run(x, Wi, Wh, b):
        m = cell(n, out)
        hidden = torch.zeros(gates * out)
        state = {names[0]: Wi, names[1]: Wh, names[2]: b, names[3]: hidden}
        return torch.func.functional_call(m, state, (x.permute(2, 1, 0),))[0].permute(2, 1, 0)

    case(kind, kind, [n, out], run, t(n, batch, time), params)


names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]
dense = lambda x, weight, bias: weight @ x + bias[:, None]
case("Dense", "Dense", [3, 2], dense, t(3, 4), {"weight": t(2, 3), "bias": t(2)})
case("Dense of a vector", "Dense", [3, 2], lambda x, weight, bias: weight @ x + bias, t(3), {"weight": t(2, 3), "bias": t(2)})
case("Dense tanh", "Dense", [3, 2, "tanh"], lambda x, weight, bias: torch.tanh(dense(x, weight, bias)), t(3, 4), {"weight": t(2, 3), "bias": t(2)})
conv = lambda x, weight, bias, **k: back(F.conv2d(back(x), back(weight).flip((2, 3)), bias, **k))
case("Conv", "Conv", [[2, 3], [2, 3]], conv, t(4, 5, 2, 2), {"weight": t(2, 3, 2, 3), "bias": t(3)})
case("Conv stride pad", "Conv", [[3, 2], [2, 3], {"stride": [2, 1], "pad": [1, 0]}], lambda x, weight, bias: conv(x, weight, bias, stride=(1, 2), padding=(0, 1)), t(5, 4, 2, 1), {"weight": t(3, 2, 2, 3), "bias": t(3)})
case("Conv groups dilation", "Conv", [[2, 2], [4, 2], {"groups": 2, "dilation": 2}], lambda x, weight, bias: conv(x, weight, bias, groups=2, dilation=2), t(5, 5, 4, 1), {"weight": t(2, 2, 2, 2), "bias": t(2)})
case("Conv of a line", "Conv", [[3], [2, 2]], lambda x, weight, bias: back(F.conv1d(back(x), back(weight).flip(2), bias)), t(6, 2, 2), {"weight": t(3, 2, 2), "bias": t(2)})
case("CrossCor", "CrossCor", [[2, 3], [2, 3]], lambda x, weight, bias: back(F.conv2d(back(x), back(weight), bias)), t(4, 5, 2, 2), {"weight": t(2, 3, 2, 3), "bias": t(3)})
case("ConvTranspose", "ConvTranspose", [[2, 3], [3, 2], {"stride": 2}], lambda x, weight, bias: back(F.conv_transpose2d(back(x), back(weight).flip((2, 3)), bias, stride=2)), t(3, 3, 3, 1), {"weight": t(2, 3, 2, 3), "bias": t(2)})
case("MaxPool", "MaxPool", [[2, 3]], lambda x: back(F.max_pool2d(back(x), (3, 2))), t(5, 6, 2, 1), {})
case("MeanPool", "MeanPool", [[2, 2], {"stride": 1}], lambda x: back(F.avg_pool2d(back(x), 2, 1)), t(4, 4, 1, 2), {})
case("GlobalMeanPool", "GlobalMeanPool", [], lambda x: x.mean((0, 1), keepdim=True), t(3, 4, 2, 2), {})
case("GlobalMaxPool", "GlobalMaxPool", [], lambda x: x.amax((0, 1), keepdim=True), t(3, 4, 2, 2), {})
for shape in ((3, 5), (2, 4, 3, 2)):
    running = [torch.zeros(3), torch.ones(3)]

    def norm(x, gamma, beta, running=running):
        return back(F.batch_norm(back(x), running[0], running[1], gamma, beta, True, 0.1, 1e-5))

    case(f"BatchNorm {shape}", "BatchNorm", [3], norm, t(*shape), {"gamma": t(3), "beta": t(3)}, after={"mean": running[0], "var": running[1]})
mean, var = t(3).detach(), t(3, low=0.3).detach()
case("BatchNorm in use", "BatchNorm", [3], lambda x, gamma, beta: F.batch_norm(x.T, mean, var, gamma, beta, False, eps=1e-5).T, t(3, 4), {"gamma": t(3), "beta": t(3)}, test=True, set={"mean": mean, "var": var})
sequence("RNN", names, lambda n, o: torch.nn.RNN(n, o), 1)
sequence("LSTM", names, lambda n, o: torch.nn.LSTM(n, o), 4)
sequence("GRU", names, lambda n, o: torch.nn.GRU(n, o), 3)
case("Embedding", "Embedding", [4, 3], lambda x, weight: weight[:, [2, 0, 2]] + 0 * x.sum(), t(1), {"weight": t(3, 4)}, index=[3, 1, 3])
save(__file__, [c for c in cases if c], "torch")

losses = []


def loss(name, f, yhat, y, **options):
    value = f(yhat, y)
    (g,) = torch.autograd.grad(value, yhat)
    losses.append({"name": name, "yhat": yhat, "y": y, "options": options, "value": value, "grad": g})


p = lambda *s: t(*s, low=0.05, high=0.95)
soft = lambda *s: torch.softmax(t(*s).detach(), 0)
loss("mse", F.mse_loss, t(2, 3), t(2, 3).detach())
loss("mae", F.l1_loss, t(2, 3), t(2, 3, low=-0.9).detach())
loss("msle", lambda a, b: ((a + 2**-23).log() - (b + 2**-23).log()).square().mean(), p(2, 3), p(2, 3).detach())
loss("huber_loss", F.huber_loss, t(2, 3, low=-4, high=4), t(2, 3).detach())
loss("crossentropy", lambda a, b: -(b * (a + 2**-23).log()).sum(0).mean(), p(3, 2), soft(3, 2))
loss("logitcrossentropy", lambda a, b: -(b * a.log_softmax(0)).sum(0).mean(), t(3, 2), soft(3, 2))
loss("binarycrossentropy", F.binary_cross_entropy, p(2, 3), p(2, 3).detach())
loss("logitbinarycrossentropy", F.binary_cross_entropy_with_logits, t(2, 3), p(2, 3).detach())
loss("kldivergence", lambda a, b: (b * (b.log() - a.log())).sum(0).mean(), p(3, 2), soft(3, 2))
loss("poisson_loss", lambda a, b: (a - b * a.log()).mean(), p(2, 3), p(2, 3).detach())
loss("hinge_loss", lambda a, b: F.relu(1 - a * b).mean(), t(2, 3), torch.tensor([[1.0, -1, 1], [-1, -1, 1]]))
loss("squared_hinge_loss", lambda a, b: F.relu(1 - a * b).square().mean(), t(2, 3), torch.tensor([[1.0, -1, 1], [-1, -1, 1]]))
loss("dice_coeff_loss", lambda a, b: 1 - (2 * a * b + 1).sum() / (a**2 + b**2 + 1).sum(), p(2, 3), p(2, 3).detach())
save(__file__, losses, "torch", "losses.json")

rules = []
for name, args, make in (
    ("Descent", [0.1], lambda ps: torch.optim.SGD(ps, 0.1)),
    ("Momentum", [0.05, 0.8], lambda ps: torch.optim.SGD(ps, 0.05, 0.8)),
    ("RMSProp", [0.01, 0.9], lambda ps: torch.optim.RMSprop(ps, 0.01, 0.9)),
    ("Adam", [0.05, [0.8, 0.95]], lambda ps: torch.optim.Adam(ps, 0.05, (0.8, 0.95))),
    ("AdaMax", [0.05], lambda ps: torch.optim.Adamax(ps, 0.05)),
    ("AdaGrad", [0.1], lambda ps: torch.optim.Adagrad(ps, 0.1, initial_accumulator_value=1e-8, eps=1e-8)),
    ("AdaDelta", [0.9], lambda ps: torch.optim.Adadelta(ps, 1.0, 0.9, 1e-8)),
):
    x = t(2, 2)
    start, gs, xs = x.detach().clone(), [], []
    opt = make([x])
    for _ in range(5):
        g = torch.from_numpy(distinct((2, 2), next(seeds)).astype(np.float32))
        x.grad = g
        opt.step()
        gs.append(g)
        xs.append(x.detach().clone())
    rules.append({"name": name, "args": args, "x": start, "grads": gs, "after": xs})
save(__file__, rules, "torch", "rules.json")
