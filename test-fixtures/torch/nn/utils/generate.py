"""torch.nn.utils: reparametrized weights, fused layers and what their modules print and save."""

import pathlib
import sys
import warnings

import torch
from torch import nn
from torch.nn import utils
from torch.nn.utils import parametrizations, parametrize, prune

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save

warnings.simplefilter("ignore")
X = torch.arange(6.0).view(2, 3).sin()
IMAGE = torch.arange(32.0).view(2, 1, 4, 4).cos()
CASES = []


def case(f):
    torch.manual_seed(5)
    CASES.append({"name": f.__name__, "values": f()})


def told(m, x=X):
    y = m(x)
    y.pow(2).sum().backward()
    grads = [p.grad for p in m.parameters()]
    return [repr(m), list(m.state_dict()), *m.state_dict().values(), y.detach(), *grads]


@case
def old_weight_norm():
    m = utils.weight_norm(nn.Linear(3, 2))
    out = told(m)
    utils.remove_weight_norm(m)
    return out + [list(m.state_dict()), m.weight.detach()]


@case
def old_weight_norm_of_everything():
    return told(utils.weight_norm(nn.Linear(3, 2), dim=None))


@case
def old_spectral_norm():
    m = utils.spectral_norm(nn.Linear(3, 2), n_power_iterations=2)
    out = told(m) + told(m.eval())
    utils.remove_spectral_norm(m)
    return out + [list(m.state_dict()), m.weight.detach()]


@case
def old_spectral_norm_of_a_transposed_convolution():
    return told(utils.spectral_norm(nn.ConvTranspose2d(1, 2, 2)), IMAGE)


@case
def new_weight_norm():
    m = parametrizations.weight_norm(nn.Linear(3, 2))
    out = told(m)
    m.weight = torch.ones(2, 3)
    out += [m.parametrizations.weight.original0.detach(), parametrize.is_parametrized(m), parametrize.is_parametrized(m, "bias")]
    parametrize.remove_parametrizations(m, "weight")
    return out + [repr(m), list(m.state_dict()), m.weight.detach()]


@case
def new_spectral_norm():
    m = parametrizations.spectral_norm(nn.Linear(3, 2))
    out = told(m) + told(m.eval())
    parametrize.remove_parametrizations(m, "weight")
    return out + [list(m.state_dict()), m.weight.detach()]


@case
def orthogonal_square():
    return told(parametrizations.orthogonal(nn.Linear(3, 3)))


@case
def orthogonal_wide():
    return told(parametrizations.orthogonal(nn.Linear(3, 2)))


@case
def orthogonal_cayley():
    return told(parametrizations.orthogonal(nn.Linear(3, 2), orthogonal_map="cayley"))


@case
def orthogonal_plain():
    m = parametrizations.orthogonal(nn.Linear(3, 3), orthogonal_map="householder", use_trivialization=False)
    return told(m)


@case
def two_parametrizations():
    class Symmetric(nn.Module):
        def forward(self, x):
            return x.triu() + x.triu(1).mT

    class Half(nn.Module):
        def forward(self, x):
            return x / 2

        def right_inverse(self, x):
            return x * 2

    m = nn.Linear(3, 3)
    parametrize.register_parametrization(m, "weight", Half())
    parametrize.register_parametrization(m, "weight", Symmetric())
    with parametrize.cached():
        same = m.weight is m.weight
    out = told(m) + [same]
    parametrize.remove_parametrizations(m, "weight", leave_parametrized=False)
    return out + [list(m.state_dict()), m.weight.detach()]


@case
def fused_convolution():
    conv, bn = nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)
    bn(conv(IMAGE))
    m = utils.fuse_conv_bn_eval(conv.eval(), bn.eval())
    return [repr(m), m.weight.detach(), m.bias.detach(), bn(conv(IMAGE)).detach(), m(IMAGE).detach()]


@case
def fused_linear():
    fc, bn = nn.Linear(3, 2, bias=False), nn.BatchNorm1d(2)
    bn(fc(X))
    m = utils.fuse_linear_bn_eval(fc.eval(), bn.eval())
    return [m.weight.detach(), m.bias.detach()]


@case
def pruned_by_magnitude():
    m = prune.l1_unstructured(nn.Linear(3, 2), "weight", 2)
    prune.l1_unstructured(m, "weight", 0.5)
    out = told(m) + [prune.is_pruned(m)]
    prune.remove(m, "weight")
    return out + [list(m.state_dict()), m.weight.detach(), prune.is_pruned(m)]


@case
def pruned_at_random():
    m = prune.random_unstructured(nn.Linear(3, 2), "weight", 0.4)
    prune.random_unstructured(m, "bias", 1)
    return told(m)


@case
def pruned_slices():
    m = prune.ln_structured(nn.Conv2d(1, 3, 2), "weight", 1, 2, 0)
    prune.ln_structured(m, "weight", 0.5, float("inf"), -1)
    return told(m, IMAGE)


@case
def pruned_random_slices():
    return told(prune.random_structured(nn.Linear(3, 4), "weight", 2, 0))


@case
def pruned_by_a_mask():
    m = prune.custom_from_mask(prune.identity(nn.Linear(3, 2), "bias"), "weight", torch.tensor([[1, 0, 1], [0, 1, 1]]))
    return told(m)


@case
def pruned_together():
    m = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))
    prune.global_unstructured([(m[0], "weight"), (m[1], "weight")], prune.L1Unstructured, amount=0.3)
    return told(m)


@case
def adaptive_softmax():
    m = nn.AdaptiveLogSoftmaxWithLoss(4, 10, [3, 6], div_value=2.0)
    x = torch.arange(12.0).view(3, 4).sin()
    y = m(x, torch.tensor([0, 4, 9]))
    y.loss.backward()
    grads = [p.grad for p in m.parameters()]
    return [repr(m), str(y), m.log_prob(x).detach(), m.predict(x), list(m.state_dict()), *grads]


@case
def cross_map():
    x = torch.arange(80.0).view(2, 5, 2, 4).cos()
    m = nn.CrossMapLRN2d(4, 0.5, 0.6, 2)
    return [repr(m), m(x), nn.CrossMapLRN2d(3, 0.7)(x)]


@case
def data_parallel():
    m = nn.DataParallel(nn.Linear(3, 2))
    return told(m)


@case
def orthogonal_init():
    return [nn.init.orthogonal_(torch.empty(2, 3), gain=2.0), nn.init.orthogonal_(torch.empty(3, 2, 1))]


save(__file__, CASES, "torch")
