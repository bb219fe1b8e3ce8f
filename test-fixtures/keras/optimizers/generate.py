"""Steps of every optimizer of Keras with its options, what it keeps, its config; learning rate schedules."""

import pathlib
import sys

import keras

# After Keras, which would take folders of fixtures for packages.
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import numpy as np
from fixtures import distinct, save

O = keras.optimizers
cases = []
START = [distinct((2, 3), 1, np.float32, -2, 2), distinct((3,), 2, np.float32, -2, 2)]
GRADS = [[distinct((2, 3), 10 + i, np.float32, -2, 2), distinct((3,), 40 + i, np.float32, -2, 2)] for i in range(6)]
save(__file__, [{"name": "inputs", "start": START, "grads": GRADS}], "keras", "inputs.json")


class Rate:
    pass


RUNS = [
    ("SGD", {}),
    ("SGD", {"learning_rate": 0.1, "momentum": 0.9}),
    ("SGD", {"learning_rate": 0.1, "momentum": 0.8, "nesterov": True}),
    ("SGD", {"learning_rate": 0.05, "weight_decay": 0.1}),
    ("SGD", {"learning_rate": 0.05, "clipnorm": 0.7}),
    ("SGD", {"learning_rate": 0.05, "clipvalue": 0.5}),
    ("SGD", {"learning_rate": 0.05, "global_clipnorm": 0.9}),
    ("SGD", {"learning_rate": 0.05, "use_ema": True, "ema_momentum": 0.7}),
    ("SGD", {"learning_rate": 0.05, "use_ema": True, "ema_momentum": 0.7, "ema_overwrite_frequency": 2}),
    ("SGD", {"learning_rate": 0.05, "momentum": 0.5, "gradient_accumulation_steps": 3}),
    ("SGD", {"learning_rate": 0.05, "loss_scale_factor": 4.0}),
    ("RMSprop", {"learning_rate": 0.01}),
    ("RMSprop", {"learning_rate": 0.01, "rho": 0.8, "momentum": 0.6, "centered": True}),
    ("RMSprop", {"learning_rate": 0.01, "momentum": 0.6}),
    ("RMSprop", {"learning_rate": 0.01, "centered": True}),
    ("Adam", {"learning_rate": 0.02}),
    ("Adam", {"learning_rate": 0.02, "beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-3}),
    ("Adam", {"learning_rate": 0.02, "amsgrad": True}),
    ("Adam", {"learning_rate": 0.02, "gradient_accumulation_steps": 2, "clipnorm": 1.0}),
    ("AdamW", {"learning_rate": 0.02, "weight_decay": 0.05}),
    ("Nadam", {"learning_rate": 0.02}),
    ("Adamax", {"learning_rate": 0.02}),
    ("Adadelta", {"learning_rate": 0.5}),
    ("Adagrad", {"learning_rate": 0.1}),
    ("Adagrad", {"learning_rate": 0.1, "initial_accumulator_value": 0.3}),
    ("Adafactor", {"learning_rate": 0.1}),
    ("Adafactor", {"learning_rate": 0.1, "relative_step": False, "clip_threshold": 0.5}),
    ("Ftrl", {"learning_rate": 0.1}),
    ("Ftrl", {"learning_rate": 0.1, "l1_regularization_strength": 0.2, "l2_regularization_strength": 0.1, "l2_shrinkage_regularization_strength": 0.05, "beta": 0.3, "learning_rate_power": -0.4}),
    ("Lion", {"learning_rate": 0.01}),
    ("Lamb", {"learning_rate": 0.05}),
    ("Muon", {"learning_rate": 0.02}),
    ("Muon", {"learning_rate": 0.02, "nesterov": False, "rms_rate": None, "exclude_layers": ["b"]}),
    ("ScheduleFreeAdamW", {"learning_rate": 0.05, "warmup_steps": 3}),
]
for name, options in RUNS:
    keras.utils.clear_session()
    w = [keras.Variable(v, name=n) for v, n in zip(START, "wb")]
    o = getattr(O, name)(**options)
    after = []
    for g in GRADS:
        o.apply([keras.ops.convert_to_tensor(x) for x in g], w)
        after.append([v.numpy() for v in w])
    o.finalize_variable_values(w)
    cases.append({"name": f"{name} {options}", "optimizer": name, "options": options, "after": after, "final": [v.numpy() for v in w], "variables": [{"path": v.path, "value": v.numpy()} for v in o.variables], "config": o.get_config()})

keras.utils.clear_session()
w = [keras.Variable(v, name=n) for v, n in zip(START, "wb")]
w[0].constraint = keras.constraints.NonNeg()
o = O.SGD(O.schedules.ExponentialDecay(0.1, 2, 0.5))
after = []
for g in GRADS:
    o.apply_gradients(zip([keras.ops.convert_to_tensor(x) for x in g], w))
    after.append([v.numpy() for v in w] + [float(o.learning_rate)])
cases.append({"name": "schedule and constraint", "kind": "schedule", "after": after, "variables": [v.path for v in o.variables]})

keras.utils.clear_session()
w = [keras.Variable(v, name=n) for v, n in zip(START, "wb")]
o = O.LossScaleOptimizer(O.SGD(0.1), initial_scale=8.0, dynamic_growth_steps=2)
after = []
for i, g in enumerate(GRADS):
    gs = [keras.ops.convert_to_tensor(x * (np.inf if i == 3 else 8.0)) for x in g]
    o.apply(gs, w)
    after.append([v.numpy() for v in w] + [float(o.dynamic_scale), int(o.step_counter)])
cases.append({"name": "loss scale", "kind": "loss scale", "after": after, "variables": [v.path for v in o.variables], "scaled": float(o.scale_loss(keras.ops.convert_to_tensor(1.5)))})

S = O.schedules
for make, args in [
    ("ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.6}),
    ("ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.6, "staircase": True}),
    ("InverseTimeDecay", {"initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.6}),
    ("InverseTimeDecay", {"initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.6, "staircase": True}),
    ("PolynomialDecay", {"initial_learning_rate": 0.1, "decay_steps": 10, "power": 2.0}),
    ("PolynomialDecay", {"initial_learning_rate": 0.1, "decay_steps": 10, "end_learning_rate": 0.01, "cycle": True}),
    ("PiecewiseConstantDecay", {"boundaries": [3, 8, 11], "values": [0.5, 0.4, 0.3, 0.2]}),
    ("CosineDecay", {"initial_learning_rate": 0.1, "decay_steps": 10, "alpha": 0.2}),
    ("CosineDecay", {"initial_learning_rate": 0.01, "decay_steps": 10, "warmup_target": 0.2, "warmup_steps": 4}),
    ("CosineDecayRestarts", {"initial_learning_rate": 0.1, "first_decay_steps": 4}),
    ("CosineDecayRestarts", {"initial_learning_rate": 0.1, "first_decay_steps": 4, "t_mul": 1.0, "m_mul": 0.8, "alpha": 0.1}),
]:
    s = getattr(S, make)(**args)
    cases.append({"name": f"{make} {args}", "schedule": make, "options": args, "values": [float(s(i)) for i in [0, 1, 2, 3, 5, 7, 8, 9, 11, 13, 20]], "config": s.get_config()})

for name, f in [
    ("two clips", lambda: O.SGD(clipnorm=1.0, clipvalue=1.0)),
    ("momentum", lambda: O.SGD(momentum=1.5)),
    ("unknown", lambda: O.Adam(lr=0.1)),
    ("steps", lambda: O.Adam(gradient_accumulation_steps=1)),
    ("ema", lambda: O.Adam(use_ema=True, ema_momentum=1.5)),
    ("identifier", lambda: O.get("adm")),
    ("learning rate", lambda: O.SGD("fast")),
    ("no gradient", lambda: O.SGD().apply([None], [keras.Variable([1.0])])),
    ("not built", lambda: O.SGD().apply([keras.ops.ones(1)])),
    ("decay steps", lambda: S.ExponentialDecay(0.1, 0, 0.5)),
    ("boundaries", lambda: S.PiecewiseConstantDecay([1, 2], [0.5, 0.1])),
    ("lion", lambda: O.Lion(beta_1=0.0)),
    ("ftrl", lambda: O.Ftrl(l1_regularization_strength=-1.0)),
    ("set scheduled", lambda: setattr(O.SGD(S.ExponentialDecay(0.1, 1, 0.5)), "learning_rate", 0.2)),
]:
    try:
        f()
        raise SystemExit(f"{name}: no error")
    except Exception as e:
        cases.append({"name": f"error {name}", "error": type(e).__name__, "message": str(e)})
save(__file__, cases, "keras")
