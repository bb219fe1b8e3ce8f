import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
o = lambda *s: torch.ones(s)
i = lambda *v: torch.tensor(v)

cases = [
    call("layer_norm", t(2, 3, 4, seed=1), (4,), t(4, seed=2), t(4, seed=3)),
    call("layer_norm", t(2, 3, 4, seed=1, dtype=D), (3, 4), t(3, 4, seed=2, dtype=D), None, 1e-3),
    call("layer_norm", t(2, 5, seed=1), (5,)),
    call("layer_norm", t(2, 4, seed=1, dtype=torch.float16, grad=False), (4,)),
    call("rms_norm", t(2, 3, 4, seed=1), (4,), t(4, seed=2)),
    call("rms_norm", t(2, 3, 4, seed=1, dtype=D), (3, 4), None, 0.1),
    call("rms_norm", t(2, 4, seed=1, low=-1e-3, high=1e-3, dtype=torch.float16, grad=False), (4,)),
    call("rms_norm", t(2, 4, seed=1, low=-1e-3, high=1e-3), (4,)),
    call("group_norm", t(2, 6, 3, seed=1), 3, t(6, seed=2), t(6, seed=3)),
    call("group_norm", t(2, 4, 3, 2, seed=1, dtype=D), 2, None, None, 0.1),
    call("group_norm", t(3, 4, seed=1), 2),
    call("instance_norm", t(2, 3, 5, seed=1), weight=t(3, seed=2), bias=t(3, seed=3)),
    call("instance_norm", t(2, 3, 3, 2, seed=1, dtype=D), eps=0.1),
    call("instance_norm", t(2, 3, 4, seed=1), t(3, seed=2, grad=False), t(3, seed=3, low=0.2, grad=False), use_input_stats=False),
    call("batch_norm", t(4, 3, seed=1), None, None, t(3, seed=2), t(3, seed=3), True),
    call("batch_norm", t(2, 3, 4, 2, seed=1, dtype=D), None, None, None, None, True, eps=0.1),
    call("batch_norm", t(2, 3, 4, seed=1), t(3, seed=2, grad=False), t(3, seed=3, low=0.2, grad=False), t(3, seed=4), t(3, seed=5)),
    call("local_response_norm", t(2, 5, 3, seed=1), 3, 0.1, 0.6, 1.5),
    call("local_response_norm", t(2, 5, 3, 2, seed=1, dtype=D), 2, 0.5),
    call("local_response_norm", t(1, 4, 2, 2, 2, seed=1), 4),
    call("normalize", t(3, 4, seed=1)),
    call("normalize", t(3, 4, seed=1, dtype=D), 1.0, 0),
    call("normalize", t(3, 4, seed=1), 3.0, (0, 1), 10.0),
    call("normalize", t(3, 4, seed=1, dtype=torch.complex64)),
]
for training in (True, False):
    # What the running statistics become is part of the result.
    mean, var = t(3, seed=2, grad=False), t(3, seed=3, low=0.2, grad=False)
    given = [t(2, 3, 4, seed=1), mean.clone(), var.clone()]
    c = call("batch_norm", given[0], mean, var, training=training, momentum=0.3)
    cases.append({**c, "args": given, "after": [None, mean, var], "name": f"batch_norm running statistics training={training}"})
    mean, var = t(3, seed=2, grad=False), t(3, seed=3, low=0.2, grad=False)
    given = [t(2, 3, 4, seed=1), mean.clone(), var.clone()]
    c = call("instance_norm", given[0], mean, var, use_input_stats=training, momentum=0.3)
    cases.append({**c, "args": given, "after": [None, mean, var], "name": f"instance_norm running statistics use_input_stats={training}"})
errors = [
    ("layer_norm", [o(2, 3), (4,)], {}), ("layer_norm", [o(2, 3), (3,), o(2)], {}), ("layer_norm", [o(2, 3), (3,), o(3), o(2)], {}),
    ("layer_norm", [o(2, 3), ()], {}), ("layer_norm", [o(2, 3).long(), (3,)], {}), ("layer_norm", [o(2, 3), 3], {}),
    ("layer_norm", [o(2, 3), (3,), o(3).double()], {}), ("rms_norm", [o(2, 3), (4,)], {}), ("rms_norm", [o(2, 3), (3,), o(2)], {}),
    ("rms_norm", [o(2, 3).long(), (3,)], {}), ("group_norm", [o(2, 3), 2], {}), ("group_norm", [o(2, 4, 3), 2, o(3)], {}),
    ("group_norm", [o(2), 2], {}), ("group_norm", [o(1, 2), 2], {}), ("group_norm", [o(2, 4, 2).long(), 2], {}),
    ("instance_norm", [o(2, 3, 1)], {}), ("instance_norm", [o(2, 3)], {}), ("instance_norm", [o(2, 3, 4)], {"weight": o(4)}),
    ("instance_norm", [o(2, 3, 4), o(2), o(3)], {}), ("instance_norm", [o(2, 3, 4)], {"use_input_stats": False}),
    ("batch_norm", [o(1, 3), o(3), o(3)], {"training": True}), ("batch_norm", [o(2, 3), o(2), o(3)], {}), ("batch_norm", [o(2, 3), None, None], {}),
    ("batch_norm", [o(2, 3), o(3), o(3), o(2)], {}), ("batch_norm", [o(2, 3), o(3), o(3), o(3), o(2)], {}), ("batch_norm", [o(2, 3).long(), o(3), o(3)], {}),
    ("batch_norm", [o(3), o(3), o(3)], {}), ("batch_norm", [o(2, 3), o(3), o(3)], {"eps": -1}), ("batch_norm", [o(2, 3), o(3), o(3)], {"eps": 0, "training": True}),
    ("local_response_norm", [o(2, 3), 2], {}), ("normalize", [o(2, 3)], {"dim": 2}),
]
cases += [call(fn, *args, **kwargs) for fn, args, kwargs in errors]
save(__file__, cases, "torch")

