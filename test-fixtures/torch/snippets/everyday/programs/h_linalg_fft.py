A = torch.tensor([[4.0, 1.0], [2.0, 3.0]])
b = torch.tensor([1.0, 2.0])
print(torch.linalg.solve(A, b), torch.linalg.inv(A), torch.linalg.det(A), torch.linalg.matrix_rank(A), torch.linalg.norm(A), torch.linalg.cond(A), torch.linalg.eigvals(A).real.round(), torch.trace(A))
# --
S = torch.tensor([[2.0, 1.0], [1.0, 3.0]])
L = torch.linalg.cholesky(S)
print(L, L @ L.T, torch.cholesky_solve(torch.ones(2, 1), L), torch.cholesky_inverse(L), torch.linalg.eigvalsh(S), torch.linalg.matrix_power(S, 3), torch.linalg.matrix_exp(S).round())
# --
A = torch.arange(6.0).view(3, 2)
U, s, Vh = torch.linalg.svd(A, full_matrices=False)
print(torch.dist(A, U @ torch.diag(s) @ Vh) < 1e-5, s, torch.linalg.svdvals(A), torch.linalg.pinv(A), torch.linalg.lstsq(A, torch.tensor([[1.0], [2.0], [0.0]])).solution)
# --
Q, R = torch.linalg.qr(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
print(Q.abs(), R.abs(), torch.linalg.matrix_norm(R), torch.linalg.vector_norm(R, 1), torch.linalg.norm(R, "nuc"), torch.linalg.norm(R, ord=1), torch.linalg.multi_dot([Q, R, Q]).shape)
# --
P, L, U = torch.linalg.lu(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
print(P, L, U, torch.linalg.lu_factor(torch.tensor([[1.0, 2.0], [3.0, 4.0]])))
# --
A = torch.tensor([[2.0, 0.0], [1.0, 3.0]])
print(torch.linalg.solve_triangular(A, torch.ones(2, 1), upper=False), torch.triangular_solve(torch.ones(2, 1), A, upper=False).solution, torch.linalg.tensorinv(torch.eye(4).view(2, 2, 2, 2), ind=2).shape, torch.linalg.diagonal(A), torch.linalg.cross(torch.tensor([1.0, 0, 0]), torch.tensor([0, 1.0, 0])))
# --
w, v = torch.linalg.eigh(torch.tensor([[2.0, 0.0], [0.0, 1.0]]))
print(w, v.abs(), torch.linalg.slogdet(torch.tensor([[2.0, 0.0], [0.0, -1.0]])), torch.logdet(torch.eye(2) * 3), torch.linalg.vecdot(torch.ones(2, 3), torch.ones(2, 3)), torch.linalg.householder_product(torch.eye(2), torch.ones(2)).abs())
# --
x = torch.tensor([1.0, 2.0, 3.0, 4.0])
z = torch.complex(x, -x)
print(torch.fft.fft(z), torch.fft.ifft(torch.fft.fft(z)), torch.fft.rfft(x[:3]), torch.fft.irfft(torch.fft.rfft(x)), torch.fft.fftfreq(4), torch.fft.rfftfreq(4, 0.5), torch.fft.fftshift(x), torch.fft.ifftshift(x))
# --
x = torch.arange(6.0).view(2, 3)
print(torch.fft.fft2(x), torch.fft.rfft2(x), torch.fft.fftn(x, norm="ortho"), torch.fft.hfft(torch.tensor([1, 2j])), torch.fft.fft(x, n=5).abs(), torch.fft.rfft(x.T, dim=0))
# --
a = torch.arange(24.0).view(2, 3, 4)
b = torch.arange(16.0).view(4, 4)
print((a @ b).shape, torch.einsum("bij,jk->bik", a, b).sum(), torch.einsum("...ij->...ji", a).shape, torch.einsum("bij,bkj->bik", a, a)[0], torch.tensordot(a, b, dims=([2], [0])).shape, torch.bmm(a, a.mT).shape)
# --
x = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
print(torch.pdist(x), torch.cdist(x, x), torch.cov(x.T), torch.corrcoef(x.T), x.T @ x, torch.linalg.matrix_rank(x), torch.pca_lowrank if False else 0)
# --
A = torch.tensor([[1.0, 2.0], [2.0, 4.0]])
print(torch.linalg.matrix_rank(A), torch.linalg.det(A), torch.linalg.inv_ex(A).info, torch.linalg.cholesky_ex(A).info, torch.linalg.pinv(A))
# --
x = torch.tensor([3.0, 4.0], requires_grad=True)
A = torch.tensor([[2.0, 1.0], [1.0, 3.0]], requires_grad=True)
torch.linalg.solve(A, x).sum().backward()
print(x.grad, A.grad)
A.grad = None
torch.logdet(A).backward()
print(A.grad)
A.grad = None
torch.linalg.eigvalsh(A)[0].backward()
print(A.grad)
# --
sig = torch.sin(torch.arange(16.0))
s = torch.stft(sig, n_fft=8, hop_length=4, window=torch.hann_window(8), return_complex=True)
print(s.shape, s.abs()[:, 0], torch.istft(s, n_fft=8, hop_length=4, window=torch.hann_window(8))[1:4])
# --
x = torch.tensor([1.0, 2.0, 3.0])
k = torch.tensor([0.0, 1.0, 0.5])
print(F.conv1d(x.view(1, 1, -1), k.view(1, 1, -1), padding=2).flatten(), F.conv1d(x.view(1, 1, 3), k.flip(0).view(1, 1, 3), padding="same"), F.conv_transpose1d(x.view(1, 1, 3), k.view(1, 1, 3)))
