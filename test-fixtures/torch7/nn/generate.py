"""Modules and criterions of Torch7 as PyTorch computes them: outputs, gradients of inputs and of parameters, in Torch7's layouts."""

import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, save  # noqa: E402

seeds = iter(range(1, 10_000))


def t(*shape, low=-1.0, high=1.0):
    return torch.from_numpy(distinct(shape, next(seeds), low=low, high=high)).requires_grad_()


def flat(x):
    return [x] if isinstance(x, torch.Tensor) else [y for e in x for y in flat(e)]


def like(x, leaves):
    return next(leaves) if isinstance(x, torch.Tensor) else [like(e, leaves) for e in x]


cases = []


def module(name, args, f, x, params=(), evaluate=False, set=None):
    """`f(x, **params)` is the module's function; params in Torch7's names and shapes."""
    params = dict(params)
    y = f(x, **params)
    ys = flat(y)
    gys = [torch.from_numpy(distinct(v.shape, next(seeds))) for v in ys]
    leaves = flat(x) + list(params.values())
    wanted = [v for v in leaves if v.requires_grad]
    gs = iter(torch.autograd.grad(ys, wanted, gys, allow_unused=True))
    gs = [(next(gs) if v.requires_grad else None) for v in leaves]
    gs = [torch.zeros_like(v) if g is None else g for v, g in zip(leaves, gs)]
    n = len(flat(x))
    cases.append(
        {
            "name": f"{name} {args}" + (" evaluate" if evaluate else ""),
            "module": name,
            "args": list(args),
            "evaluate": evaluate,
            "set": set or {},
            "params": params,
            "input": x,
            "output": y,
            "gradOutput": like(y, iter(gys)),
            "gradInput": like(x, iter(gs[:n])),
            "grads": dict(zip(params, gs[n:])),
        }
    )


def criterion(name, args, f, x, target):
    loss = f(x, target)
    gs = torch.autograd.grad(loss, flat(x))
    cases.append(
        {"name": f"{name} {args}", "criterion": name, "args": list(args), "input": x, "target": target, "output": loss.item(), "gradInput": like(x, iter(gs))}
    )


# places
module("Linear", [3, 4], lambda x, weight, bias: F.linear(x, weight, bias), t(2, 3), {"weight": t(4, 3), "bias": t(4)})
module("Linear", [3, 4], lambda x, weight, bias: F.linear(x, weight, bias), t(3), {"weight": t(4, 3), "bias": t(4)})
module("Linear", [3, 2, False], lambda x, weight: F.linear(x, weight), t(2, 3), {"weight": t(2, 3)})
module("Bilinear", [3, 2, 4], lambda x, weight, bias: F.bilinear(x[0], x[1], weight, bias), [t(5, 3), t(5, 2)], {"weight": t(4, 3, 2), "bias": t(4)})
module("Add", [3], lambda x, bias: x + bias, t(2, 3), {"bias": t(3)})
module("Mul", [], lambda x, weight: x * weight, t(2, 3), {"weight": t(1)})
module("CMul", [1, 3], lambda x, weight: x * weight, t(2, 3), {"weight": t(1, 3)})
module("CAdd", [1, 3], lambda x, bias: x + bias, t(2, 3), {"bias": t(1, 3)})
module("Euclidean", [3, 4], lambda x, weight: (x[:, :, None] - weight).norm(dim=1), t(2, 3), {"weight": t(3, 4)})
module("Cosine", [3, 4], lambda x, weight: F.cosine_similarity(x[:, None], weight, dim=2), t(2, 3), {"weight": t(4, 3)})
for name, f in {
    "Identity": lambda x: x * 1, "Tanh": torch.tanh, "Sigmoid": torch.sigmoid, "Abs": torch.abs, "Square": torch.square, "Exp": torch.exp, "SoftSign": F.softsign,
    "TanhShrink": F.tanhshrink, "LogSigmoid": F.logsigmoid, "ReLU": F.relu, "ReLU6": F.relu6, "LeakyReLU": F.leaky_relu, "ELU": F.elu, "HardTanh": F.hardtanh,
    "HardShrink": F.hardshrink, "SoftShrink": F.softshrink, "SoftPlus": F.softplus, "SoftMax": lambda x: F.softmax(x, 1), "SoftMin": lambda x: F.softmin(x, 1),
    "LogSoftMax": lambda x: F.log_softmax(x, 1),
}.items():
    module(name, [], f, t(3, 4, low=-3, high=3))
