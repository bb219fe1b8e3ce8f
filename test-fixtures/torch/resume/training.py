"""The training that the resume fixtures interrupt: data, dropout and noise all come from the global generator."""

import torch
from torch import nn

S = torch.optim.lr_scheduler


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(6, 4)
        self.body = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Dropout(0.25), nn.Linear(6, 3))

    def forward(self, ids):
        return self.body(self.table(ids).mean(1))


OPTIMIZERS = {
    "sgd-step": (lambda m: torch.optim.SGD(m.parameters(), lr=0.1, momentum=0.9, nesterov=True), lambda o: S.StepLR(o, 2, gamma=0.5)),
    "adamw-onecycle": (lambda m: torch.optim.AdamW(m.parameters(), lr=0.01, amsgrad=True), lambda o: S.OneCycleLR(o, max_lr=0.05, total_steps=10)),
    "groups-cosine": (
        lambda m: torch.optim.Adam([{"params": m.table.parameters()}, {"params": m.body.parameters(), "lr": 0.02, "weight_decay": 0.1}], lr=0.05),
        lambda o: S.CosineAnnealingWarmRestarts(o, 2, 2),
    ),
    "rmsprop-plateau": (lambda m: torch.optim.RMSprop(m.parameters(), lr=0.01, momentum=0.5, centered=True), lambda o: S.ReduceLROnPlateau(o, patience=0, factor=0.5)),
    "nadam-sequential": (
        lambda m: torch.optim.NAdam(m.parameters(), lr=0.02),
        lambda o: S.SequentialLR(o, [S.LinearLR(o, 0.1, total_iters=2), S.ExponentialLR(o, 0.9)], [4]),
    ),
    "adafactor-chained": (lambda m: torch.optim.Adafactor(m.parameters(), lr=0.05), lambda o: S.ChainedScheduler([S.ConstantLR(o, 0.5, 4), S.PolynomialLR(o, 9, 2.0)])),
    "lbfgs-cyclic": (lambda m: torch.optim.LBFGS(m.parameters(), lr=0.5, max_iter=3, history_size=4), lambda o: S.CyclicLR(o, 0.1, 0.6, 2, cycle_momentum=False)),
    "radam-multistep": (lambda m: torch.optim.RAdam(m.parameters(), lr=0.05, decoupled_weight_decay=True, weight_decay=0.01), lambda o: S.MultiStepLR(o, [2, 5], 0.3)),
}


def step(model, optimizer, scheduler):
    """One step on a fresh batch; its loss before the step."""
    ids = torch.randint(0, 6, (5, 3))
    target = torch.randn(5, 3)
    line_search = isinstance(optimizer, torch.optim.LBFGS)
    state = torch.get_rng_state()

    def closure():
        # A line search evaluates one batch several times, with the same units dropped.
        if line_search:
            torch.set_rng_state(state)
        optimizer.zero_grad()
        loss = (model(ids) - target).pow(2).mean()
        loss.backward()
        return loss

    loss = optimizer.step(closure)
    plateau = isinstance(scheduler, S.ReduceLROnPlateau)
    scheduler.step(*([loss.item()] if plateau else []))
    return loss.item(), [float(g["lr"]) for g in optimizer.param_groups]


def start(name):
    torch.manual_seed(7)
    model = Net()
    make, schedule = OPTIMIZERS[name]
    optimizer = make(model)
    return model, optimizer, schedule(optimizer)


def checkpoint(model, optimizer, scheduler):
    return {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict(), "rng": torch.get_rng_state()}


def restore(saved, model, optimizer, scheduler):
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    scheduler.load_state_dict(saved["scheduler"])
    torch.set_rng_state(saved["rng"])
