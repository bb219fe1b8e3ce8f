// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

export const linalg = `BandedTriangularSolve|matrix:T rhs:T|output:T|lower:bool=true adjoint:bool=false T:type{$17}
BatchMatMul|x:T y:T|output:T|T:type{$18} adj_x:bool=false adj_y:bool=false grad_x:bool=false grad_y:bool=false
BatchMatMulV2|x:T y:T|output:T|T:type{$19} adj_x:bool=false adj_y:bool=false grad_x:bool=false grad_y:bool=false
BatchMatMulV3|x:Ta y:Tb|output:Tout|Ta:type{$20} Tb:type{$20} Tout:type{$21} adj_x:bool=false adj_y:bool=false grad_x:bool=false grad_y:bool=false
Cholesky|input:T|output:T|T:type{$17}
CholeskyGrad|l:T grad:T|output:T|T:type{$25}
Cross|a:T b:T|product:T|T:type{$31}
Eig|input:T|e:Tout v:Tout|compute_v:bool=true T:type{$39} Tout:type{$8}
Einsum|inputs:N*T|output:T|equation:string N:int>=1 T:type
FFT|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
FFT2D|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
FFT3D|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
FFTND|input:Tcomplex fft_length:int32 axes:int32|output:Tcomplex|Tcomplex:type{$8}=complex64
IFFT|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
IFFT2D|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
IFFT3D|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
IFFTND|input:Tcomplex fft_length:int32 axes:int32|output:Tcomplex|Tcomplex:type{$8}=complex64
IRFFT|input:Tcomplex fft_length:int32|output:Treal|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
IRFFT2D|input:Tcomplex fft_length:int32|output:Treal|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
IRFFT3D|input:Tcomplex fft_length:int32|output:Treal|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
IRFFTND|input:Tcomplex fft_length:int32 axes:int32|output:Treal|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
LogMatrixDeterminant|input:T|sign:T log_abs_determinant:T|T:type{$48}
Lu|input:T|lu:T p:output_idx_type|T:type{$17} output_idx_type:type{$7}=int32
MatMul|a:T b:T|product:T|transpose_a:bool=false transpose_b:bool=false T:type{$49} grad_a:bool=false grad_b:bool=false
MatrixBandPart|input:T num_lower:Tindex num_upper:Tindex|band:T|T:type Tindex:type{$7}=int64
MatrixDeterminant|input:T|output:T|T:type{$48}
MatrixDiag|diagonal:T|output:T|T:type
MatrixDiagPart|input:T|diagonal:T|T:type
MatrixDiagPartV2|input:T k:int32 padding_value:T|diagonal:T|T:type
MatrixDiagPartV3|input:T k:int32 padding_value:T|diagonal:T|T:type align:string{LEFT_RIGHT,RIGHT_LEFT,LEFT_LEFT,RIGHT_RIGHT}='RIGHT_LEFT'
MatrixDiagV2|diagonal:T k:int32 num_rows:int32 num_cols:int32 padding_value:T|output:T|T:type
MatrixDiagV3|diagonal:T k:int32 num_rows:int32 num_cols:int32 padding_value:T|output:T|T:type align:string{LEFT_RIGHT,RIGHT_LEFT,LEFT_LEFT,RIGHT_RIGHT}='RIGHT_LEFT'
MatrixExponential|input:T|output:T|T:type{$17}
MatrixInverse|input:T|output:T|adjoint:bool=false T:type{$17}
MatrixLogarithm|input:T|output:T|T:type{$8}
MatrixSetDiag|input:T diagonal:T|output:T|T:type
MatrixSetDiagV2|input:T diagonal:T k:int32|output:T|T:type
MatrixSetDiagV3|input:T diagonal:T k:int32|output:T|T:type align:string{LEFT_RIGHT,RIGHT_LEFT,LEFT_LEFT,RIGHT_RIGHT}='RIGHT_LEFT'
MatrixSolve|matrix:T rhs:T|output:T|adjoint:bool=false T:type{$17}
MatrixSolveLs|matrix:T rhs:T l2_regularizer:float64|output:T|T:type{$17} fast:bool=true
MatrixSquareRoot|input:T|output:T|T:type{$17}
MatrixTriangularSolve|matrix:T rhs:T|output:T|lower:bool=true adjoint:bool=false T:type{$50}
Qr|input:T|q:T r:T|full_matrices:bool=false T:type{$17}
RFFT|input:Treal fft_length:int32|output:Tcomplex|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
RFFT2D|input:Treal fft_length:int32|output:Tcomplex|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
RFFT3D|input:Treal fft_length:int32|output:Tcomplex|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
RFFTND|input:Treal fft_length:int32 axes:int32|output:Tcomplex|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
SelfAdjointEig|input:T|output:T|T:type{$75}
SelfAdjointEigV2|input:T|e:T v:T|compute_v:bool=true T:type{$17}
SparseMatMul|a:Ta b:Tb|product:float32|transpose_a:bool=false transpose_b:bool=false a_is_sparse:bool=false b_is_sparse:bool=false Ta:type{$77}=float32 Tb:type{$77}=float32
SparseTensorDenseMatMul|a_indices:Tindices a_values:T a_shape:int64 b:T|product:T|T:type Tindices:type{$7}=int64 adjoint_a:bool=false adjoint_b:bool=false
Svd|input:T|s:T u:T v:T|compute_uv:bool=true full_matrices:bool=false T:type{$17}
TridiagonalMatMul|superdiag:T maindiag:T subdiag:T rhs:T|output:T|T:type{$84}
TridiagonalSolve|diagonals:T rhs:T|output:T|partial_pivoting:bool=true perturb_singular:bool=false T:type{$84}`;
