"""tf.contrib.seq2seq restated in NumPy from the documentation of TensorFlow 1.15 and TensorFlow Addons: TensorFlow 2.21 has none of it.

Weights stand in the cases by the names of their variables; the test gives them to the graph that it builds.

    python test-fixtures/tf/v1/seq2seq/generate.py
"""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))

import numpy as np  # noqa: E402

from fixtures import distinct, save  # noqa: E402

F = np.float32


def f(shape, seed, low=-1.0, high=1.0):
    return distinct(shape, seed, F, low, high)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def log_softmax(x):
    return x - x.max(-1, keepdims=True) - np.log(np.exp(x - x.max(-1, keepdims=True)).sum(-1, keepdims=True))


# A plain recurrent cell: tanh([x, h]·kernel + bias).
UNITS, CLASSES, DEPTH, BATCH = 4, 6, 3, 2
CELL = "decoder/basic_rnn_cell/"
weights = {CELL + "kernel": f((DEPTH + UNITS, UNITS), 1), CELL + "bias": f((UNITS,), 2, -0.3, 0.3), "decoder/dense/kernel": f((UNITS, CLASSES), 3, -2, 2), "decoder/dense/bias": f((CLASSES,), 4, -0.5, 0.5)}
emb = f((CLASSES, DEPTH), 5, -2, 2)


def step(w, x, h, cell=CELL):
    return np.tanh(np.concatenate([x, h], -1) @ w[cell + "kernel"] + w[cell + "bias"])


def logits_of(w, h):
    return h @ w["decoder/dense/kernel"] + w["decoder/dense/bias"]


cases = []

# Training: the true inputs, each row to its length.
x = f((BATCH, 3, DEPTH), 6)
lengths = np.array([3, 2], np.int32)
for impute in (False, True):
    h = np.zeros((BATCH, UNITS), F)
    outs = []
    for t in range(3):
        new = step(weights, x[:, t], h)
        y = logits_of(weights, new)
        done = t >= lengths
        if impute:
            y = np.where(done[:, None], 0, y)
            new = np.where(done[:, None], h, new)
        h = new
        outs.append(y)
    cases.append({"name": f"training impute={impute}", "kind": "training", "impute": impute, "weights": weights, "x": x, "lengths": lengths,
                  "out": {"rnn_output": np.stack(outs, 1).astype(F), "lengths": lengths, "state": h.astype(F)}})

# Greedy: what was said is fed again until the end token.
for end, limit in [(0, 5), (3, 7)]:
    start = np.array([1, 2])
    ids, h, inp = [], np.zeros((BATCH, UNITS), F), emb[start]
    finished, ln = np.zeros(BATCH, bool), np.zeros(BATCH, np.int32)
    t = 0
    while not finished.all():
        h = step(weights, inp, h)
        said = logits_of(weights, h).argmax(-1)
        ids.append(said)
        ln = np.where(finished, ln, t + 1)
        own = said == end
        inp = emb[start] if own.all() else emb[said]
        finished = finished | own
        t += 1
        if t >= limit:
            finished[:] = True
    cases.append({"name": f"greedy end={end}", "kind": "greedy", "weights": weights, "embedding": emb, "start": start.astype(np.int32), "end": end, "limit": limit,
                  "out": {"sample_id": np.stack(ids, 1).astype(np.int32), "lengths": ln}})

# Attention: Luong's and Bahdanau's, plain and scaled or normalized.
MEM, LAYER = 5, 3
memory = f((BATCH, MEM, 3), 7)
mem_len = np.array([5, 3], np.int32)
mask = np.arange(MEM)[None] < mem_len[:, None]
for kind, flag in [("luong", False), ("luong", True), ("bahdanau", False), ("bahdanau", True)]:
    A = "decoder/attention_wrapper/"
    w = {A + "basic_rnn_cell/kernel": f((DEPTH + LAYER + UNITS, UNITS), 11), A + "basic_rnn_cell/bias": f((UNITS,), 12), "memory_layer/kernel": f((3, UNITS), 13), A + "attention_layer/kernel": f((UNITS + 3, LAYER), 14),
         "decoder/dense/kernel": f((LAYER, CLASSES), 15), "decoder/dense/bias": f((CLASSES,), 16)}
    S = A + f"{kind}_attention/"
    if kind == "luong" and flag:
        w[S + "attention_g"] = F(0.7)
    if kind == "bahdanau":
        w[S + "query_layer/kernel"] = f((UNITS, UNITS), 17)
        w[S + "attention_v"] = f((UNITS,), 18)
        if flag:
            w[S + "attention_g"] = F(0.9)
            w[S + "attention_b"] = f((UNITS,), 19)
    values = memory * mask[..., None]
    keys = values @ w["memory_layer/kernel"]
    h, att = np.zeros((BATCH, UNITS), F), np.zeros((BATCH, LAYER), F)
    outs, aligned = [], []
    for t in range(3):
        h = step(w, np.concatenate([x[:, t], att], -1), h, A + "basic_rnn_cell/")
        if kind == "luong":
            score = np.einsum("bd,bmd->bm", h, keys) * (w[S + "attention_g"] if flag else 1)
        else:
            q = (h @ w[S + "query_layer/kernel"])[:, None]
            v = w[S + "attention_v"]
            if flag:
                v = w[S + "attention_g"] * v / np.sqrt((v ** 2).sum())
                score = (v * np.tanh(keys + q + w[S + "attention_b"])).sum(-1)
            else:
                score = (v * np.tanh(keys + q)).sum(-1)
        a = softmax(np.where(mask, score, -np.inf))
        context = np.einsum("bm,bmd->bd", a, values)
        att = np.concatenate([h, context], -1) @ w[A + "attention_layer/kernel"]
        outs.append(logits_of(w, att))
        aligned.append(a)
    cases.append({"name": f"attention {kind} {flag}", "kind": "attention", "mechanism": kind, "flag": flag, "weights": w, "x": x, "lengths": np.array([3, 3], np.int32), "memory": memory, "memory_lengths": mem_len,
                  "out": {"rnn_output": np.stack(outs, 1).astype(F), "alignments": np.stack(aligned, 0).astype(F), "cell_state": h.astype(F)}})