module("SoftMax", [], lambda x: F.softmax(x, 0), t(5))
module("SoftMax", [], lambda x: F.softmax(x, 1), t(2, 3, 2, 2))
module("LogSoftMax", [], lambda x: F.log_softmax(x, 0), t(3, 2, 2))
module("Log", [], torch.log, t(3, 2, low=0.1))
module("Sqrt", [], torch.sqrt, t(3, 2, low=0.1))
module("Power", [3], lambda x: x**3, t(3, 2))
module("Threshold", [0.2, -0.5], lambda x: F.threshold(x, 0.2, -0.5), t(3, 4))
module("LeakyReLU", [0.3], lambda x: F.leaky_relu(x, 0.3), t(3, 4))
module("ELU", [0.5], lambda x: F.elu(x, 0.5), t(3, 4))
module("HardTanh", [-0.3, 0.6], lambda x: F.hardtanh(x, -0.3, 0.6), t(3, 4))
module("Clamp", [-0.4, 0.5], lambda x: F.hardtanh(x, -0.4, 0.5), t(3, 4))
module("SoftPlus", [2], lambda x: F.softplus(x, 2), t(3, 4))
module("PReLU", [], lambda x, weight: F.prelu(x, weight), t(3, 4), {"weight": t(1)})
module("PReLU", [3], lambda x, weight: F.prelu(x, weight), t(2, 3, 2, 2), {"weight": t(3)})
module("AddConstant", [1.5], lambda x: x + 1.5, t(2, 2))
module("MulConstant", [1.5], lambda x: x * 1.5, t(2, 2))
module("Dropout", [0.3], lambda x: x * 1, t(2, 3), evaluate=True)
module("SpatialDropout", [0.3], lambda x: x * 0.7, t(2, 3, 2, 2), evaluate=True)
# shapes
module("Reshape", [6], lambda x: x.reshape(2, 6), t(2, 2, 3))
module("Reshape", [3, 2], lambda x: x.reshape(3, 2), t(2, 3))
module("View", [6], lambda x: x.view(2, 6), t(2, 2, 3))
module("View", [-1, 4], lambda x: x.view(-1, 4), t(2, 2, 3))
module("View", [3, 2], lambda x: x.view(3, 2), t(2, 3))
module("Transpose", [[1, 3], [2, 3]], lambda x: x.transpose(0, 2).transpose(1, 2), t(2, 3, 4))
module("Squeeze", [], lambda x: x.squeeze(), t(2, 1, 3))
module("Unsqueeze", [2], lambda x: x.unsqueeze(1), t(2, 3))
module("Replicate", [3], lambda x: x.expand(3, 2, 2), t(2, 2))
module("Replicate", [3, 2], lambda x: x.unsqueeze(1).expand(2, 3, 4), t(2, 4))
module("Narrow", [2, 2, 2], lambda x: x[:, 1:3], t(2, 4))
module("Select", [2, 3], lambda x: x[:, 2], t(2, 4))
module("Sum", [2], lambda x: x.sum(1), t(2, 3, 2))
module("Mean", [1], lambda x: x.mean(0), t(2, 3))
module("Max", [2], lambda x: x.max(1)[0], t(2, 3))
module("Min", [1], lambda x: x.min(0)[0], t(3, 3))
module("Padding", [1, 2], lambda x: F.pad(x, (0, 0, 0, 2)), t(2, 3))
module("Padding", [2, -1, 2, 0.5], lambda x: F.pad(x, (1, 0), value=0.5), t(2, 3))
module("SpatialZeroPadding", [1, 2, 0, 1], lambda x: F.pad(x, (1, 2, 0, 1)), t(1, 2, 3, 3))
module("SpatialReflectionPadding", [1, 1, 2, 1], lambda x: F.pad(x, (1, 1, 2, 1), "reflect"), t(1, 2, 3, 3))
module("SpatialReplicationPadding", [1, 1, 2, 1], lambda x: F.pad(x, (1, 1, 2, 1), "replicate"), t(1, 2, 3, 3))
module("Normalize", [2], lambda x: x / (x.norm(dim=1, keepdim=True) + 1e-10), t(3, 4))
# convolutions
module("SpatialConvolution", [2, 3, 3, 2, 2, 1, 1, 0], lambda x, weight, bias: F.conv2d(x, weight, bias, (1, 2), (0, 1)), t(2, 2, 5, 6), {"weight": t(3, 2, 2, 3), "bias": t(3)})
module("SpatialConvolution", [2, 3, 3, 3], lambda x, weight, bias: F.conv2d(x, weight, bias), t(2, 5, 6), {"weight": t(3, 2, 3, 3), "bias": t(3)})
module("SpatialConvolutionMM", [2, 3, 3, 2], lambda x, weight, bias: F.conv2d(x, weight.view(3, 2, 2, 3), bias), t(2, 2, 4, 5), {"weight": t(3, 12), "bias": t(3)})
module("SpatialDilatedConvolution", [1, 2, 2, 2, 1, 1, 0, 0, 2, 1], lambda x, weight, bias: F.conv2d(x, weight, bias, dilation=(1, 2)), t(1, 1, 5, 5), {"weight": t(2, 1, 2, 2), "bias": t(2)})
module("SpatialFullConvolution", [2, 3, 3, 2, 2, 2, 1, 0, 1, 0], lambda x, weight, bias: F.conv_transpose2d(x, weight, bias, (2, 2), (0, 1), (0, 1)), t(2, 2, 3, 3), {"weight": t(2, 3, 2, 3), "bias": t(3)})
module("TemporalConvolution", [2, 3, 2, 1], lambda x, weight, bias: F.conv1d(x.transpose(1, 2), weight.view(3, 2, 2).transpose(1, 2), bias).transpose(1, 2), t(2, 5, 2), {"weight": t(3, 4), "bias": t(3)})
module("VolumetricConvolution", [1, 2, 2, 2, 3], lambda x, weight, bias: F.conv3d(x, weight, bias), t(1, 1, 3, 4, 4), {"weight": t(2, 1, 2, 3, 2), "bias": t(2)})
module("SpatialMaxPooling", [2, 3, 2, 1, 1, 1], lambda x: F.max_pool2d(x, (3, 2), (1, 2), (1, 1)), t(1, 2, 5, 5))
module("SpatialAveragePooling", [2, 3, 2, 1], lambda x: F.avg_pool2d(x, (3, 2), (1, 2)), t(2, 5, 5))
module("SpatialAveragePooling", [2, 2, 2, 2, 1, 1], lambda x: F.avg_pool2d(x, (2, 2), (2, 2), (1, 1)), t(1, 2, 4, 4))
module("SpatialAdaptiveMaxPooling", [2, 3], lambda x: F.adaptive_max_pool2d(x, (3, 2)), t(1, 2, 5, 5))
module("SpatialAdaptiveAveragePooling", [2, 3], lambda x: F.adaptive_avg_pool2d(x, (3, 2)), t(1, 2, 5, 5))
module("TemporalMaxPooling", [2], lambda x: F.max_pool1d(x.transpose(1, 2), 2).transpose(1, 2), t(2, 6, 3))
module("VolumetricMaxPooling", [2, 2, 2], lambda x: F.max_pool3d(x, 2), t(1, 1, 4, 4, 4))
module("VolumetricAveragePooling", [2, 2, 2], lambda x: F.avg_pool3d(x, 2), t(1, 1, 4, 4, 4))
module("SpatialUpSamplingNearest", [2], lambda x: F.interpolate(x, scale_factor=2), t(1, 2, 2, 3))
for nd, shape in (("BatchNormalization", (4, 3)), ("SpatialBatchNormalization", (2, 3, 2, 2))):
    module(nd, [3], lambda x, weight, bias: F.batch_norm(x, None, None, weight, bias, True), t(*shape), {"weight": t(3), "bias": t(3)})
    mean, var = t(3).detach(), t(3, low=0.2).detach()
    module(nd, [3, 0.01], lambda x, weight, bias: F.batch_norm(x, mean, var, weight, bias, eps=0.01), t(*shape), {"weight": t(3), "bias": t(3)}, evaluate=True, set={"running_mean": mean, "running_var": var})
