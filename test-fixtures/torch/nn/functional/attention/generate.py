import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
o = lambda *s: torch.ones(s)
i = lambda *v: torch.tensor(v)

q, k, v = t(2, 3, 4, seed=1), t(2, 5, 4, seed=2), t(2, 5, 6, seed=3)
q4, k4, v4 = (t(2, 4, 3, 4, seed=s, dtype=D) for s in (1, 2, 3))
mask = torch.tensor([[1, 0, 1, 1, 0], [0, 1, 1, 0, 1], [0, 0, 0, 0, 0]]).bool()
sdpa = "scaled_dot_product_attention"
cases = [
    call(sdpa, q, k, v), call(sdpa, q, k, v, mask), call(sdpa, q, k, v, t(3, 5, seed=4)), call(sdpa, q, k, v, t(2, 3, 5, seed=4), scale=0.3), call(sdpa, q4, k4, v4, is_causal=True),
    call(sdpa, q4, k4, v4, t(2, 1, 3, 3, seed=4, dtype=D)), call(sdpa, t(4, 5, seed=1), t(3, 5, seed=2), t(3, 2, seed=3), is_causal=True), call(sdpa, q4, t(1, 4, 5, 4, seed=2, dtype=D), t(2, 1, 5, 3, seed=3, dtype=D)),
    call(sdpa, t(1, 4, 3, 4, seed=1, dtype=D), t(1, 2, 5, 4, seed=2, dtype=D), t(1, 2, 5, 4, seed=3, dtype=D), enable_gqa=True),
    call(sdpa, t(1, 4, 3, 4, seed=1, dtype=D), t(1, 2, 5, 4, seed=2, dtype=D), t(1, 2, 5, 4, seed=3, dtype=D), t(1, 4, 3, 5, seed=4, dtype=D), enable_gqa=True),
]
E_, H = 6, 3
mha = "multi_head_attention_forward"
def weights_(d=torch.float32, kd=E_, vd=E_):
    return dict(w=t(3 * E_, E_, seed=11, dtype=d), b=t(3 * E_, seed=12, dtype=d), o=t(E_, E_, seed=13, dtype=d), ob=t(E_, seed=14, dtype=d))
w = weights_()
x, y = t(4, 2, E_, seed=1), t(5, 2, E_, seed=2)
pad = torch.tensor([[False, True, False, False, True], [False, False, False, True, False]])
for need in (True, False):
    # Every argument is a leaf of its own, as the test makes them.
    own = lambda v: v.detach().clone().requires_grad_()
    cases += [
        call(mha, x, own(x), own(x), E_, H, w["w"], w["b"], None, None, False, 0.0, w["o"], w["ob"], need_weights=need, _name=f"mha self need_weights={need}"),
        call(mha, x, y, own(y), E_, H, w["w"], w["b"], None, None, False, 0.0, w["o"], w["ob"], True, pad, need, average_attn_weights=False, _name=f"mha cross padding need_weights={need}"),
        call(mha, x, y, own(y), E_, H, w["w"], w["b"], t(1, 1, E_, seed=15), t(1, 1, E_, seed=16), True, 0.0, w["o"], w["ob"], True, pad, need, t(4, 5, seed=17, grad=False), _name=f"mha bias_k zero_attn mask need_weights={need}"),
        call(mha, x, y, t(5, 2, 3, seed=3), E_, H, None, None, None, None, False, 0.0, w["o"], None, need_weights=need, use_separate_proj_weight=True,
             q_proj_weight=t(E_, E_, seed=4), k_proj_weight=t(E_, E_, seed=5), v_proj_weight=t(E_, 3, seed=6), _name=f"mha separate need_weights={need}"),
        call(mha, t(4, E_, seed=1), t(5, E_, seed=2), t(5, E_, seed=3), E_, H, w["w"], w["b"], None, None, False, 0.0, w["o"], w["ob"], need_weights=need, attn_mask=torch.ones(4, 5).triu(1).bool(), _name=f"mha unbatched need_weights={need}"),
        call(mha, x, own(x), own(x), E_, H, w["w"], w["b"], None, None, False, 0.0, w["o"], w["ob"], need_weights=need, attn_mask=torch.ones(4, 4).triu(1).bool(), is_causal=True, _name=f"mha causal need_weights={need}"),
        call(mha, x, y, own(y), E_, H, w["w"], w["b"], None, None, False, 0.0, w["o"], w["ob"], need_weights=need, attn_mask=t(6, 4, 5, seed=18, grad=False), _name=f"mha 3d mask need_weights={need}"),
    ]
cases += [
    call(sdpa, q, k, v, dropout_p=0.3, _seed=5), call(sdpa, q4, k4, v4, dropout_p=0.5, _seed=6),
    call(mha, t(4, 2, E_, seed=1), y, t(5, 2, E_, seed=3), E_, H, w["w"], w["b"], None, None, False, 0.4, w["o"], w["ob"], _seed=7, _name="mha dropout"),
    call(mha, t(4, 2, E_, seed=1), y, t(5, 2, E_, seed=3), E_, H, w["w"], w["b"], None, None, False, 0.4, w["o"], w["ob"], need_weights=False, _seed=8, _name="mha dropout without weights"),
]
R = o
errors = [
    (sdpa, [R(2, 3, 4), R(2, 5, 3), R(2, 5, 6)], {}), (sdpa, [R(4), R(4), R(4)], {}), (sdpa, [R(2, 3, 4), R(2, 5, 4), R(2, 6, 6)], {}), (sdpa, [R(2, 3, 4), R(2, 5, 4), R(2, 5, 6), R(3, 5)], {"is_causal": True}),
    (sdpa, [R(2, 3, 4), R(2, 5, 4), R(2, 5, 6), R(3, 5).double()], {}), (sdpa, [R(2, 3, 4), R(2, 5, 4), R(2, 5, 6), R(3, 5).long()], {}), (sdpa, [R(2, 3, 4), R(2, 5, 4).double(), R(2, 5, 6)], {}),
    (sdpa, [R(1, 4, 3, 4), R(1, 2, 5, 4), R(1, 2, 5, 4)], {}), (sdpa, [R(1, 4, 3, 4), R(1, 3, 5, 4), R(1, 3, 5, 4)], {"enable_gqa": True}),
]
cases += [call(fn, *args, **kwargs) for fn, args, kwargs in errors]
def bad(**kw):
    a = dict(query=o(4, 2, 6), key=o(5, 2, 6), value=o(5, 2, 6), embed_dim_to_check=6, num_heads=3, in_proj_weight=o(18, 6), in_proj_bias=None, bias_k=None, bias_v=None,
             add_zero_attn=False, dropout_p=0.0, out_proj_weight=o(6, 6), out_proj_bias=None)
    return call(mha, _name=f"mha error {sorted(kw)}", **{**a, **kw})
cases += [
    bad(embed_dim_to_check=5), bad(num_heads=4), bad(query=o(6)), bad(key=o(5, 6)), bad(attn_mask=o(4, 4).bool()), bad(attn_mask=o(3, 4, 5).bool()), bad(key_padding_mask=o(2, 4).bool()),
    bad(bias_k=o(1, 1, 6)), bad(in_proj_weight=None), bad(value=o(4, 2, 6)), bad(is_causal=True), bad(attn_mask=o(4, 5).long()), bad(use_separate_proj_weight=True, q_proj_weight=o(6, 6)),
    bad(key_padding_mask=o(5).bool()),
]
cases += samples(sdpa, most=8, largest=600, skip=lambda s: s.kwargs.get("dropout_p", 0) > 0)
save(__file__, cases, "torch")