# Beam search, written sentence by sentence instead of by tables.
def beam(width, end, limit, penalty):
    start = np.array([1, 2])
    out_ids, out_scores, out_len = [], [], []
    for b in range(BATCH):
        beams = [dict(ids=[], logp=0.0, len=0, done=False, h=np.zeros(UNITS, F), inp=emb[start[b]])] + [dict(ids=[], logp=-np.inf, len=0, done=True, h=np.zeros(UNITS, F), inp=emb[start[b]]) for _ in range(width - 1)]
        scores = []
        for t in range(limit):
            options = []
            for i, q in enumerate(beams):
                h = step(weights, q["inp"][None], q["h"][None])[0]
                lp = log_softmax(logits_of(weights, h[None]))[0]
                if q["done"]:
                    lp = np.where(np.arange(CLASSES) == end, 0.0, np.finfo(F).min)
                for c in range(CLASSES):
                    n = q["len"] + (0 if q["done"] or c == end else 1)
                    total = q["logp"] + lp[c]
                    options.append((total / (((5 + n) / 6) ** penalty), i, c, total, h))
            order = sorted(range(len(options)), key=lambda k: (-options[k][0], k))[:width]
            following = []
            for k in order:
                s, i, c, total, h = options[k]
                q = beams[i]
                following.append(dict(ids=q["ids"] + [c], logp=total, len=q["len"] + (0 if q["done"] else 1), done=q["done"] or c == end, h=h, inp=emb[c]))
            beams = following
            scores.append([options[k][0] for k in order])
        out_ids.append([q["ids"] for q in beams])
        out_scores.append(scores)
        out_len.append([q["len"] for q in beams])
    return np.array(out_ids), np.array(out_scores, F), np.array(out_len)


for width, end, limit, penalty in [(3, 0, 4, 0.0), (2, 5, 5, 0.6), (4, 3, 6, 1.0)]:
    ids, scores, ln = beam(width, end, limit, penalty)
    # Words behind the first end are the end.
    after = np.cumsum(ids == end, -1) - (ids == end) > 0
    ids = np.where(after, end, ids)
    cases.append({"name": f"beam width={width} end={end} penalty={penalty}", "kind": "beam", "weights": weights, "embedding": emb, "start": np.array([1, 2], np.int32), "end": end, "width": width, "limit": limit, "penalty": penalty,
                  "out": {"predicted_ids": np.transpose(ids, (0, 2, 1)).astype(np.int32), "scores": scores, "lengths": ln.astype(np.int64)}})

# Losses of sequences.
logits = f((2, 3, 4), 21, -2, 2)
targets = np.array([[0, 3, 1], [2, 2, 0]], np.int32)
ws = np.array([[1, 1, 0.5], [1, 0.25, 0]], F)
ce = -np.take_along_axis(log_softmax(logits), targets[..., None], -1)[..., 0] * ws
for steps, rows in [(True, True), (True, False), (False, True), (False, False)]:
    out = ce.sum() / (ws.sum() + 1e-12) if steps and rows else ce.sum(1) / (ws.sum(1) + 1e-12) if steps else ce.sum(0) / (ws.sum(0) + 1e-12) if rows else ce
    cases.append({"name": f"sequence_loss {steps} {rows}", "kind": "loss", "logits": logits, "targets": targets, "ws": ws, "steps": steps, "rows": rows, "out": {"loss": np.asarray(out, F)}})
save(__file__, cases, "numpy")
