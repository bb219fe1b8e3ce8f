"""torch.func and torch.autograd.functional on a few functions that the test writes alike."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

import torch
from fixtures import distinct, save

A = torch.autograd.functional
F = torch.func
x = torch.from_numpy(distinct((3,), 1)).double()
y = torch.from_numpy(distinct((3,), 2)).double()
v = torch.from_numpy(distinct((3,), 3)).double()
m = torch.from_numpy(distinct((4, 3), 4)).double()

scalar = lambda a, b: (a.sin() * b.exp()).sum() + (a * a * b).prod()
vector = lambda a, b: torch.stack([(a * b).sum(), (a**3).sum(), b.cos().prod()])
pair = lambda a: (a**2, {"s": a.sum() * a})
one = lambda a: scalar(a, y)

cases = [
    {"name": "grad", "out": F.grad(scalar)(x, y)},
    {"name": "grad both", "out": F.grad(scalar, argnums=(0, 1))(x, y)},
    {"name": "grad of grad", "out": F.grad(lambda a: F.grad(one)(a).sum())(x)},
    {"name": "grad_and_value", "out": F.grad_and_value(scalar)(x, y)},
    {"name": "grad with aux", "out": F.grad(lambda a: (one(a), a * 2), has_aux=True)(x)},
    {"name": "jacrev", "out": F.jacrev(vector)(x, y)},
    {"name": "jacrev both", "out": F.jacrev(vector, argnums=(0, 1))(x, y)},
    {"name": "jacfwd", "out": F.jacfwd(vector)(x, y)},
    {"name": "jacrev of a structure", "out": F.jacrev(pair)(x)},
    {"name": "hessian", "out": F.hessian(one)(x)},
    {"name": "jvp", "out": F.jvp(vector, (x, y), (v, y))},
    {"name": "vmap", "out": F.vmap(lambda a, b: (a * b).sum(), in_dims=(0, None))(m, y)},
    {"name": "vmap out_dims", "out": F.vmap(lambda a: a * y, in_dims=0, out_dims=1)(m)},
    {"name": "vmap of grad", "out": F.vmap(F.grad(one))(m)},
    {"name": "vmap in_dims 1", "out": F.vmap(lambda a: (a.cos(), a.sum()), in_dims=1)(m)},
    {"name": "functional jacobian", "out": A.jacobian(vector, (x, y))},
    {"name": "functional jacobian of one", "out": A.jacobian(lambda a: a**2, x)},
    {"name": "functional hessian", "out": A.hessian(scalar, (x, y))},
    {"name": "functional vjp", "out": A.vjp(vector, (x, y), v)},
    {"name": "functional jvp", "out": A.jvp(vector, (x, y), (v, y))},
    {"name": "functional hvp", "out": A.hvp(one, x, v)},
    {"name": "functional vhp", "out": A.vhp(scalar, (x, y), (v, y))},
]
out, pull = F.vjp(vector, x, y)
cases.append({"name": "vjp", "out": (out, pull(v))})
net = torch.nn.Linear(3, 2).double()
weight, bias = torch.from_numpy(distinct((2, 3), 5)).double(), torch.from_numpy(distinct((2,), 6)).double()
state = {"weight": weight, "bias": bias}
cases.append({"name": "functional_call", "out": F.functional_call(net, state, (x,))})
cases.append(
    {"name": "grad of functional_call", "out": F.grad(lambda s: F.functional_call(net, s, (x,)).pow(2).sum())(state)}
)
cases.append({"name": "inputs", "out": [x, y, v, m, weight, bias]})
save(__file__, cases, "torch")
