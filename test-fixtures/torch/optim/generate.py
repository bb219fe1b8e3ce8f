"""Optimizers: parameters and state after each of five steps; schedules: learning rates over twenty epochs."""

import inspect
import pathlib
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
warnings.filterwarnings("ignore")

import torch
from fixtures import distinct, save
from torch.testing._internal.common_optimizers import optim_db

# What the database gives twice or for other devices only.
IGNORED = {"foreach", "fused", "capturable", "differentiable"}
MORE = {
    "SGD": [dict(lr=0.1, momentum=0.9, dampening=0.5, weight_decay=0.1, maximize=True), dict(lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)],
    "Adam": [dict(lr=0.1, betas=(0.8, 0.9), eps=1e-4, weight_decay=0.1, amsgrad=True, maximize=True), dict(lr=0.1, weight_decay=0.1, decoupled_weight_decay=True)],
    "AdamW": [dict(lr=0.1, amsgrad=True)],
    "RMSprop": [dict(lr=0.1, alpha=0.9, momentum=0.5, centered=True, weight_decay=0.1)],
    "Rprop": [dict(lr=0.05, etas=(0.4, 1.3), step_sizes=(1e-3, 0.2))],
    "ASGD": [dict(lr=0.1, t0=2, weight_decay=0.1)],
    "RAdam": [dict(lr=0.1, betas=(0.8, 0.9), decoupled_weight_decay=True, weight_decay=0.1)],
    "NAdam": [dict(lr=0.1, momentum_decay=0.1, decoupled_weight_decay=True, weight_decay=0.1)],
    "Adafactor": [dict(lr=0.1, eps=(1e-5, 1e-2), d=2.0, weight_decay=0.1)],
    "LBFGS": [dict(lr=0.5, max_iter=4), dict(line_search_fn="strong_wolfe", max_iter=5), dict(lr=1, history_size=2, max_iter=6)],
}


def parameters(dtype, shapes=((3, 4), (5,))):
    return [torch.nn.Parameter(torch.from_numpy(distinct(s, i)).to(dtype)) for i, s in enumerate(shapes)]


def gradients(step, dtype, params):
    """Gradients of both signs that change from step to step; the second parameter has none in the third step."""
    out = [torch.from_numpy(distinct(p.shape, 100 * step + i)).to(dtype) for i, p in enumerate(params)]
    if step == 2:
        out[-1] = None
    return out


def state_of(optimizer):
    return {str(k): {n: v for n, v in s.items()} for k, s in optimizer.state_dict()["state"].items()}


def documented(cls, kwargs):
    """Options as a port writes them: whole numbers of float parameters are floats."""
    floats = {p.name for p in inspect.signature(cls).parameters.values() if isinstance(p.default, float)}
    return {k: float(v) if k in floats and type(v) is int else v for k, v in kwargs.items()}


cases, inputs_of = [], {}
for info in optim_db:
    name = info.optim_cls.__name__
    if name == "SparseAdam":
        continue
    inputs = [i.kwargs for i in info.optim_inputs_func(device="cpu") if not IGNORED & set(i.kwargs)]
    for number, kwargs in enumerate(documented(info.optim_cls, k) for k in inputs + MORE.get(name, [])):
        for dtype in (torch.float32, torch.float64):
            # What a line search finds multiplies the rounding of its steps.
            if (dtype == torch.float64) != (name == "LBFGS") and number > 0 or name == "LBFGS" and dtype == torch.float32:
                continue
            params = parameters(dtype, ((3, 4), (5, 2)) if name == "Muon" else ((3, 4), (5,)))
            before = [p.detach().clone() for p in params]
            optimizer = info.optim_cls(params, **kwargs)
            text = repr(optimizer)
            steps, losses = [], []
            for step in range(5):
                if name == "LBFGS":

                    def closure():
                        optimizer.zero_grad()
                        a, b = params
                        loss = ((a - 0.5) ** 4).sum() + ((b[1:] - b[:-1] ** 2) ** 2).sum() + ((1 - b) ** 2).sum()
                        loss.backward()
                        return loss

                    losses.append(optimizer.step(closure).detach())
                else:
                    for p, g in zip(params, gradients(step, dtype, params)):
                        p.grad = g
                    optimizer.step()
                steps.append([p.detach().clone() for p in params])
            key = f"{'matrices' if name == 'Muon' else 'mixed'} {str(dtype)[6:]}"
            inputs_of[key] = {"name": key, "before": before, "grads": [gradients(s, dtype, params) for s in range(5)]}
            case = {"name": f"{name} {number} {str(dtype)[6:]}", "optimizer": name, "inputs": key, "kwargs": kwargs, "repr": text, "steps": steps, "state": state_of(optimizer)}
            if name == "LBFGS":
                case["losses"] = losses
            cases.append(case)
