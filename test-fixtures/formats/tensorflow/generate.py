"""Checkpoints, graphs and SavedModels as TensorFlow writes them, and what is in them.

    python test-fixtures/formats/tensorflow/generate.py
"""

import os
import pathlib
import shutil
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import keras  # noqa: E402  (before test-fixtures/pandas can stand for pandas)
import tensorflow as tf  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

import numpy as np  # noqa: E402

from fixtures import distinct, lock, save  # noqa: E402

v1 = tf.compat.v1
os.chdir(HERE)
for old in ("v1", "v2", "saved", "graphs"):
    shutil.rmtree(old, ignore_errors=True)
os.mkdir("graphs")

cases = []

# TensorFlow 1's Saver: every element type, a partitioned variable, strings, a counter
values = {
    n: distinct((2, 3), i, low=-40, high=40).astype(n)
    for i, n in enumerate(["float32", "float64", "int32", "uint8", "int16", "int8", "int64", "uint16", "float16", "uint32", "uint64"])
}
values["bool"] = np.array([True, False, True])
values["complex64"] = (distinct((2,), 1) + 1j * distinct((2,), 2)).astype(np.complex64)
values["complex128"] = distinct((2,), 3) + 1j * distinct((2,), 4)
values["empty"] = np.zeros((0, 3), np.float32)
with v1.Graph().as_default(), v1.Session() as sess:
    for n, x in values.items():
        v1.get_variable(f"types/{n}", initializer=x, use_resource=True)
    v1.get_variable("types/bfloat16", initializer=tf.cast(values["float32"], tf.bfloat16), use_resource=True)
    v1.get_variable("text", initializer=np.array([["a", "", "ccc"], ["ä" * 200, "e", "f"]], dtype=object), dtype=tf.string, use_resource=False)
    whole = distinct((5, 3), 7).astype(np.float32)
    with v1.variable_scope("part", partitioner=v1.fixed_size_partitioner(3)):
        v1.get_variable("w", shape=(5, 3), initializer=lambda shape, dtype, partition_info: tf.constant(whole[partition_info.var_offset[0] : partition_info.var_offset[0] + shape[0]]))
    v1.train.get_or_create_global_step()
    sess.run(v1.global_variables_initializer())
    saver = v1.train.Saver(max_to_keep=2)
    for step in (3, 130):
        sess.run(v1.train.get_global_step().assign(step))
        saver.save(sess, "v1/model.ckpt", global_step=step)
    cases.append(dict(name="v1/model.ckpt-130", values={**{f"types/{n}": x for n, x in values.items()}, "part/w": whole, "global_step": np.int64(130)},
                      text=["a", "", "ccc", "ä" * 200, "e", "f"]))

# TensorFlow 2's object graph
root = tf.train.Checkpoint(step=tf.Variable(7, dtype=tf.int64), net=tf.Module())
root.net.w = tf.Variable(distinct((3, 2), 11).astype(np.float32))
root.net.parts = [tf.Variable(0.5), tf.Variable(distinct((4,), 12).astype(np.float32))]
root.write("v2/ckpt")
manager = tf.train.CheckpointManager(root, "v2/managed", max_to_keep=2)
for _ in range(3):
    manager.save()
cases.append(dict(name="v2/ckpt", values={
    "step/.ATTRIBUTES/VARIABLE_VALUE": np.int64(7),
    "net/w/.ATTRIBUTES/VARIABLE_VALUE": root.net.w.numpy(),
    "net/parts/0/.ATTRIBUTES/VARIABLE_VALUE": np.float32(0.5),
    "net/parts/1/.ATTRIBUTES/VARIABLE_VALUE": root.net.parts[1].numpy(),
}))

# A table with many keys and two blocks of restarts
many = {f"layer_{i:03d}/kernel": np.float32([i, i + 0.5]) for i in range(60)}
with v1.Graph().as_default(), v1.Session() as sess:
    for n, x in many.items():
        v1.get_variable(n, initializer=x)
    sess.run(v1.global_variables_initializer())
    v1.train.Saver(write_version=2).save(sess, "v1/many", write_meta_graph=False, write_state=False)
cases.append(dict(name="v1/many", values=many))


# Graphs: a frozen one, as bytes and as text
with v1.Graph().as_default() as g:
    x = v1.placeholder(tf.float32, [None, 3], name="x")
    h = tf.nn.relu(tf.matmul(x, tf.constant(distinct((3, 4), 21).astype(np.float32), name="w1")) + tf.constant([0.1, -0.2, 0.3, 0.4]), name="h")
    y = tf.nn.softmax(tf.matmul(h, tf.constant(distinct((4, 2), 22).astype(np.float32), name="w2")), name="y")
    tf.io.write_graph(g, "graphs", "frozen.pb", as_text=False)
    tf.io.write_graph(g, "graphs", "frozen.pbtxt", as_text=True)
    xv = distinct((2, 3), 23).astype(np.float32)
    with v1.Session() as sess:
        cases.append(dict(name="graphs/frozen.pb", feeds={"x:0": xv}, fetches={"y:0": sess.run(y, {x: xv}), "h:0": sess.run(h, {x: xv})}))


class Net(tf.Module):
    def __init__(self):
        self.w = tf.Variable(distinct((3, 2), 31).astype(np.float32), name="w")
        self.b = tf.Variable([0.25, -0.5], name="b")
        self.count = tf.Variable(0, trainable=False, name="count")

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name="x")])
    def __call__(self, x):
        self.count.assign_add(1)
        y = tf.tanh(x @ self.w + self.b)
        return {"y": y, "norm": tf.sqrt(tf.reduce_sum(y * y, axis=1))}

    @tf.function(input_signature=[tf.TensorSpec([], tf.int32, name="n")])
    def power(self, n):
        r = tf.constant(1)
        while n > 0:
            r = tf.cond(n % 2 == 0, lambda: r * 2, lambda: r * 3)
            n -= 1
        return r


net = Net()
xs = distinct((2, 3), 32).astype(np.float32)
tf.saved_model.save(net, "saved/net", signatures={"serving_default": net.__call__, "power": net.power})
for junk in ("fingerprint.pb",):
    pathlib.Path("saved/net", junk).unlink(missing_ok=True)
for folder in pathlib.Path("saved").rglob("*"):
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
out = net(tf.constant(xs))
cases.append(dict(name="saved/net", signature="serving_default", inputs={"x": xs}, outputs={k: v.numpy() for k, v in out.items()}))
cases.append(dict(name="saved/net", signature="power", inputs={"n": np.int32(5)}, outputs={"output_0": net.power(tf.constant(5)).numpy()}))

# A recurrent model as Keras exports it: loops over lists of tensors
model = keras.Sequential([keras.layers.Input((4, 3)), keras.layers.LSTM(2), keras.layers.Dense(2, activation="softmax")])
model.set_weights([distinct(w.shape, 40 + i, np.float32) for i, w in enumerate(model.get_weights())])
xs = distinct((2, 4, 3), 50).astype(np.float32)
model.export("saved/lstm", verbose=False)
for junk in ("fingerprint.pb",):
    pathlib.Path("saved/lstm", junk).unlink(missing_ok=True)
for folder in sorted(pathlib.Path("saved/lstm").rglob("*"), reverse=True):
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
cases.append(dict(name="saved/lstm", signature="serving_default", inputs={"keras_tensor": xs}, outputs={"output_0": model(xs).numpy()}))

save(__file__, cases, "tensorflow-cpu")
for path in sorted(p for folder in ("v1", "v2", "saved", "graphs") for p in pathlib.Path(folder).rglob("*") if p.is_file()):
    lock(path, "tensorflow-cpu")