# tables
for name, f in {"CAddTable": lambda a, b: a + b, "CSubTable": lambda a, b: a - b, "CMulTable": lambda a, b: a * b, "CDivTable": lambda a, b: a / b, "CMaxTable": torch.maximum, "CMinTable": torch.minimum}.items():
    module(name, [], lambda x, f=f: f(x[0], x[1]), [t(2, 3), t(2, 3, low=-0.9, high=1.05)])
module("JoinTable", [2], lambda x: torch.cat(x, 1), [t(2, 3), t(2, 1)])
module("JoinTable", [1, 1], lambda x: torch.cat(x, 1), [t(2, 3), t(2, 1)])
module("SplitTable", [2], lambda x: list(x.unbind(1)), t(2, 3))
module("SelectTable", [2], lambda x: x[1] * 1, [t(2), t(3)])
module("SelectTable", [-1], lambda x: x[-1] * 1, [t(2), t(3)])
module("NarrowTable", [2, 2], lambda x: [x[1] * 1, x[2] * 1], [t(2), t(3), t(1)])
module("FlattenTable", [], lambda x: [x[0] * 1, x[1][0] * 1, x[1][1] * 1], [t(2), [t(3), t(1)]])
module("DotProduct", [], lambda x: (x[0] * x[1]).sum(1), [t(2, 3), t(2, 3)])
module("PairwiseDistance", [2], lambda x: (x[0] - x[1]).norm(dim=1), [t(2, 3), t(2, 3)])
module("CosineDistance", [], lambda x: F.cosine_similarity(x[0], x[1]), [t(2, 3), t(2, 3)])
module("MM", [], lambda x: x[0] @ x[1], [t(2, 2, 3), t(2, 3, 2)])
module("MM", [True, True], lambda x: x[0].mT @ x[1].mT, [t(3, 2), t(4, 3)])
module("MV", [], lambda x: (x[0] @ x[1][:, :, None])[:, :, 0], [t(2, 2, 3), t(2, 3)])
module("MixtureTable", [], lambda x: (x[0][:, :, None] * torch.stack(x[1], 1)).sum(1), [t(3, 2), [t(3, 4), t(3, 4)]])
# criterions
ones = torch.tensor([1.0, -1.0, 1.0], dtype=torch.float64)
criterion("MSECriterion", [], F.mse_loss, t(2, 3), t(2, 3).detach())
criterion("MSECriterion", [False], lambda x, y: F.mse_loss(x, y, reduction="sum"), t(2, 3), t(2, 3).detach())
criterion("AbsCriterion", [], F.l1_loss, t(2, 3), t(2, 3).detach())
criterion("SmoothL1Criterion", [], F.smooth_l1_loss, t(2, 3, low=-3, high=3), t(2, 3).detach())
criterion("SoftMarginCriterion", [], F.soft_margin_loss, t(3), ones)
criterion("DistKLDivCriterion", [], lambda x, y: F.kl_div(x, y, reduction="mean"), t(2, 3, low=-3, high=-0.1), t(2, 3, low=0.1).detach())
criterion("BCECriterion", [], F.binary_cross_entropy, t(2, 3, low=0.05, high=0.95), t(2, 3, low=0.1).detach())
labels = torch.tensor([2.0, 3.0, 1.0], dtype=torch.float64)
criterion("ClassNLLCriterion", [], lambda x, y: F.nll_loss(x, y.long() - 1), t(3, 4), labels)
weights = t(4, low=0.2).detach()
criterion("ClassNLLCriterion", [weights], lambda x, y: F.nll_loss(x, y.long() - 1, weights), t(3, 4), labels)
criterion("ClassNLLCriterion", [None, False], lambda x, y: F.nll_loss(x, y.long() - 1, reduction="sum"), t(3, 4), labels)
criterion("ClassNLLCriterion", [], lambda x, y: -x[y - 1], t(4), 3)
criterion("CrossEntropyCriterion", [], lambda x, y: F.cross_entropy(x, y.long() - 1), t(3, 4), labels)
criterion("CrossEntropyCriterion", [weights], lambda x, y: F.cross_entropy(x, y.long() - 1, weights), t(3, 4), labels)
criterion("SpatialClassNLLCriterion", [], lambda x, y: F.nll_loss(x, y.long() - 1), t(2, 3, 2, 2), torch.tensor([[[1.0, 2], [3, 1]], [[2, 2], [1, 3]]], dtype=torch.float64))
criterion("MarginCriterion", [0.7], lambda x, y: F.relu(0.7 - x * y).mean(), t(3), ones)
criterion("HingeEmbeddingCriterion", [0.6], lambda x, y: F.hinge_embedding_loss(x, y, 0.6), t(3, low=0), ones)
criterion("L1HingeEmbeddingCriterion", [2], lambda x, y: (x[0] - x[1]).abs().sum(), [t(3), t(3)], 1)
criterion("L1HingeEmbeddingCriterion", [9], lambda x, y: F.relu(9 - (x[0] - x[1]).abs().sum()), [t(3), t(3)], -1)
criterion("CosineEmbeddingCriterion", [0.1], lambda x, y: F.cosine_embedding_loss(x[0], x[1], y, 0.1), [t(3, 4), t(3, 4)], ones)
criterion("MarginRankingCriterion", [0.3], lambda x, y: F.margin_ranking_loss(x[0], x[1], y, 0.3), [t(3), t(3)], ones)
criterion("MultiMarginCriterion", [], lambda x, y: F.multi_margin_loss(x, y.long() - 1), t(3, 4), labels)
criterion("MultiMarginCriterion", [2, weights, 0.5], lambda x, y: F.multi_margin_loss(x, y.long() - 1, 2, 0.5, weights), t(3, 4), labels)
criterion("MultiLabelMarginCriterion", [], lambda x, y: F.multilabel_margin_loss(x, y.long() - 1), t(2, 4), torch.tensor([[2.0, 4, 0, 0], [1, 0, 0, 0]], dtype=torch.float64))
criterion("MultiLabelSoftMarginCriterion", [], lambda x, y: F.multilabel_soft_margin_loss(x, y), t(2, 4), torch.tensor([[1.0, 0, 0, 1], [0, 1, 1, 0]], dtype=torch.float64))
criterion("L1Cost", [], lambda x, y: x.abs().sum(), t(2, 3), None)

save(__file__, cases, "torch")