save(__file__, cases, "torch")
save(__file__, list(inputs_of.values()), "torch", "inputs.json")

# Twenty steps of two groups, options at the rates of their groups; the parameters and the state at the end.
LONG = {
    "SGD": dict(lr=0.1, momentum=0.9, weight_decay=0.01), "Adam": dict(lr=0.05, amsgrad=True), "AdamW": dict(lr=0.05, weight_decay=0.2, maximize=True),
    "NAdam": dict(lr=0.05, weight_decay=0.1), "RAdam": dict(lr=0.05, betas=(0.5, 0.8)), "RMSprop": dict(lr=0.02, momentum=0.7, centered=True),
    "Rprop": dict(lr=0.01, etas=(0.3, 1.5)), "ASGD": dict(lr=0.1, t0=3.0, lambd=0.1), "Adagrad": dict(lr=0.1, lr_decay=0.1, initial_accumulator_value=0.5),
    "Adadelta": dict(lr=0.5, rho=0.5), "Adamax": dict(lr=0.1, weight_decay=0.1), "Adafactor": dict(lr=0.1, eps=(1e-5, 1e-2)), "SparseAdam": dict(lr=0.1, betas=(0.5, 0.8)),
}
cases = []
for number, (name, kwargs) in enumerate(LONG.items()):
    params = parameters(torch.float64, ((3, 4), (5, 2)))
    before = [p.detach().clone() for p in params]
    optimizer = getattr(torch.optim, name)([{"params": params[:1], "lr": kwargs["lr"] * 2}, {"params": params[1:]}], **kwargs)
    for step in range(20):
        for p, g in zip(params, gradients(step, torch.float64, params)):
            if g is not None and name == "SparseAdam":
                g[step % len(g)] = 0
                g = g.to_sparse(1)
            p.grad = g
        optimizer.step()
    cases.append({"name": name, "kwargs": kwargs, "before": before, "after": [p.detach() for p in params], "state": state_of(optimizer)})
params = parameters(torch.float64, ((3, 4), (5, 2)))
cases[0]["grads"] = [gradients(step, torch.float64, params) for step in range(20)]
save(__file__, cases, "torch", "long.json")

S = torch.optim.lr_scheduler
SCHEDULES = [
    ("StepLR", dict(step_size=3, gamma=0.5)),
    ("MultiStepLR", dict(milestones=[2, 5, 5, 9], gamma=0.3)),
    ("ConstantLR", dict(factor=0.25, total_iters=4)),
    ("LinearLR", dict(start_factor=0.2, end_factor=0.8, total_iters=7)),
    ("ExponentialLR", dict(gamma=0.9)),
    ("PolynomialLR", dict(total_iters=6, power=2.0)),
    ("PolynomialLR", dict(total_iters=6, power=0.5)),
    ("CosineAnnealingLR", dict(T_max=6, eta_min=0.01)),
    ("CosineAnnealingWarmRestarts", dict(T_0=3, T_mult=2, eta_min=0.01)),
    ("CosineAnnealingWarmRestarts", dict(T_0=4)),
    ("CyclicLR", dict(base_lr=0.01, max_lr=0.1, step_size_up=3)),
    ("CyclicLR", dict(base_lr=0.01, max_lr=[0.1, 0.3], step_size_up=2, step_size_down=3, mode="triangular2")),
    ("CyclicLR", dict(base_lr=0.01, max_lr=0.1, step_size_up=4, mode="exp_range", gamma=0.9, cycle_momentum=False)),
    ("OneCycleLR", dict(max_lr=0.2, total_steps=20)),
    ("OneCycleLR", dict(max_lr=[0.2, 0.4], epochs=4, steps_per_epoch=5, anneal_strategy="linear", three_phase=True, pct_start=0.4)),
]


def optimizers():
    """One with momentum and one with betas, each with two groups."""
    ps = [torch.nn.Parameter(torch.zeros(1)) for _ in range(2)]
    groups = lambda: [{"params": [ps[0]]}, {"params": [ps[1]], "lr": 0.25}]
    return {"SGD": torch.optim.SGD(groups(), lr=0.1, momentum=0.9), "Adam": torch.optim.Adam(groups(), lr=0.1)}


