// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

export const state = `ApplyAdaMax|var:T& m:T& v:T& beta1_power:T lr:T beta1:T beta2:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyAdadelta|var:T& accum:T& accum_update:T& lr:T rho:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyAdagrad|var:T& accum:T& lr:T grad:T|out:T&|T:type{$10} use_locking:bool=false update_slots:bool=true
ApplyAdagradDA|var:T& gradient_accumulator:T& gradient_squared_accumulator:T& grad:T lr:T l1:T l2:T global_step:int64|out:T&|T:type{$10} use_locking:bool=false
ApplyAdagradV2|var:T& accum:T& lr:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false update_slots:bool=true
ApplyAdam|var:T& m:T& v:T& beta1_power:T beta2_power:T lr:T beta1:T beta2:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false use_nesterov:bool=false
ApplyAddSign|var:T& m:T& lr:T alpha:T sign_decay:T beta:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyCenteredRMSProp|var:T& mg:T& ms:T& mom:T& lr:T rho:T momentum:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyFtrl|var:T& accum:T& linear:T& grad:T lr:T l1:T l2:T lr_power:T|out:T&|T:type{$10} use_locking:bool=false multiply_linear_by_lr:bool=false
ApplyFtrlV2|var:T& accum:T& linear:T& grad:T lr:T l1:T l2:T l2_shrinkage:T lr_power:T|out:T&|T:type{$10} use_locking:bool=false multiply_linear_by_lr:bool=false
ApplyGradientDescent|var:T& alpha:T delta:T|out:T&|T:type{$10} use_locking:bool=false
ApplyMomentum|var:T& accum:T& lr:T grad:T momentum:T|out:T&|T:type{$10} use_locking:bool=false use_nesterov:bool=false
ApplyPowerSign|var:T& m:T& lr:T logbase:T sign_decay:T beta:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyProximalAdagrad|var:T& accum:T& lr:T l1:T l2:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyProximalGradientDescent|var:T& alpha:T l1:T l2:T delta:T|out:T&|T:type{$10} use_locking:bool=false
ApplyRMSProp|var:T& ms:T& mom:T& lr:T rho:T momentum:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false
Assign|ref:T& value:T|output_ref:T&|T:type validate_shape:bool=true use_locking:bool=true
AssignAdd|ref:T& value:T|output_ref:T&|T:type{$10} use_locking:bool=false
AssignAddVariableOp!|resource:resource value:dtype||dtype:type
AssignSub|ref:T& value:T|output_ref:T&|T:type{$10} use_locking:bool=false
AssignSubVariableOp!|resource:resource value:dtype||dtype:type
AssignVariableOp!|resource:resource value:dtype||dtype:type validate_shape:bool=false
Barrier!||handle:string&|component_types:type*>=1 shapes:shape*>=0=[] capacity:int=-1 container:string='' shared_name:string=''
CountUpTo|ref:T&|output:T|limit:int T:type{$7}
DestroyResourceOp!|resource:resource||ignore_lookup_error:bool=true
HashTableV2!||table_handle:resource|container:string='' shared_name:string='' use_node_name_sharing:bool=false key_dtype:type value_dtype:type
InitializeTableV2!|table_handle:resource keys:Tkey values:Tval||Tkey:type Tval:type
IsVariableInitialized|ref:dtype&|is_initialized:bool|dtype:type
LookupTableFindV2!|table_handle:resource keys:Tin default_value:Tout|values:Tout|Tin:type Tout:type
LookupTableImportV2!|table_handle:resource keys:Tin values:Tout||Tin:type Tout:type
LookupTableSizeV2!|table_handle:resource|size:int64|
ReadVariableOp!|resource:resource|value:dtype|dtype:type
ResourceApplyAdaMax!|var:resource m:resource v:resource beta1_power:T lr:T beta1:T beta2:T epsilon:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyAdadelta!|var:resource accum:resource accum_update:resource lr:T rho:T epsilon:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyAdagrad!|var:resource accum:resource lr:T grad:T||T:type{$10} use_locking:bool=false update_slots:bool=true
ResourceApplyAdagradDA!|var:resource gradient_accumulator:resource gradient_squared_accumulator:resource grad:T lr:T l1:T l2:T global_step:int64||T:type{$10} use_locking:bool=false
ResourceApplyAdagradV2!|var:resource accum:resource lr:T epsilon:T grad:T||T:type{$10} use_locking:bool=false update_slots:bool=true
ResourceApplyAdam!|var:resource m:resource v:resource beta1_power:T beta2_power:T lr:T beta1:T beta2:T epsilon:T grad:T||T:type{$10} use_locking:bool=false use_nesterov:bool=false
ResourceApplyAdamWithAmsgrad!|var:resource m:resource v:resource vhat:resource beta1_power:T beta2_power:T lr:T beta1:T beta2:T epsilon:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyAddSign!|var:resource m:resource lr:T alpha:T sign_decay:T beta:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyCenteredRMSProp!|var:resource mg:resource ms:resource mom:resource lr:T rho:T momentum:T epsilon:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyFtrl!|var:resource accum:resource linear:resource grad:T lr:T l1:T l2:T lr_power:T||T:type{$10} use_locking:bool=false multiply_linear_by_lr:bool=false
ResourceApplyFtrlV2!|var:resource accum:resource linear:resource grad:T lr:T l1:T l2:T l2_shrinkage:T lr_power:T||T:type{$10} use_locking:bool=false multiply_linear_by_lr:bool=false
ResourceApplyGradientDescent!|var:resource alpha:T delta:T||T:type{$10} use_locking:bool=false
ResourceApplyKerasMomentum!|var:resource accum:resource lr:T grad:T momentum:T||T:type{$10} use_locking:bool=false use_nesterov:bool=false
ResourceApplyMomentum!|var:resource accum:resource lr:T grad:T momentum:T||T:type{$10} use_locking:bool=false use_nesterov:bool=false
ResourceApplyPowerSign!|var:resource m:resource lr:T logbase:T sign_decay:T beta:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyProximalAdagrad!|var:resource accum:resource lr:T l1:T l2:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyProximalGradientDescent!|var:resource alpha:T l1:T l2:T delta:T||T:type{$10} use_locking:bool=false
ResourceApplyRMSProp!|var:resource ms:resource mom:resource lr:T rho:T momentum:T epsilon:T grad:T||T:type{$10} use_locking:bool=false
ResourceCountUpTo!|resource:resource|output:T|limit:int T:type{$7}
ResourceGather!|resource:resource indices:Tindices|output:dtype|batch_dims:int=0 validate_indices:bool=true dtype:type Tindices:type{$7}
ResourceGatherNd!|resource:resource indices:Tindices|output:dtype|dtype:type Tindices:type{$7}
ResourceScatterAdd!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterDiv!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterMax!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterMin!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterMul!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterNdAdd!|ref:resource indices:Tindices updates:T||T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ResourceScatterNdMax!|ref:resource indices:Tindices updates:T||T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ResourceScatterNdMin!|ref:resource indices:Tindices updates:T||T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ResourceScatterNdSub!|ref:resource indices:Tindices updates:T||T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ResourceScatterNdUpdate!|ref:resource indices:Tindices updates:T||T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ResourceScatterSub!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterUpdate!|resource:resource indices:Tindices updates:dtype||dtype:type Tindices:type{$7}
ResourceSparseApplyAdadelta!|var:resource accum:resource accum_update:resource lr:T rho:T epsilon:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceSparseApplyAdagrad!|var:resource accum:resource lr:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false update_slots:bool=true
ResourceSparseApplyAdagradDA!|var:resource gradient_accumulator:resource gradient_squared_accumulator:resource grad:T indices:Tindices lr:T l1:T l2:T global_step:int64||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceSparseApplyAdagradV2!|var:resource accum:resource lr:T epsilon:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false update_slots:bool=true
ResourceSparseApplyCenteredRMSProp!|var:resource mg:resource ms:resource mom:resource lr:T rho:T momentum:T epsilon:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceSparseApplyFtrl!|var:resource accum:resource linear:resource grad:T indices:Tindices lr:T l1:T l2:T lr_power:T||T:type{$10} Tindices:type{$7} use_locking:bool=false multiply_linear_by_lr:bool=false
ResourceSparseApplyFtrlV2!|var:resource accum:resource linear:resource grad:T indices:Tindices lr:T l1:T l2:T l2_shrinkage:T lr_power:T||T:type{$10} Tindices:type{$7} use_locking:bool=false multiply_linear_by_lr:bool=false
ResourceSparseApplyKerasMomentum!|var:resource accum:resource lr:T grad:T indices:Tindices momentum:T||T:type{$10} Tindices:type{$7} use_locking:bool=false use_nesterov:bool=false
ResourceSparseApplyMomentum!|var:resource accum:resource lr:T grad:T indices:Tindices momentum:T||T:type{$10} Tindices:type{$7} use_locking:bool=false use_nesterov:bool=false
ResourceSparseApplyProximalAdagrad!|var:resource accum:resource lr:T l1:T l2:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceSparseApplyProximalGradientDescent!|var:resource alpha:T l1:T l2:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceSparseApplyRMSProp!|var:resource ms:resource mom:resource lr:T rho:T momentum:T epsilon:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceStridedSliceAssign!|ref:resource begin:Index end:Index strides:Index value:T||T:type Index:type{$7} begin_mask:int=0 end_mask:int=0 ellipsis_mask:int=0 new_axis_mask:int=0 shrink_axis_mask:int=0
Restore!|file_pattern:string tensor_name:string|tensor:dt|dt:type preferred_shard:int=-1
RestoreSlice!|file_pattern:string tensor_name:string shape_and_slice:string|tensor:dt|dt:type preferred_shard:int=-1
RestoreV2!|prefix:string tensor_names:string shape_and_slices:string|tensors:[dtypes]|dtypes:type*>=1
Save!|filename:string tensor_names:string data:[T]||T:type*>=1
SaveSlices!|filename:string tensor_names:string shapes_and_slices:string data:[T]||T:type*>=1
SaveV2!|prefix:string tensor_names:string shape_and_slices:string tensors:[dtypes]||dtypes:type*>=1
ScatterAdd|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
ScatterDiv|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
ScatterMax|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$73} Tindices:type{$7} use_locking:bool=false
ScatterMin|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$73} Tindices:type{$7} use_locking:bool=false
ScatterMul|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
ScatterNdAdd|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false bad_indices_policy:string=''
ScatterNdMax|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false bad_indices_policy:string=''
ScatterNdMin|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false bad_indices_policy:string=''
ScatterNdSub|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false bad_indices_policy:string=''
ScatterNdUpdate|ref:T& indices:Tindices updates:T|output_ref:T&|T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ScatterSub|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
ScatterUpdate|ref:T& indices:Tindices updates:T|output_ref:T&|T:type Tindices:type{$7} use_locking:bool=true
ShardedFilename|basename:string shard:int32 num_shards:int32|filename:string|
ShardedFilespec|basename:string num_shards:int32|filename:string|
SparseApplyAdadelta|var:T& accum:T& accum_update:T& lr:T rho:T epsilon:T grad:T indices:Tindices|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
SparseApplyAdagrad|var:T& accum:T& lr:T grad:T indices:Tindices|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false update_slots:bool=true
SparseApplyAdagradDA|var:T& gradient_accumulator:T& gradient_squared_accumulator:T& grad:T indices:Tindices lr:T l1:T l2:T global_step:int64|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
SparseApplyAdagradV2|var:T& accum:T& lr:T epsilon:T grad:T indices:Tindices|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false update_slots:bool=true
SparseApplyCenteredRMSProp|var:T& mg:T& ms:T& mom:T& lr:T rho:T momentum:T epsilon:T grad:T indices:Tindices|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
SparseApplyFtrl|var:T& accum:T& linear:T& grad:T indices:Tindices lr:T l1:T l2:T lr_power:T|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false multiply_linear_by_lr:bool=false
SparseApplyFtrlV2|var:T& accum:T& linear:T& grad:T indices:Tindices lr:T l1:T l2:T l2_shrinkage:T lr_power:T|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false multiply_linear_by_lr:bool=false
SparseApplyMomentum|var:T& accum:T& lr:T grad:T indices:Tindices momentum:T|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false use_nesterov:bool=false
SparseApplyProximalAdagrad|var:T& accum:T& lr:T l1:T l2:T grad:T indices:Tindices|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
SparseApplyProximalGradientDescent|var:T& alpha:T l1:T l2:T grad:T indices:Tindices|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
SparseApplyRMSProp|var:T& ms:T& mom:T& lr:T rho:T momentum:T epsilon:T grad:T indices:Tindices|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
StridedSliceAssign|ref:T& begin:Index end:Index strides:Index value:T|output_ref:T&|T:type Index:type{$7} begin_mask:int=0 end_mask:int=0 ellipsis_mask:int=0 new_axis_mask:int=0 shrink_axis_mask:int=0
VarHandleOp!||resource:resource|container:string='' shared_name:string='' debug_name:string='' dtype:type shape:shape allowed_devices:string*=[]
VarIsInitializedOp!|resource:resource|is_initialized:bool|
Variable!||ref:dtype&|shape:shape dtype:type container:string='' shared_name:string=''
VariableShape!|input:resource|output:out_type|out_type:type{$7}=int32
VariableV2!||ref:dtype&|shape:shape dtype:type container:string='' shared_name:string=''`;
