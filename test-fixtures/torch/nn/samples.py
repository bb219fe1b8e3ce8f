"""Samples of layers: PyTorch's own module database, thinned out, and what it does not cover."""

import inspect
import itertools

import torch
from torch.testing._internal.common_modules import module_db

# Family of each layer: the folder that its source and its fixture stand in.
FAMILIES = {
    "activation": "CELU ELU GELU GLU Hardshrink Hardsigmoid Hardswish Hardtanh LeakyReLU LogSigmoid LogSoftmax Mish PReLU RReLU ReLU ReLU6 SELU SiLU Sigmoid Softmax Softmax2d Softmin Softplus Softshrink Softsign Tanh Tanhshrink Threshold",
    "conv": "Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d LazyConv1d LazyConv2d LazyConv3d LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d",
    "distance": "CosineSimilarity PairwiseDistance",
    "dropout": "AlphaDropout Dropout Dropout1d Dropout2d Dropout3d FeatureAlphaDropout",
    "linear": "Bilinear Identity LazyLinear Linear",
    "loss": "BCELoss BCEWithLogitsLoss CTCLoss CosineEmbeddingLoss CrossEntropyLoss GaussianNLLLoss HingeEmbeddingLoss HuberLoss KLDivLoss L1Loss MSELoss MarginRankingLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss LinearCrossEntropyLoss NLLLoss PoissonNLLLoss SmoothL1Loss SoftMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss",
    "norm": "BatchNorm1d BatchNorm2d BatchNorm3d GroupNorm InstanceNorm1d InstanceNorm2d InstanceNorm3d LayerNorm LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d LocalResponseNorm RMSNorm SyncBatchNorm",
    "padding": "CircularPad1d CircularPad2d CircularPad3d ConstantPad1d ConstantPad2d ConstantPad3d ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d ReplicationPad3d ZeroPad1d ZeroPad2d ZeroPad3d",
    "pooling": "AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d AvgPool1d AvgPool2d AvgPool3d FractionalMaxPool2d FractionalMaxPool3d LPPool1d LPPool2d LPPool3d MaxPool1d MaxPool2d MaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d",
    "rnn": "GRU GRUCell LSTM LSTMCell RNN RNNCell",
    "shape": "ChannelShuffle Flatten Fold PixelShuffle PixelUnshuffle Unflatten Unfold",
    "sparse": "Embedding EmbeddingBag",
    "transformer": "MultiheadAttention Transformer TransformerDecoderLayer TransformerEncoderLayer",
    "upsampling": "Upsample UpsamplingBilinear2d UpsamplingNearest2d",
}

# Samples with more numbers than this add size, not cases.
LARGEST = 300
MOST = 7


def numbers(x):
    if isinstance(x, torch.Tensor):
        return x.numel()
    if isinstance(x, (list, tuple)):
        return sum(map(numbers, x))
    return 0


def encodable(x):
    if isinstance(x, (list, tuple)):
        return all(map(encodable, x))
    if isinstance(x, dict):
        return all(map(encodable, x.values()))
    return x is None or isinstance(x, (bool, int, float, str, torch.Tensor))


def fresh(x):
    """Leaves instead of what the database computed them from."""
    if isinstance(x, torch.Tensor):
        return x.detach().clone().requires_grad_(x.requires_grad)
    if isinstance(x, (list, tuple)):
        return type(x)(map(fresh, x))
    return {k: fresh(v) for k, v in x.items()} if isinstance(x, dict) else x


def documented(name, args, kwargs):
    """Arguments as a port writes them: whole numbers of float parameters are floats, lists are tuples."""
    names = list(inspect.signature(getattr(torch.nn, name).__init__).parameters.values())[1:]
    floats = {p.name for p in names if isinstance(p.default, float)}
    put = lambda n, v: tuple(v) if isinstance(v, list) else float(v) if n in floats and type(v) is int else v
    return [put(p, v) for p, v in zip([p.name for p in names] + [None] * len(args), args)], {k: put(k, v) for k, v in kwargs.items()}


