x = torch.arange(16.0).view(1, 1, 4, 4)
print(F.max_pool2d(x, 2), F.avg_pool2d(x, 2), F.adaptive_avg_pool2d(x, 1), F.max_pool2d(x, 3, stride=1, padding=1)[0, 0, 0], F.max_pool2d(x, 2, return_indices=True)[1])
# --
x = torch.arange(9.0).view(1, 1, 3, 3)
w = torch.ones(1, 1, 2, 2)
print(F.conv2d(x, w), F.conv2d(x, w, bias=torch.tensor([1.0]), stride=2, padding=1), F.conv_transpose2d(x, w).shape, F.unfold(x, 2).shape, F.fold(F.unfold(x, 2), (3, 3), 2))
# --
x = torch.arange(4.0).view(1, 1, 2, 2)
print(F.interpolate(x, scale_factor=2), F.interpolate(x, size=(3, 3), mode="bilinear", align_corners=True), F.interpolate(x, size=(4, 4), mode="bicubic", align_corners=False), F.pixel_shuffle(torch.arange(4.0).view(1, 4, 1, 1), 2), F.upsample(x, scale_factor=2) if False else F.pixel_unshuffle(x, 2).shape)
# --
x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
print(F.layer_norm(x, (3,)), F.batch_norm(x, torch.zeros(3), torch.ones(3), training=True), F.normalize(x, p=1, dim=1), F.instance_norm(x[None]), F.group_norm(x[..., None], 3), F.rms_norm(x, (3,)), F.local_response_norm(x[None], 2))
# --
e = torch.arange(8.0).view(4, 2)
print(F.embedding(torch.tensor([[0, 3], [1, 1]]), e), F.one_hot(torch.tensor([0, 2])), F.linear(e, torch.ones(1, 2), torch.tensor([0.5])), F.bilinear(e, e, torch.ones(1, 2, 2)), F.cosine_similarity(e, e.flip(0)), F.glu(e))
# --
torch.manual_seed(0)
x = torch.ones(2, 5)
print(F.dropout(x, 0.5), F.dropout(x, 0.5, training=False), F.alpha_dropout(x, 0.3), F.dropout1d(x.view(1, 2, 5), 0.5), F.rrelu(torch.tensor([-1.0, 2.0]), training=True), F.gumbel_softmax(x, hard=True))
# --
x = torch.tensor([-2.0, -0.5, 0.0, 0.5, 2.0])
print(F.relu6(x * 4), F.hardtanh(x), F.hardsigmoid(x), F.hardswish(x), F.selu(x), F.celu(x), F.mish(x), F.softsign(x), F.tanhshrink(x), F.hardshrink(x), F.softshrink(x), F.threshold(x, 0.1, 20), F.logsigmoid(x), F.prelu(x, torch.tensor([0.25])), F.gelu(x, approximate="tanh"))
# --
a = torch.tensor([0.2, 0.7, 0.9])
t = torch.tensor([0.0, 1.0, 1.0])
print(F.binary_cross_entropy(a, t), F.mse_loss(a, t, reduction="none"), F.poisson_nll_loss(a, t), F.gaussian_nll_loss(a, t, torch.ones(3)), F.hinge_embedding_loss(a, torch.tensor([1, -1, 1])), F.soft_margin_loss(a, torch.tensor([1.0, -1, 1])), F.margin_ranking_loss(a, t, torch.ones(3)), F.cosine_embedding_loss(a[None], t[None], torch.ones(1)), F.triplet_margin_loss(a[None], t[None], -t[None]), F.l1_loss(a, t))
# --
logits = torch.tensor([[2.0, 1.0, 0.1], [0.5, 2.5, 0.3]])
y = torch.tensor([0, 2])
print(F.cross_entropy(logits, y, weight=torch.tensor([1.0, 2.0, 3.0])), F.cross_entropy(logits, y, label_smoothing=0.1), F.cross_entropy(logits, torch.tensor([0, -100])), F.cross_entropy(logits, logits.softmax(1)), F.multi_margin_loss(logits, y), F.multilabel_soft_margin_loss(logits, (logits > 1).float()), F.nll_loss(logits, y, reduction="sum"))
# --
q = torch.arange(8.0).view(1, 2, 4) / 10
print(F.scaled_dot_product_attention(q, q, q), F.scaled_dot_product_attention(q, q, q, is_causal=True))
mask = torch.triu(torch.ones(2, 2), diagonal=1).bool()
s = (q @ q.transpose(-2, -1)) / 4 ** 0.5
print(s.masked_fill(mask, float("-inf")).softmax(-1))
# --
m = nn.BatchNorm1d(2)
x = torch.tensor([[1.0, 2.0], [3.0, 6.0]])
print(m(x), m.running_mean, m.running_var, m.num_batches_tracked)
m.eval()
print(m(x), m.training)
# --
g = torch.tensor([[[[0.0, 0.0], [0.5, -0.5]]]])
x = torch.arange(9.0).view(1, 1, 3, 3)
print(F.grid_sample(x, g, align_corners=False), F.affine_grid(torch.tensor([[[1.0, 0, 0], [0, 1, 0]]]), (1, 1, 2, 2), align_corners=True))
# --
log_probs = torch.tensor([[[0.1, 0.6, 0.3]], [[0.2, 0.5, 0.3]], [[0.3, 0.3, 0.4]]]).log()
print(F.ctc_loss(log_probs, torch.tensor([[1, 2]]), torch.tensor([3]), torch.tensor([2])))
# --
torch.manual_seed(0)
lstm = nn.LSTM(2, 3, batch_first=True)
out, (h, c) = lstm(torch.ones(1, 2, 2))
print(out, h.shape, c)
# --
torch.manual_seed(0)
emb = nn.Embedding(5, 3)
print(emb(torch.tensor([1, 4])), emb.weight.shape, nn.EmbeddingBag(4, 2, mode="sum")(torch.tensor([[0, 1]])).shape)
# --
torch.manual_seed(0)
att = nn.MultiheadAttention(4, 2, batch_first=True)
x = torch.ones(1, 3, 4)
o, w = att(x, x, x)
print(o, w)