def trace(scheduler, optimizer, steps=20, metrics=None):
    rates, momenta = [], []
    for epoch in range(steps):
        rates.append([g["lr"] for g in optimizer.param_groups])
        momenta.append([g["betas"][0] if "betas" in g else g["momentum"] for g in optimizer.param_groups])
        optimizer.step()
        if epoch < steps - 1:
            scheduler.step(*([metrics[epoch]] if metrics else []))
    return {"rates": rates, "momenta": momenta, "last": scheduler.get_last_lr()}


def state(scheduler):
    keep = lambda v: v is None or isinstance(v, (bool, int, float, str)) or isinstance(v, list) and all(map(keep, v))
    return {k: v for k, v in scheduler.state_dict().items() if keep(v)}


cases = []
for number, (name, kwargs) in enumerate(SCHEDULES):
    for which in ("SGD", "Adam"):
        optimizer = optimizers()[which]
        scheduler = getattr(S, name)(optimizer, **kwargs)
        cases.append({"name": f"{name} {number} {which}", "scheduler": name, "optimizer": which, "kwargs": kwargs, **trace(scheduler, optimizer), "state": state(scheduler)})

optimizer = optimizers()["SGD"]
metrics = [1.0, 0.9, 0.95, 0.91, 0.92, 0.93, 0.5, 0.5, 0.5, 0.5, 0.5, 0.49, 0.6, 0.6, 0.6, 0.6, 0.2, 0.3, 0.3, 0.3]
for number, kwargs in enumerate([dict(patience=2, factor=0.5), dict(patience=1, cooldown=2, min_lr=[0.01, 0.02], threshold=0.1, threshold_mode="abs"), dict(mode="max", patience=1, factor=0.3)]):
    optimizer = optimizers()["SGD"]
    scheduler = S.ReduceLROnPlateau(optimizer, **kwargs)
    cases.append({"name": f"ReduceLROnPlateau {number}", "scheduler": "ReduceLROnPlateau", "optimizer": "SGD", "kwargs": kwargs, "metrics": metrics, **trace(scheduler, optimizer, metrics=metrics), "state": state(scheduler)})

# Closed forms: steps to a given epoch.
for name, kwargs in [s for s in SCHEDULES if s[0] in ("StepLR", "MultiStepLR", "ConstantLR", "LinearLR", "ExponentialLR", "PolynomialLR", "CosineAnnealingLR", "CosineAnnealingWarmRestarts")]:
    optimizer = optimizers()["SGD"]
    scheduler = getattr(S, name)(optimizer, **kwargs)
    rates = []
    for epoch in (3, 0, 7, 5, 11):
        optimizer.step()
        scheduler.step(epoch)
        rates.append([g["lr"] for g in optimizer.param_groups])
    cases.append({"name": f"{name} {kwargs} to epochs", "scheduler": name, "optimizer": "SGD", "kwargs": kwargs, "epochs": [3, 0, 7, 5, 11], "rates": rates})
save(__file__, cases, "torch", "schedules.json")

# Schedules made of schedules, written out here and in the test alike.
cases = []
optimizer = optimizers()["SGD"]
sequential = S.SequentialLR(optimizer, [S.ConstantLR(optimizer, factor=0.1, total_iters=2), S.ExponentialLR(optimizer, gamma=0.9), S.StepLR(optimizer, 2)], milestones=[4, 9])
cases.append({"name": "SequentialLR", **trace(sequential, optimizer)})
optimizer = optimizers()["SGD"]
chained = S.ChainedScheduler([S.ConstantLR(optimizer, factor=0.1, total_iters=2), S.ExponentialLR(optimizer, gamma=0.9)])
cases.append({"name": "ChainedScheduler", **trace(chained, optimizer)})
optimizer = optimizers()["SGD"]
cases.append({"name": "LambdaLR", **trace(S.LambdaLR(optimizer, [lambda e: 0.95**e, lambda e: 1 / (e + 1)]), optimizer)})
optimizer = optimizers()["SGD"]
cases.append({"name": "MultiplicativeLR", **trace(S.MultiplicativeLR(optimizer, lambda e: 0.95), optimizer)})
optimizer = optimizers()["SGD"]
cases.append({"name": "SWALR", **trace(torch.optim.swa_utils.SWALR(optimizer, swa_lr=0.05, anneal_epochs=5), optimizer)})
save(__file__, cases, "torch", "combined.json")