def database(name):
    """Constructor and forward arguments of a layer from PyTorch's database, spread over its samples."""
    infos = [m for m in module_db if m.name == f"nn.{name}"]
    out = []
    for info in infos:
        torch.manual_seed(1)
        samples = info.module_inputs_func(info, device="cpu", dtype=torch.float64, requires_grad=True, training=True)
        for s in samples:
            f = s.forward_input
            if f is None:
                continue
            parts = (s.constructor_input.args, s.constructor_input.kwargs, f.args, f.kwargs)
            if all(map(encodable, parts)) and numbers(f.args) + sum(map(numbers, f.kwargs.values())) <= LARGEST:
                out.append(tuple(map(fresh, (list(parts[0]), dict(parts[1]), list(parts[2]), dict(parts[3])))))
    most = 2 if name.startswith("Lazy") else MOST
    step = max(1, -(-len(out) // most))
    return out[::step]


def spread(*shape, low=-1.5, high=1.5, grad=True):
    """Values that are all different, in an order of their own for each shape and call."""
    x = torch.rand(*shape, dtype=torch.float64) * (high - low) + low
    return x.requires_grad_(grad)


def more(name):
    """Samples that the database lacks."""
    S = spread
    one = lambda *shape: [S(*shape)]
    conv = lambda n: [
        ([2, 4, 3], dict(padding=1, padding_mode="circular"), one(2, 2, *[5, 4, 4][:n])),
        ([4, 2, 2], dict(groups=2, dilation=2, stride=2, padding=1), one(1, 4, *[7, 6, 5][:n])),
        ([2, 3, 3], dict(padding="same", bias=False), one(1, 2, *[4, 4, 3][:n])),
        ([2, 3, [2, 3, 1][:n]], dict(padding="valid"), one(2, *[5, 4, 3][:n])),
    ]
    transposed = lambda n: [
        ([4, 4, 3], dict(stride=2, padding=1, output_padding=1, groups=2), one(1, 4, *[4, 3, 2][:n])),
        ([2, 3, 2], dict(dilation=2, bias=False), one(2, *[3, 3, 2][:n])),
    ]
    recurrent = [
        ([3, 4], dict(num_layers=2, bidirectional=True), one(5, 2, 3)),
        ([3, 4], dict(num_layers=3, batch_first=True, bias=False), one(2, 4, 3)),
        ([3, 4], dict(num_layers=2, dropout=0.5), one(4, 2, 3)),
        ([3, 2], dict(bidirectional=True), one(4, 3)),
    ]
    drop = [([0.3], {}, one(3, 4, 5)), ([], {}, one(2, 3, 4)), ([0.0], {}, one(2, 3)), ([1.0], {}, one(2, 3))]
    up = lambda mode, **kw: [([], dict(scale_factor=2, mode=mode, **kw)), ([], dict(size=[5] * {"linear": 1, "nearest": 2, "bilinear": 2, "bicubic": 2, "trilinear": 3, "area": 2}[mode], mode=mode, **kw))]
    y = lambda *shape: torch.randint(0, 2, shape).double() * 2 - 1
    pooled = torch.nn.functional.max_pool2d(S(1, 2, 4, 4, grad=False), 2, return_indices=True)
    pooled1 = torch.nn.functional.max_pool1d(S(1, 2, 6, grad=False), 2, return_indices=True)
    pooled3 = torch.nn.functional.max_pool3d(S(1, 1, 4, 4, 4, grad=False), 2, return_indices=True)
    table = {
        "Conv1d": conv(1), "Conv2d": conv(2), "Conv3d": conv(3)[:3],
        "ConvTranspose1d": transposed(1) + [([2, 3, 2], dict(stride=2), one(1, 2, 3), dict(output_size=[7]))],
        "ConvTranspose2d": transposed(2) + [([2, 3, 2], dict(stride=2), one(1, 2, 3, 3), dict(output_size=[7, 6]))],
        "ConvTranspose3d": transposed(3),
        "RNN": recurrent + [([3, 4, 2, "relu"], {}, one(3, 2, 3))], "GRU": recurrent,
        "LSTM": recurrent + [([3, 4], dict(proj_size=2, num_layers=2, bidirectional=True), one(3, 2, 3))],
        "RNNCell": [([3, 4], dict(nonlinearity="relu", bias=False), [S(2, 3), S(2, 4)])],
        "GRUCell": [([3, 4], {}, [S(3)])], "LSTMCell": [([3, 4], dict(bias=False), [S(2, 3), (S(2, 4), S(2, 4))])],
        "Dropout": drop, "Dropout1d": drop[:2], "Dropout2d": [([0.4], {}, one(2, 3, 2, 2))], "Dropout3d": [([0.4], {}, one(1, 3, 2, 2, 2))],
        "AlphaDropout": drop[:3], "FeatureAlphaDropout": drop[:2],
        "RReLU": [([], {}, one(3, 4)), ([0.1, 0.4], {}, one(2, 3))],
        "Hardsigmoid": [([], {}, [S(3, 4, low=-5, high=5)])],
        "Identity": [([54, 7], dict(unused=True), one(2, 3))],
        "LazyLinear": [([3], {}, one(2, 4)), ([3], dict(bias=False), one(2, 4))],
        "CosineSimilarity": [([], {}, [S(3, 4), S(3, 4)]), ([-1, 1e-3], {}, [S(2, 3, 4), S(2, 3, 4)])],
        "PairwiseDistance": [([], {}, [S(3, 4), S(3, 4)]), ([1.0], dict(keepdim=True), [S(3, 4), S(3, 4)])],
        "Flatten": [([], {}, one(2, 3, 4)), ([0, 1], {}, one(2, 3, 4))],
        "Unflatten": [([1, [2, 3]], {}, one(2, 6))],
        "Fold": [([[4, 5], 2], {}, one(1, 8, 12)), ([5, 3], dict(padding=1, stride=2), one(2, 9, 9))],
        "Unfold": [([2], {}, one(1, 2, 4, 5)), ([3], dict(dilation=2, padding=1, stride=2), one(2, 1, 6, 6))],
        "PixelShuffle": [([2], {}, one(1, 8, 2, 3))], "PixelUnshuffle": [([2], {}, one(2, 4, 6))],
        "ChannelShuffle": [([2], {}, one(1, 4, 2, 2))],
        "Embedding": [([5, 3], dict(padding_idx=1), [torch.tensor([[0, 1], [4, 2]])]), ([5, 3], dict(max_norm=1.0), [torch.tensor([3, 0, 3])]), ([4, 2], dict(scale_grad_by_freq=True), [torch.tensor([1, 1, 0])])],
        "EmbeddingBag": [([5, 3], dict(mode=m), [torch.tensor([[0, 1], [4, 2]])]) for m in ("sum", "mean", "max")] + [([5, 3], dict(mode="sum", padding_idx=2), [torch.tensor([1, 2, 4, 3]), torch.tensor([0, 3])]), ([5, 3], dict(mode="sum"), [torch.tensor([1, 2, 4]), torch.tensor([0, 2])], dict(per_sample_weights=S(3))), ([5, 3], dict(include_last_offset=True), [torch.tensor([1, 2, 4]), torch.tensor([0, 2, 3])])],
        "MaxUnpool2d": [([2], {}, [pooled[0].clone().requires_grad_(), pooled[1]]), ([2], {}, [pooled[0].clone().requires_grad_(), pooled[1]], dict(output_size=[5, 5]))],
        "MaxUnpool1d": [([2], {}, [pooled1[0].clone().requires_grad_(), pooled1[1]])],
        "MaxUnpool3d": [([2], {}, [pooled3[0].clone().requires_grad_(), pooled3[1]])],
        "MaxPool2d": [([3], dict(stride=2, padding=1, ceil_mode=True), one(1, 2, 6, 5)), ([[2, 3]], dict(return_indices=True, dilation=[2, 1]), one(2, 5, 6))],
        "MaxPool1d": [([2], dict(return_indices=True), one(2, 3, 6))],
        "AdaptiveMaxPool2d": [([[2, None]], {}, one(1, 2, 5, 3)), ([2], dict(return_indices=True), one(1, 2, 5, 4))],
        "AvgPool2d": [([3], dict(stride=2, padding=1, ceil_mode=True, count_include_pad=False), one(1, 2, 6, 5)), ([2], dict(divisor_override=3), one(1, 1, 4, 4))],
        "Upsample": [(a, k, one(1, 2, *{"linear": [4], "trilinear": [2, 3, 2]}.get(k["mode"], [3, 4]))) for a, k in up("nearest") + up("linear") + up("bilinear", align_corners=True) + up("bicubic") + up("trilinear") + up("area")],
        "UpsamplingNearest2d": [([], dict(scale_factor=2), one(1, 2, 2, 3))], "UpsamplingBilinear2d": [([[4, 5]], {}, one(1, 2, 2, 3))],
        "TripletMarginLoss": [([], {}, [S(4, 3), S(4, 3), S(4, 3)]), ([], dict(margin=2.0, p=1, swap=True, reduction="none"), [S(4, 3), S(4, 3), S(4, 3)])],
        "TripletMarginWithDistanceLoss": [([], dict(swap=True), [S(4, 3), S(4, 3), S(4, 3)])],
        "MultiheadAttention": [([4, 2], {}, [S(3, 2, 4), S(3, 2, 4), S(3, 2, 4)]), ([4, 2], dict(batch_first=True, kdim=3, vdim=5, bias=False), [S(2, 3, 4), S(2, 5, 3), S(2, 5, 5)], dict(average_attn_weights=False)), ([4, 2], dict(add_bias_kv=True, add_zero_attn=True), [S(3, 2, 4), S(4, 2, 4), S(4, 2, 4)], dict(key_padding_mask=torch.tensor([[False, False, True, False], [False, False, False, True]])))],
        "BatchNorm1d": [([3], dict(momentum=None), one(4, 3))], "BatchNorm2d": [([2], dict(bias=False), one(3, 2, 2, 2))],
        "InstanceNorm2d": [([2], dict(affine=True, track_running_stats=True), one(3, 2, 2, 3)), ([2], {}, one(2, 3, 3))],
        "CrossEntropyLoss": [([], dict(label_smoothing=0.1, weight=torch.rand(3).double() + 0.5, reduction=r), [S(4, 3), torch.tensor([0, 2, -100, 1])]) for r in ("mean", "sum", "none")],
        "CTCLoss": [([], dict(blank=b, reduction=r, zero_infinity=r != "mean"), [torch.log_softmax(S(6, 2, 4, grad=False), 2).requires_grad_(), torch.tensor([[1, 2, 2], [1, 1, 2]]), torch.tensor([6, 4]), torch.tensor([3, 2])]) for b, r in ((0, "mean"), (3, "none"), (3, "sum"))],
        "LinearCrossEntropyLoss": [([4, 3], {}, [S(5, 4), torch.tensor([0, 2, 1, 1, 0])]), ([4, 3], dict(out_features=(2,), bias=True, label_smoothing=0.1, reduction="none"), [S(2, 4), torch.tensor([[0, 2], [1, 1]])])],
        "SyncBatchNorm": [([3], {}, one(2, 3, 4)), ([3], dict(momentum=None, bias=False), one(4, 3)), ([2], dict(affine=False, track_running_stats=False), one(3, 2, 2, 2))],
        "FractionalMaxPool2d": [([2], dict(output_size=[3, 2], return_indices=True), one(1, 2, 6, 5)), ([2], dict(output_ratio=0.6, _random_samples=torch.rand(1, 2, 2, dtype=torch.float64)), one(1, 2, 6, 5))],
        "FractionalMaxPool3d": [([2], dict(output_size=[2, 3, 2], return_indices=True), one(1, 1, 4, 6, 5)), ([2], dict(output_ratio=0.6, _random_samples=torch.rand(1, 1, 3, dtype=torch.float64)), one(1, 1, 5, 6, 5))],
        "AdaptiveMaxPool3d": [([[2, None, 1]], {}, one(1, 2, 4, 3, 3)), ([2], dict(return_indices=True), one(1, 4, 3, 5))],
        "LPPool3d": [([2.0, 2], {}, one(1, 2, 4, 4, 3)), ([1.0, [2, 1, 2]], dict(stride=1, ceil_mode=True), one(2, 3, 3, 4))],
        "MaxPool3d": [([2], dict(padding=1, ceil_mode=True), one(1, 2, 3, 4, 3)), ([[1, 2, 2]], dict(stride=1, dilation=[1, 2, 1], return_indices=True), one(2, 3, 4, 3))],
        "ReplicationPad3d": [([1], {}, one(1, 2, 2, 3, 2)), ([[1, 2, 0, 1, 2, 1]], {}, one(2, 2, 3, 2))],
        "CosineEmbeddingLoss": [([], dict(margin=0.3, reduction=r), [S(4, 3), S(4, 3), torch.tensor([1.0, -1, -1, 1], dtype=torch.float64)]) for r in ("mean", "sum", "none")],
        "SoftMarginLoss": [([], {}, [S(3, 2), y(3, 2)])],
    }
    return [(*s, {})[:4] for s in table.get(name, [])]


def samples(name):
    # Each layer draws from a stream of its own, so that a new sample of one does not change those of the others.
    torch.manual_seed(sum(map(ord, name)))
    return [(*documented(name, a, k), i, w) for a, k, i, w in itertools.chain(database(name), more(name))]
