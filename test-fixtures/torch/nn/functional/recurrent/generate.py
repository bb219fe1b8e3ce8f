import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
o = lambda *s: torch.ones(s)
i = lambda *v: torch.tensor(v)

def weights_(gates, inp, hid, layers, directions, bias, proj=0, d=torch.float32):
    out, seed = [], 20
    for layer in range(layers):
        for _ in range(directions):
            width = inp if layer == 0 else (proj or hid) * directions
            shapes = [(gates * hid, width), (gates * hid, proj or hid)] + ([(gates * hid,)] * 2 if bias else []) + ([(proj, hid)] if proj else [])
            for s in shapes:
                out.append(t(*s, seed=seed, dtype=d))
                seed += 1
    return out
GATES = {"rnn_tanh": 1, "rnn_relu": 1, "lstm": 4, "gru": 3}
cases = []
for kind, gates in GATES.items():
    for layers, directions, bias, first, d in ((1, 1, True, False, torch.float32), (2, 2, True, False, D), (1, 1, False, True, torch.float32)):
        h = t(layers * directions, 2, 3, seed=2, dtype=d)
        hx = (h, t(layers * directions, 2, 3, seed=3, dtype=d)) if kind == "lstm" else h
        x = t(2, 4, 2, seed=1, dtype=d) if first else t(4, 2, 2, seed=1, dtype=d)
        cases.append(call(kind, x, hx, weights_(gates, 2, 3, layers, directions, bias, d=d), bias, layers, 0.0, True, directions == 2, first, _of=torch, _name=f"{kind} layers={layers} directions={directions} bias={bias} batch_first={first}"))
    h = t(2, 3, 3, seed=2)
    hx = (h, t(2, 3, 3, seed=3)) if kind == "lstm" else h
    cases.append(call(kind, t(6, 2, seed=1), ints(3, 2, 1), hx, weights_(gates, 2, 3, 1, 2, True), True, 1, 0.0, True, True, _of=torch, _name=f"{kind} packed bidirectional"))
    state = (t(3, 4, seed=2), t(3, 4, seed=3)) if kind == "lstm" else t(3, 4, seed=2)
    cases.append(call(f"{kind}_cell", t(3, 2, seed=1), state, *weights_(gates, 2, 4, 1, 1, True), _of=torch, _name=f"{kind}_cell"))
    cases.append(call(f"{kind}_cell", t(3, 2, seed=1, dtype=D), (t(3, 4, seed=2, dtype=D), t(3, 4, seed=3, dtype=D)) if kind == "lstm" else t(3, 4, seed=2, dtype=D), *weights_(gates, 2, 4, 1, 1, False, d=D), _of=torch, _name=f"{kind}_cell no bias"))
cases.append(call("lstm", t(4, 2, 2, seed=1, dtype=D), (t(4, 2, 2, seed=2, dtype=D), t(4, 2, 3, seed=3, dtype=D)), weights_(4, 2, 3, 2, 2, True, 2, D), True, 2, 0.0, True, True, False, _of=torch, _name="lstm projection"))
cases.append(call("gru", t(4, 2, 2, seed=1), t(2, 2, 3, seed=2), weights_(3, 2, 3, 2, 1, True), True, 2, 0.5, True, False, False, _of=torch, _name="gru dropout", _seed=11))
cases.append(call("lstm", t(5, 2, seed=1), ints(3, 2), (t(2, 3, 3, seed=2), t(2, 3, 3, seed=3)), weights_(4, 2, 3, 2, 1, True), True, 2, 0.5, True, False, _of=torch, _name="lstm packed dropout", _seed=12))
for fn, args in (
    ("gru_cell", [o(1, 2), o(1, 3), o(9, 3), o(9, 3)]), ("gru_cell", [o(1, 2), o(1, 4), o(9, 2), o(9, 3)]), ("lstm_cell", [o(1, 2), (o(1, 3), o(1, 4)), o(12, 2), o(12, 3)]),
    ("rnn_tanh_cell", [o(2, 2), o(1, 3), o(3, 2), o(3, 3)]),
):
    cases.append(call(fn, *args, _of=torch))
save(__file__, cases, "torch")

