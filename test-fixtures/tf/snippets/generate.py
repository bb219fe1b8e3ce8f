"""Short programs of TensorFlow 2: what Python prints, or raises, beside the same lines in JavaScript."""
import contextlib
import io
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

# Keras is loaded before the fixtures' folder is on the path: a folder there is called pandas.
tf.keras.Sequential  # noqa: B018
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from fixtures import save

PAIRS = []


def both(py, js=None):
    PAIRS.append((py, js if js is not None else py.replace("True", "true").replace("False", "false").replace("None", "null")))


# --- printing
both("print(tf.constant([[1.5, 2], [3, 4]]))")
both("print([tf.constant([1, 2]), tf.constant(2.5)])")
both("print(tf.constant(True), tf.constant([True, False]))")
both("print(tf.constant('a'), tf.constant(['x', 'yz']))")
both("print(tf.zeros([2, 0]), tf.zeros([0]))")
both("print(tf.range(20))")
both("print(tf.random.stateless_uniform([2, 2, 2], [1, 2]))")
both("print(tf.constant([1e-8, 1.0, 1e8]))", "print(tf.constant([1e-8, 1, 1e8]))")
both("print(tf.reshape(tf.range(2000), [40, 50]))")
both("print(tf.Variable([1.5, 2.5]), tf.Variable(3, name='n', trainable=False))", "print(tf.Variable([1.5, 2.5]), tf.Variable(3, { name: 'n', trainable: false }))")
both("v = tf.Variable([[1.5, 2], [3, 4]], name='w')\nprint(v, v.shape, v.dtype, v.name, v.trainable)", "const v = tf.Variable([[1.5, 2], [3, 4]], { name: 'w' });\nprint(v, v.shape, v.dtype, v.name, v.trainable);")
both("print(tf.TensorShape([2, None, 3]), tf.TensorShape(None), [tf.TensorShape([1])], tf.TensorShape([2, 3]).as_list())", "print(tf.TensorShape([2, null, 3]), tf.TensorShape(null), [tf.TensorShape([1])], tf.TensorShape([2, 3]).as_list())")
both("print(tf.TensorSpec([None, 2], tf.int32), tf.float32, [tf.int64, tf.string], tf.as_dtype('bool'))", "print(tf.TensorSpec([null, 2], tf.int32), tf.float32, [tf.int64, tf.string], tf.as_dtype('bool'))")
both("print(tf.constant(1.5).numpy(), tf.constant([1, 2]).numpy(), tf.constant([[1.5]]).shape)")
both("print(tf.complex(1.5, 2.5), tf.constant([1 + 2j]))", "print(tf.complex(1.5, 2.5), tf.constant([complex(1, 2)]))")
both("print(tf.constant(3, tf.uint8), tf.constant([1.5], tf.float64), tf.constant([0.1], tf.float16))")
both("print(tf.unique([3, 1, 3]), tf.math.top_k([1, 5, 3], 2))")
both("print(tf.linalg.qr([[1., 2.], [3., 4.]]).r.shape)", "print(tf.linalg.qr([[1, 2], [3, 4]]).r.shape)")
# --- variables
both("v = tf.Variable(1.5)\nprint(v.assign_add(1), v.assign(5.), v.assign_sub(0.5))\nprint(v)", "const v = tf.Variable(1.5);\nprint(v.assign_add(1), v.assign(5), v.assign_sub(0.5));\nprint(v);")
both("v = tf.Variable([1.5, 2, 3])\nv[1].assign(7.)\nprint(v.numpy(), v[:2])", "const v = tf.Variable([1.5, 2, 3]);\nv.at(1).assign(7);\nprint(v.numpy(), v.at(':2'));")
both("v = tf.Variable([[1.5, 2], [3, 4]])\nv.scatter_nd_add([[0, 1]], [10.])\nprint(v.numpy())", "const v = tf.Variable([[1.5, 2], [3, 4]]);\nv.scatter_nd_add([[0, 1]], [10]);\nprint(v.numpy());")
both("v = tf.Variable([1.5, 2])\nprint(v + 1, v * v, 2 - v)", "const v = tf.Variable([1.5, 2]);\nprint(v.add(1), v.mul(v), v.rsub(2));")
both("v = tf.Variable(tf.ones([2]), shape=[None])\nv.assign([1., 2, 3])\nprint(v.shape, v)", "const v = tf.Variable(tf.ones([2]), { shape: [null] });\nv.assign([1, 2, 3]);\nprint(v.shape, v);")
# --- tapes
both("x = tf.Variable(3.0)\nwith tf.GradientTape() as tape:\n    y = x ** 2\nprint(tape.gradient(y, x))", "const x = tf.Variable(float(3));\nconst tape = tf.GradientTape();\nconst y = tape.record(() => x.pow(2));\nprint(tape.gradient(y, x));")
both("x = tf.constant([1.5, 2.0])\nwith tf.GradientTape(persistent=True) as tape:\n    tape.watch(x)\n    y = x * x\n    z = y * y\nprint(tape.gradient(z, x), tape.gradient(y, x), tape.jacobian(y, x))", "const x = tf.constant([1.5, 2]);\nconst tape = tf.GradientTape({ persistent: true });\nlet y, z;\ntape.record(() => { tape.watch(x); y = x.mul(x); z = y.mul(y); });\nprint(tape.gradient(z, x), tape.gradient(y, x), tape.jacobian(y, x));")
both("x = tf.Variable(2.0)\nwith tf.GradientTape() as t2:\n    with tf.GradientTape() as t1:\n        y = x ** 3\n    g = t1.gradient(y, x)\nprint(g, t2.gradient(g, x))", "const x = tf.Variable(float(2));\nconst t2 = tf.GradientTape();\nconst g = t2.record(() => { const t1 = tf.GradientTape(); const y = t1.record(() => x.pow(3)); return t1.gradient(y, x); });\nprint(g, t2.gradient(g, x));")
both("x = tf.Variable(2.0)\nu = tf.Variable(1.0)\nwith tf.GradientTape() as tape:\n    y = x * 2\nprint(tape.gradient(y, [x, u]))", "const x = tf.Variable(float(2)), u = tf.Variable(float(1));\nconst tape = tf.GradientTape();\nconst y = tape.record(() => x.mul(2));\nprint(tape.gradient(y, [x, u]));")
both("x = tf.Variable(2.0)\nu = tf.Variable(1.0)\nwith tf.GradientTape() as tape:\n    y = x * 2\nprint(tape.gradient(y, {'a': x, 'b': u}, unconnected_gradients=tf.UnconnectedGradients.ZERO))", "const x = tf.Variable(float(2)), u = tf.Variable(float(1));\nconst tape = tf.GradientTape();\nconst y = tape.record(() => x.mul(2));\nprint(tape.gradient(y, { a: x, b: u }, { unconnected_gradients: tf.UnconnectedGradients.ZERO }));")
both("v = tf.Variable([[1.5, 2], [3, 4], [5, 6]])\nwith tf.GradientTape() as tape:\n    y = tf.reduce_sum(tf.gather(v, [0, 2, 0]))\nprint(tape.gradient(y, v))", "const v = tf.Variable([[1.5, 2], [3, 4], [5, 6]]);\nconst tape = tf.GradientTape();\nconst y = tape.record(() => tf.reduce_sum(tf.gather(v, [0, 2, 0])));\nprint(tape.gradient(y, v));")
both("x = tf.constant([[1.5, 2], [3, 4]])\nwith tf.GradientTape() as tape:\n    tape.watch(x)\n    y = x * x\nprint(tape.batch_jacobian(y, x))", "const x = tf.constant([[1.5, 2], [3, 4]]);\nconst tape = tf.GradientTape();\nlet y;\ntape.record(() => { tape.watch(x); y = x.mul(x); });\nprint(tape.batch_jacobian(y, x));")
both("@tf.custom_gradient\ndef f(x):\n    def grad(dy):\n        return dy * 10.\n    return x * x, grad\nx = tf.constant(1.5)\nwith tf.GradientTape() as tape:\n    tape.watch(x)\n    y = f(x)\nprint(y, tape.gradient(y, x))", "const f = tf.custom_gradient((x) => [x.mul(x), (dy) => dy.mul(10)]);\nconst x = tf.constant(1.5);\nconst tape = tf.GradientTape();\nlet y;\ntape.record(() => { tape.watch(x); y = f(x); });\nprint(y, tape.gradient(y, x));")
both("x = tf.Variable(2.0)\nwith tf.GradientTape() as tape:\n    y = x * x\n    with tape.stop_recording():\n        z = y * 10\n    w = y + 1\nprint(tape.gradient(w, x), z, [v.name for v in tape.watched_variables()])", "const x = tf.Variable(float(2));\nconst tape = tf.GradientTape();\nlet z, w;\ntape.record(() => { const y = x.mul(x); z = tape.stop_recording(() => y.mul(10)); w = y.add(1); });\nprint(tape.gradient(w, x), z, tape.watched_variables().map((v) => v.name));")
# --- functions
both("@tf.function\ndef f(x):\n    print('tracing', x)\n    return x * 2\nprint(f(tf.constant(1.5)), f(tf.constant(2.5)))\nprint(f(tf.constant([1, 2])), f.experimental_get_tracing_count())", "const f = tf.function((x) => {\n  print('tracing', x);\n  return x.mul(2);\n});\nprint(f(tf.constant(1.5)), f(tf.constant(2.5)));\nprint(f(tf.constant([1, 2])), f.experimental_get_tracing_count());")
both("@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])\ndef f(x):\n    print('trace', x.shape)\n    return tf.reduce_sum(x)\nprint(f(tf.constant([1.5, 2])), f(tf.constant([1.5, 2, 3])))", "const f = tf.function((x) => {\n  print('trace', x.shape);\n  return tf.reduce_sum(x);\n}, { input_signature: [tf.TensorSpec([null], tf.float32)] });\nprint(f(tf.constant([1.5, 2])), f(tf.constant([1.5, 2, 3])));")
both("v = tf.Variable(1.5)\n@tf.function\ndef f(x):\n    v.assign_add(x)\n    return v\nprint(f(tf.constant(2.)), f(tf.constant(3.)), v)", "const v = tf.Variable(1.5);\nconst f = tf.function((x) => {\n  v.assign_add(x);\n  return v;\n});\nprint(f(tf.constant(float(2))), f(tf.constant(float(3))), v);")
both("@tf.function\ndef f(d):\n    return {'a': d['x'] + 1, 'b': (d['y'],)}\nprint(f({'x': tf.constant(1), 'y': tf.constant(2)}))", "const f = tf.function((d) => ({ a: d.x.add(1), b: tuple([d.y]) }));\nprint(f({ x: tf.constant(1), y: tf.constant(2) }));")
both("@tf.function\ndef f(x):\n    return tf.cond(x > 0, lambda: x * 2, lambda: -x)\nprint(f(tf.constant(3)), f(tf.constant(-4)))", "const f = tf.function((x) => tf.cond(x.gt(0), () => x.mul(2), () => x.neg()));\nprint(f(tf.constant(3)), f(tf.constant(-4)));")
both("@tf.function\ndef f(n):\n    return tf.while_loop(lambda i, p: i <= n, lambda i, p: [i + 1, p * i], [tf.constant(1), tf.constant(1)])\nprint(f(tf.constant(5)))", "const f = tf.function((n) => tf.while_loop((i, p) => i.le(n), (i, p) => [i.add(1), p.mul(i)], [tf.constant(1), tf.constant(1)]));\nprint(f(tf.constant(5)));")
both("@tf.function\ndef f(x):\n    print(x, tf.shape(x), x + 1, x[0], tf.matmul(x, x))\n    return x\nf(tf.ones([2, 2]))", "const f = tf.function((x) => {\n  print(x, tf.shape(x), x.add(1), x.at(0), tf.matmul(x, x));\n  return x;\n});\nf(tf.ones([2, 2]));")
both("f = tf.function(lambda x: x * 2)\nprint(f.get_concrete_function(tf.TensorSpec([None], tf.float32)))", "const f = tf.function((x) => x.mul(2));\nprint(f.get_concrete_function(tf.TensorSpec([null], tf.float32)));")
both("print(tf.map_fn(lambda x: x * x, tf.range(4)), tf.scan(lambda a, x: a + x, tf.range(5)), tf.foldr(lambda a, x: a - x, tf.range(4)))", "print(tf.map_fn((x) => x.mul(x), tf.range(4)), tf.scan((a, x) => a.add(x), tf.range(5)), tf.foldr((a, x) => a.sub(x), tf.range(4)));")
both("ta = tf.TensorArray(tf.float32, size=0, dynamic_size=True)\nfor i in range(3):\n    ta = ta.write(i, i * 1.5)\nprint(ta.stack(), ta.size())", "let ta = tf.TensorArray(tf.float32, { size: 0, dynamic_size: true });\nfor (let i = 0; i < 3; i++) ta = ta.write(i, i * 1.5);\nprint(ta.stack(), ta.size());")
both("class Dense(tf.Module):\n    def __init__(self, i, o, name=None):\n        super().__init__(name=name)\n        self.w = tf.Variable(tf.ones([i, o]), name='w')\n        self.b = tf.Variable(tf.zeros([o]), name='b')\n    def __call__(self, x):\n        return x @ self.w + self.b\nd = Dense(2, 3, 'd')\nprint(d(tf.ones([1, 2])), [v.name for v in d.trainable_variables], d.name)", "class Dense extends tf.Module {\n  constructor(i, o, name = null) {\n    super(name);\n    this.w = tf.Variable(tf.ones([i, o]), { name: 'w' });\n    this.b = tf.Variable(tf.zeros([o]), { name: 'b' });\n  }\n  run(x) { return x.matmul(this.w).add(this.b); }\n}\nconst d = new Dense(2, 3, 'd');\nprint(d.run(tf.ones([1, 2])), d.trainable_variables.map((v) => v.name), d.name);")
# --- data
both("d = tf.data.Dataset.range(5).map(lambda x: x * 2).batch(2)\nprint(d)\nfor x in d:\n    print(x)", "const d = tf.data.Dataset.range(5).map((x) => x.mul(2)).batch(2);\nprint(d);\nfor (const x of d) print(x);")
both("d = tf.data.Dataset.from_tensor_slices(([1, 2, 3], [1.5, 2.5, 3.5]))\nfor a, b in d.take(2):\n    print(a, b)\nprint(d.element_spec, d.cardinality())", "const d = tf.data.Dataset.from_tensor_slices(tuple([[1, 2, 3], [1.5, 2.5, 3.5]]));\nfor (const [a, b] of d.take(2)) print(a, b);\nprint(d.element_spec, d.cardinality());")
both("d = tf.data.Dataset.range(8).shuffle(4, seed=3)\nprint([int(x) for x in d], [int(x) for x in d])", "const d = tf.data.Dataset.range(8).shuffle(4, { seed: 3 });\nprint([...d].map((x) => int(x)), [...d].map((x) => int(x)));")
both("d = tf.data.Dataset.range(7).window(3, shift=2, drop_remainder=True).flat_map(lambda w: w.batch(3))\nfor x in d:\n    print(x.numpy())", "const d = tf.data.Dataset.range(7).window(3, { shift: 2, drop_remainder: true }).flat_map((w) => w.batch(3));\nfor (const x of d) print(x.numpy());")
both("a = tf.data.Dataset.range(3)\nb = tf.data.Dataset.range(10, 13)\nprint([(int(x), int(y)) for x, y in tf.data.Dataset.zip((a, b))], tf.data.Dataset.zip((a, b)))", "const a = tf.data.Dataset.range(3), b = tf.data.Dataset.range(10, 13);\nprint([...tf.data.Dataset.zip(tuple([a, b]))].map(([x, y]) => tuple([int(x), int(y)])), tf.data.Dataset.zip(tuple([a, b])));")
both("d = tf.data.Dataset.from_generator(lambda: iter([[1], [2, 3]]), output_signature=tf.TensorSpec([None], tf.int32)).padded_batch(2)\nfor x in d:\n    print(x)", "const d = tf.data.Dataset.from_generator(() => [[1], [2, 3]], { output_signature: tf.TensorSpec([null], tf.int32) }).padded_batch(2);\nfor (const x of d) print(x);")
both("d = tf.data.Dataset.range(6).filter(lambda x: x % 2 == 0).repeat(2).enumerate()\nprint([(int(i), int(x)) for i, x in d])", "const d = tf.data.Dataset.range(6).filter((x) => x.mod(2).eq(0)).repeat(2).enumerate();\nprint([...d].map(([i, x]) => tuple([int(i), int(x)])));")
# --- math, random, text
both("print(tf.constant([1, 2]) / 2, tf.constant([7, -7]) // 2, tf.constant([7, -7]) % 3, tf.constant(2) ** 3)", "print(tf.constant([1, 2]).div(2), tf.constant([7, -7]).floordiv(2), tf.constant([7, -7]).mod(3), tf.constant(2).pow(3))")
both("print(tf.constant([1, 2]) == tf.constant([1, 3]), tf.constant([1, 2]) == tf.constant([1, 2, 3]), tf.constant([1, 2]) != 1)", "print(tf.constant([1, 2]).eq(tf.constant([1, 3])), tf.constant([1, 2]).eq(tf.constant([1, 2, 3])), tf.constant([1, 2]).ne(1))")
both("x = tf.reshape(tf.range(12), [3, 4])\nprint(x[1], x[:, 1], x[1:, ::2], x[..., None].shape, x[-1, -1])", "const x = tf.reshape(tf.range(12), [3, 4]);\nprint(x.at(1), x.at(':', 1), x.at('1:', '::2'), x.at('...', null).shape, x.at(-1, -1));")
both("x = tf.constant([1.5, -2, 3])\nprint(x[x > 0], tf.boolean_mask(x, [True, False, True]))", "const x = tf.constant([1.5, -2, 3]);\nprint(x.at(x.gt(0)), tf.boolean_mask(x, [true, false, true]));")
both("tf.random.set_seed(7)\nprint(tf.random.normal([2]), tf.random.uniform([2], maxval=10, dtype=tf.int32), tf.random.shuffle([1, 2, 3, 4]))", "tf.random.set_seed(7);\nprint(tf.random.normal([2]), tf.random.uniform([2], { maxval: 10, dtype: tf.int32 }), tf.random.shuffle([1, 2, 3, 4]));")
both("g = tf.random.Generator.from_seed(3)\nprint(g.normal([2]), g.uniform([2]), g.state)", "const g = tf.random.Generator.from_seed(3);\nprint(g.normal([2]), g.uniform([2]), g.state);")
both("print(tf.strings.join(['a', 'b'], '-'), tf.strings.split('a b c'), tf.strings.as_string([1, 2]), tf.strings.format('x = {}', tf.constant([1, 2])))")
both("print(tf.strings.length('hello'), tf.strings.upper('abc'), tf.strings.substr('hello', 1, 3), tf.strings.to_number(['1.5', '2']))")
both("print(tf.clip_by_global_norm([tf.constant([3., 4.])], 1.))", "print(tf.clip_by_global_norm([tf.constant([float(3), float(4)])], float(1)))")
both("print(tf.nest.map_structure(lambda x: x + 1, {'b': [1, 2], 'a': (3,)}), tf.nest.flatten({'b': 1, 'a': [2, 3]}))", "print(tf.nest.map_structure((x) => x + 1, dict({ b: [1, 2], a: tuple([3]) })), tf.nest.flatten(dict({ b: 1, a: [2, 3] })))")
both("print(tf.sparse.to_dense(tf.sets.union([[1, 2]], [[2, 5]])), tf.math.bincount([1, 1, 4]))")
both("x = tf.constant([[1.5, 2], [3, 4]])\nfor row in x:\n    print(row)\nprint(len(x), float(x[0, 0]), int(x[1, 1]), bool(x[0, 0] > 1))", "const x = tf.constant([[1.5, 2], [3, 4]]);\nfor (const row of x) print(row);\nprint(len(x), float(x.at(0, 0)), int(x.at(1, 1)), bool(x.at(0, 0).gt(1)));")
both("print(tf.image.resize(tf.reshape(tf.range(4.), [2, 2, 1]), [3, 3])[..., 0])", "print(tf.image.resize(tf.reshape(tf.range(float(4)), [2, 2, 1]), [3, 3]).at('...', 0))")
both("m = tf.keras.Sequential([tf.keras.layers.Dense(1, kernel_initializer='ones')])\nx = tf.constant([[1.5, 2.5]])\nwith tf.GradientTape() as tape:\n    y = tf.reduce_sum(m(x) ** 2)\nfor g in tape.gradient(y, m.trainable_variables):\n    print(g)", "const m = tf.keras.Sequential([tf.keras.layers.Dense(1, { kernel_initializer: 'ones' })]);\nconst x = tf.constant([[1.5, 2.5]]);\nconst tape = tf.GradientTape();\nconst y = tape.record(() => tf.reduce_sum(m(x).pow(2)));\nfor (const g of tape.gradient(y, m.trainable_variables)) print(g);")
both("opt = tf.keras.optimizers.SGD(0.1)\nv = tf.Variable([1.5, 2.0])\nfor _ in range(3):\n    with tf.GradientTape() as tape:\n        loss = tf.reduce_sum(v * v)\n    opt.apply_gradients([(tape.gradient(loss, v), v)])\nprint(v.numpy())", "const opt = tf.keras.optimizers.SGD(0.1);\nconst v = tf.Variable([1.5, 2]);\nfor (let k = 0; k < 3; k++) {\n  const tape = tf.GradientTape();\n  const loss = tape.record(() => tf.reduce_sum(v.mul(v)));\n  opt.apply_gradients([[tape.gradient(loss, v), v]]);\n}\nprint(v.numpy());")

# --- linear operators, tables, records
both("d = tf.linalg.LinearOperatorDiag([2.0, 4.0])\nprint(d.matvec([1.5, 10.0]), d.inverse().diag_part(), d.determinant(), d.shape, d.is_self_adjoint, d.name)\nprint(type(d.matmul(d)).__name__, type(d.inverse()).__name__, d.domain_dimension, d.tensor_rank)", "const d = tf.linalg.LinearOperatorDiag([float(2), 4]);\nprint(d.matvec([1.5, 10]), d.inverse().diag_part(), d.determinant(), d.shape, d.is_self_adjoint, d.name);\nprint(type(d.matmul(d)).__name__, type(d.inverse()).__name__, d.domain_dimension, d.tensor_rank);")
both("k = tf.linalg.LinearOperatorKronecker([tf.linalg.LinearOperatorFullMatrix([[1., 2.], [3., 4.]]), tf.linalg.LinearOperatorIdentity(2)])\nprint(k.to_dense(), k.trace(), k.name)", "const k = tf.linalg.LinearOperatorKronecker([tf.linalg.LinearOperatorFullMatrix([[1, 2], [3, 4]]), tf.linalg.LinearOperatorIdentity(2)]);\nprint(k.to_dense(), k.trace(), k.name);")
both("a = tf.linalg.LinearOperatorFullMatrix([[4., 2.], [2., 2.]], is_self_adjoint=True, is_positive_definite=True)\nprint(a.cholesky().to_dense(), a.solve([[1.], [2.]]), a.log_abs_determinant())\nprint(tf.linalg.det(a), tf.linalg.trace(a), tf.matmul(a, [[1., 0.], [0., 1.]]))", "const a = tf.linalg.LinearOperatorFullMatrix([[4, 2], [2, 2]], { is_self_adjoint: true, is_positive_definite: true });\nprint(a.cholesky().to_dense(), a.solve([[1], [2]]), a.log_abs_determinant());\nprint(tf.linalg.det(a), tf.linalg.trace(a), tf.matmul(a, [[float(1), 0], [0, 1]]));")
both("b = tf.linalg.LinearOperatorBlockDiag([tf.linalg.LinearOperatorDiag([1.5]), tf.linalg.LinearOperatorScaledIdentity(2, 3.0)])\nprint(b.to_dense(), b.batch_shape, b.range_dimension, b.diag_part())\nx = tf.constant([[1.], [2.], [3.]])\nprint(b.matmul(x), b.matmul([x[:1], x[1:]]))", "const b = tf.linalg.LinearOperatorBlockDiag([tf.linalg.LinearOperatorDiag([1.5]), tf.linalg.LinearOperatorScaledIdentity(2, float(3))]);\nprint(b.to_dense(), b.batch_shape, b.range_dimension, b.diag_part());\nconst x = tf.constant([[float(1)], [2], [3]]);\nprint(b.matmul(x), b.matmul([x.at(':1'), x.at('1:')]));")
both("v = tf.Variable([1., 2.])\nwith tf.GradientTape() as tape:\n    y = tf.linalg.LinearOperatorLowerTriangular(tf.linalg.diag(v)).log_abs_determinant()\nprint(y, tape.gradient(y, v))", "const v = tf.Variable([float(1), 2]);\nconst tape = tf.GradientTape();\nconst y = tape.record(() => tf.linalg.LinearOperatorLowerTriangular(tf.linalg.diag(v)).log_abs_determinant());\nprint(y, tape.gradient(y, v));")
both("t = tf.linalg.LinearOperatorToeplitz(col=[1., 2., 3.], row=[1., 4., -9.])\nc = tf.linalg.LinearOperatorCirculant([6., 4., 2.])\nprint(t.to_dense(), c.to_dense(), c.trace())", "const t = tf.linalg.LinearOperatorToeplitz({ col: [1, 2, 3], row: [1, 4, -9] });\nconst c = tf.linalg.LinearOperatorCirculant([6, 4, 2]);\nprint(t.to_dense(), c.to_dense(), c.trace());")
both("o = tf.linalg.LinearOperatorLowRankUpdate(tf.linalg.LinearOperatorIdentity(3), [[1.], [1.], [1.]])\nprint(o.to_dense(), o.determinant(), o.solvevec([4., 8., 4.]))", "const o = tf.linalg.LinearOperatorLowRankUpdate(tf.linalg.LinearOperatorIdentity(3), [[1], [1], [1]]);\nprint(o.to_dense(), o.determinant(), o.solvevec([4, 8, 4]));")
both("table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(tf.constant(['a', 'b', 'c']), tf.constant([1, 2, 3])), default_value=-1)\nprint(table.lookup(tf.constant(['b', 'z'])), table.size(), table[tf.constant('c')], table.key_dtype)\n@tf.function\ndef f(x):\n    return table.lookup(x) * 10\nprint(f(tf.constant([['a', 'q']])))", "const table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(tf.constant(['a', 'b', 'c']), tf.constant([1, 2, 3])), { default_value: -1 });\nprint(table.lookup(tf.constant(['b', 'z'])), table.size(), table.at(tf.constant('c')), table.key_dtype);\nconst f = tf.function((x) => table.lookup(x).mul(10));\nprint(f(tf.constant([['a', 'q']])));")
both("v = tf.lookup.StaticVocabularyTable(tf.lookup.KeyValueTensorInitializer(['emerson', 'lake'], tf.constant([0, 1], tf.int64)), num_oov_buckets=3)\nprint(v.lookup(tf.constant(['lake', 'palmer', 'king', 'emerson'])), v.size())", "const v = tf.lookup.StaticVocabularyTable(tf.lookup.KeyValueTensorInitializer(['emerson', 'lake'], tf.constant([0, 1], tf.int64)), { num_oov_buckets: 3 });\nprint(v.lookup(tf.constant(['lake', 'palmer', 'king', 'emerson'])), v.size());")
both("m = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, default_value=-1)\nm.insert(tf.constant(['a', 'b']), tf.constant([1, 2], tf.int64))\nm.insert('a', 7)\nprint(m.lookup(tf.constant(['a', 'b', 'c'])), m.size())\nm.remove(tf.constant(['a']))\nprint(m.export())\nd = tf.lookup.experimental.DenseHashTable(tf.int64, tf.int64, -1, empty_key=0, deleted_key=-2)\nd.insert([5, 6], [50, 60])\nprint(d.lookup([6, 7]), d.size())", "const m = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, { default_value: -1 });\nm.insert(tf.constant(['a', 'b']), tf.constant([1, 2], tf.int64));\nm.insert('a', 7);\nprint(m.lookup(tf.constant(['a', 'b', 'c'])), m.size());\nm.remove(tf.constant(['a']));\nprint(m.export());\nconst d = tf.lookup.experimental.DenseHashTable(tf.int64, tf.int64, -1, { empty_key: 0, deleted_key: -2 });\nd.insert([5, 6], [50, 60]);\nprint(d.lookup([6, 7]), d.size());")
both("table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(['cat', 'dog'], tf.constant([0, 1], tf.int64)), -1)\nds = tf.data.Dataset.from_tensor_slices(['dog', 'cat', 'cow']).map(table.lookup).batch(2)\nfor x in ds:\n    print(x)", "const table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(['cat', 'dog'], tf.constant([0, 1], tf.int64)), -1);\nconst ds = tf.data.Dataset.from_tensor_slices(['dog', 'cat', 'cow']).map((x) => table.lookup(x)).batch(2);\nfor (const x of ds) print(x);")
both("print(tf.io.decode_csv(['1,2.5,x', '3,,\"y,z\"'], [[0], [9.5], ['']]))\nds = tf.data.Dataset.from_tensor_slices(['1,2', '3,']).map(lambda r: tuple(tf.io.decode_csv(r, [[0], [0.5]])))\nfor a, b in ds:\n    print(a, b)", "print(tf.io.decode_csv(['1,2.5,x', '3,,\"y,z\"'], [[0], [9.5], ['']]));\nconst ds = tf.data.Dataset.from_tensor_slices(['1,2', '3,']).map((r) => tuple(tf.io.decode_csv(r, [[0], [0.5]])));\nfor (const [a, b] of ds) print(a, b);")
both("def example(i, words):\n    return tf.train.Example(features=tf.train.Features(feature={\n        'id': tf.train.Feature(int64_list=tf.train.Int64List(value=[i])),\n        'words': tf.train.Feature(bytes_list=tf.train.BytesList(value=words))})).SerializeToString()\nspec = {'id': tf.io.FixedLenFeature([], tf.int64), 'words': tf.io.VarLenFeature(tf.string), 'x': tf.io.FixedLenFeature([2], tf.float32, default_value=[0.5, 1.5])}\np = tf.io.parse_single_example(example(3, [b'a', b'b']), spec)\nprint(p['id'], p['words'], p['x'])\nq = tf.io.parse_example([example(1, [b'c']), example(2, [])], spec)\nprint(q['id'], tf.sparse.to_dense(q['words'], default_value='').shape, q['x'])", "const example = (i, words) => tf.train.Example({ features: tf.train.Features({ feature: {\n  id: tf.train.Feature({ int64_list: tf.train.Int64List({ value: [i] }) }),\n  words: tf.train.Feature({ bytes_list: tf.train.BytesList({ value: words }) }),\n} }) }).SerializeToString();\nconst spec = { id: tf.io.FixedLenFeature([], tf.int64), words: tf.io.VarLenFeature(tf.string), x: tf.io.FixedLenFeature([2], tf.float32, { default_value: [0.5, 1.5] }) };\nconst p = tf.io.parse_single_example(example(3, ['a', 'b']), spec);\nprint(p['id'], p['words'], p['x']);\nconst q = tf.io.parse_example([example(1, ['c']), example(2, [])], spec);\nprint(q['id'], tf.sparse.to_dense(q['words'], { default_value: '' }).shape, q['x']);")
both("v = tf.Variable([1., 2., 3.])\nv.scatter_mul(tf.IndexedSlices(tf.constant([2., 3.]), tf.constant([0, 0])))\nv.scatter_div(tf.IndexedSlices(tf.constant([2.]), tf.constant([1])))\nprint(v.numpy())\nb = tf.Variable([[1, 2, 3], [4, 5, 6]])\nb.batch_scatter_update(tf.IndexedSlices(tf.constant([[10], [20]]), tf.constant([[0], [2]])))\nprint(b.numpy())", "const v = tf.Variable([float(1), 2, 3]);\nv.scatter_mul(tf.IndexedSlices(tf.constant([float(2), 3]), tf.constant([0, 0])));\nv.scatter_div(tf.IndexedSlices(tf.constant([float(2)]), tf.constant([1])));\nprint(v.numpy());\nconst b = tf.Variable([[1, 2, 3], [4, 5, 6]]);\nb.batch_scatter_update(tf.IndexedSlices(tf.constant([[10], [20]]), tf.constant([[0], [2]])));\nprint(b.numpy());")
both("c = tf.Variable(0)\nprint(c.count_up_to(3), c.count_up_to(3), c)", "const c = tf.Variable(0);\nprint(c.count_up_to(3), c.count_up_to(3), c);")
both("v = tf.Variable([1., 2.])\nema = tf.train.ExponentialMovingAverage(0.9)\nema.apply([v])\nv.assign([11., 12.])\nema.apply([v])\nprint(ema.average(v).numpy())", "const v = tf.Variable([float(1), 2]);\nconst ema = tf.train.ExponentialMovingAverage(0.9);\nema.apply([v]);\nv.assign([11, 12]);\nema.apply([v]);\nprint(ema.average(v).numpy());")
both("a = tf.data.Dataset.range(5)\nb = tf.data.Dataset.range(100, 105)\nd = tf.data.Dataset.sample_from_datasets([a, b], weights=[0.5, 0.5], seed=3)\nprint([int(x) for x in d])\nd = tf.data.Dataset.sample_from_datasets([a, b], weights=[0.9, 0.1], seed=7, stop_on_empty_dataset=True)\nprint([int(x) for x in d])", "const a = tf.data.Dataset.range(5), b = tf.data.Dataset.range(100, 105);\nlet d = tf.data.Dataset.sample_from_datasets([a, b], { weights: [0.5, 0.5], seed: 3 });\nprint([...d].map((x) => int(x)));\nd = tf.data.Dataset.sample_from_datasets([a, b], { weights: [0.9, 0.1], seed: 7, stop_on_empty_dataset: true });\nprint([...d].map((x) => int(x)));")
both("print(tf.zeros([2, 3]).shape.concatenate([4]), tf.ones([2]).shape.is_compatible_with([None]), tf.zeros([2, 1]).shape.merge_with([None, 1]))", "print(tf.zeros([2, 3]).shape.concatenate([4]), tf.ones([2]).shape.is_compatible_with([null]), tf.zeros([2, 1]).shape.merge_with([null, 1]));")
both("w = tf.Variable([[0.5], [-0.5]])\nb = tf.Variable([0.0])\nx = tf.constant([[1., 2.], [3., 4.]])\ny = tf.constant([[1.], [2.]])\nfor step in range(3):\n    with tf.GradientTape() as tape:\n        loss = tf.reduce_mean(tf.square(x @ w + b - y))\n    dw, db = tape.gradient(loss, [w, b])\n    w.assign_sub(0.125 * dw)\n    b.assign_sub(0.125 * db)\n    print(step, loss.numpy())\nprint(w.numpy(), b.numpy())", "const w = tf.Variable([[0.5], [-0.5]]), b = tf.Variable([float(0)]);\nconst x = tf.constant([[float(1), 2], [3, 4]]), y = tf.constant([[float(1)], [2]]);\nfor (const step of range(3)) {\n  const tape = tf.GradientTape();\n  const loss = tape.record(() => tf.reduce_mean(tf.square(x.matmul(w).add(b).sub(y))));\n  const [dw, db] = tape.gradient(loss, [w, b]);\n  w.assign_sub(dw.rmul(0.125));\n  b.assign_sub(db.rmul(0.125));\n  print(step, loss.numpy());\n}\nprint(w.numpy(), b.numpy());")
both("logits = tf.constant([[2., 1., 0.5], [1., 2., 0.5]])\nlabels = tf.constant([0, 1])\nprint(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits), tf.argmax(logits, axis=1))\nprint(tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1, output_type=tf.int32), labels), tf.float32)))", "const logits = tf.constant([[float(2), 1, 0.5], [1, 2, 0.5]]);\nconst labels = tf.constant([0, 1]);\nprint(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits), tf.argmax(logits, { axis: 1 }));\nprint(tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1, { output_type: tf.int32 }), labels), tf.float32)));")
both("x = tf.constant([[1, 2, 3], [4, 5, 6]])\nprint(tf.gather_nd(x, [[0, 2], [1, 0]]), tf.tensor_scatter_nd_update(x, [[0, 0]], [9]), tf.where(x > 2, x, -1))\nprint(tf.pad(x, [[1, 0], [0, 1]]), tf.one_hot([0, 2], 3), tf.tile(x, [1, 2]))", "const x = tf.constant([[1, 2, 3], [4, 5, 6]]);\nprint(tf.gather_nd(x, [[0, 2], [1, 0]]), tf.tensor_scatter_nd_update(x, [[0, 0]], [9]), tf.where(x.gt(2), x, -1));\nprint(tf.pad(x, [[1, 0], [0, 1]]), tf.one_hot([0, 2], 3), tf.tile(x, [1, 2]));")
both("class Counter(tf.Module):\n    def __init__(self):\n        super().__init__()\n        self.n = tf.Variable(0)\n    @tf.function\n    def __call__(self, by):\n        self.n.assign_add(by)\n        return self.n * 2\nc = Counter()\nprint(c(tf.constant(2)), c(tf.constant(3)), c.n, [v.name for v in c.variables])", "class Counter extends tf.Module {\n  constructor() {\n    super();\n    this.n = tf.Variable(0);\n    this.run = tf.function((by) => {\n      this.n.assign_add(by);\n      return this.n.mul(2);\n    });\n  }\n}\nconst c = new Counter();\nprint(c.run(tf.constant(2)), c.run(tf.constant(3)), c.n, c.variables.map((v) => v.name));")

# --- wrong uses
both("r = tf.raw_ops\nprint(r.Add(x=[1, 2], y=[3, 4]), r.Unique(x=[1, 1, 2]))\nprint(r.TopKV2(input=[1.5, 3.5, 2.5], k=2).indices, r.Cast(x=[1.5, 3.5], DstT=tf.int32), r.ConcatV2(values=[[1], [2]], axis=0))\nprint(r.Split(axis=0, value=[1, 2, 3, 4], num_split=2), r.Sum(input=[1, 2], axis=0, keep_dims=True), r.NoOp())\nprint(r.MatMul(a=[[1.5]], b=[[2.5]], transpose_b=True), r.Shape(input=[1, 2], out_type=tf.int64))", "const r = tf.raw_ops;\nprint(r.Add({ x: [1, 2], y: [3, 4] }), r.Unique({ x: [1, 1, 2] }));\nprint(r.TopKV2({ input: [1.5, 3.5, 2.5], k: 2 }).indices, r.Cast({ x: [1.5, 3.5], DstT: tf.int32 }), r.ConcatV2({ values: [[1], [2]], axis: 0 }));\nprint(r.Split({ axis: 0, value: [1, 2, 3, 4], num_split: 2 }), r.Sum({ input: [1, 2], axis: 0, keep_dims: true }), r.NoOp());\nprint(r.MatMul({ a: [[1.5]], b: [[2.5]], transpose_b: true }), r.Shape({ input: [1, 2], out_type: tf.int64 }));")
W = len(PAIRS)
I = "tf.constant(1, tf.int32)"
both("tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(['a', 'a'], [1, 2]), 0)")
both("tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(['a', 'b'], [1, 2, 3]), 0)")
both("tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(['a'], [1]), -1).lookup(tf.constant([1.5]))")
both("tf.lookup.StaticVocabularyTable(tf.lookup.KeyValueTensorInitializer(['a'], tf.constant([0], tf.int64)), 0)")
both("tf.lookup.experimental.DenseHashTable(tf.int64, tf.int64, -1, 0, 0)")
both("tf.lookup.TextFileInitializer('v.txt', tf.string, -1, tf.int64, -1)")
both("tf.io.decode_csv('1,2', [[0], [0], [0]])")
both("tf.io.decode_csv('1,x', [[0], [0]])")
both("tf.io.parse_single_example(b'', {'a': tf.io.FixedLenFeature([], tf.int64)})", "tf.io.parse_single_example('', { a: tf.io.FixedLenFeature([], tf.int64) })")
both("tf.linalg.LinearOperatorDiag([1.5, 2.]).matmul(tf.ones([3, 1]))", "tf.linalg.LinearOperatorDiag([1.5, 2]).matmul(tf.ones([3, 1]))")
both("tf.linalg.LinearOperatorZeros(2).inverse()")
both("tf.linalg.LinearOperatorFullMatrix([[1., 2.], [3., 4.]]).cholesky()", "tf.linalg.LinearOperatorFullMatrix([[1, 2], [3, 4]]).cholesky()")
both("tf.linalg.LinearOperatorFullMatrix([[1., 2.], [3., 4.]]).eigvals()", "tf.linalg.LinearOperatorFullMatrix([[1, 2], [3, 4]]).eigvals()")
both("tf.linalg.logdet(tf.linalg.LinearOperatorDiag([1.5]))")
both("tf.constant(1.0) + tf.constant(1)", f"tf.constant(float(1)).add({I})")
both("tf.constant(1) + 1.5", f"{I}.add(1.5)")
both("tf.constant(1) * 1.5", f"{I}.mul(1.5)")
both("tf.constant(1) / tf.constant(2.0)", f"{I}.div(tf.constant(float(2)))")
both("tf.maximum(tf.constant(1), tf.constant(1.0))", f"tf.maximum({I}, tf.constant(float(1)))")
both("tf.constant([1.0, 2.0]) + tf.constant([1.0, 2, 3])", "tf.constant([float(1), 2]).add(tf.constant([float(1), 2, 3]))")
both("tf.matmul(tf.ones([2, 3]), tf.ones([2, 3]))")
both("tf.matmul(tf.ones([2, 3], tf.int32), tf.ones([3, 2]))")
both("tf.sin(tf.constant(1))", f"tf.sin({I})")
both("tf.nn.softmax(tf.constant([1, 2]))", "tf.nn.softmax(tf.constant([1, 2], tf.int32))")
both("tf.reshape(tf.range(6), [4, 2])")
both("tf.reshape(tf.range(6), [-1, 4])")
both("tf.concat([tf.ones([2, 3]), tf.ones([2, 2])], 0)")
both("tf.concat([tf.ones([2]), tf.constant([1, 2])], 0)", "tf.concat([tf.ones([2]), tf.constant([1, 2], tf.int32)], 0)")
both("tf.stack([tf.ones([2]), tf.ones([3])])")
both("tf.constant([[1], [2, 3]])")
both("tf.constant(1.5, tf.int32)")
both("tf.constant('a', tf.float32)")
both("tf.constant(None)", "tf.constant(null)")
both("tf.constant([1, 2])[5]", "tf.constant([1, 2]).at(5)")
both("tf.ones([2])[0, 0]", "tf.ones([2]).at(0, 0)")
both("tf.ones([2])['a']", "tf.ones([2]).at('a')")
both("tf.ones([2])[1.5]", "tf.ones([2]).at(1.5)")
both("tf.reduce_sum(tf.ones([2, 3]), axis=2)", "tf.reduce_sum(tf.ones([2, 3]), { axis: 2 })")
both("tf.gather([1, 2], 5)")
both("tf.expand_dims(tf.ones([2]), 3)")
both("tf.squeeze([[1, 2]], 1)")
both("tf.transpose([[1, 2]], [0])")
both("tf.split([1, 2, 3], 2)")
both("tf.broadcast_to([1, 2], [3])")
both("tf.linalg.inv([[1., 2.], [2., 4.]])", "tf.linalg.inv([[float(1), 2], [2, 4]])")
both("tf.nn.conv2d(tf.ones([1, 2, 2, 1]), tf.ones([3, 3, 2, 1]), 1, 'SAME')")
both("tf.convert_to_tensor(tf.constant(1.0), tf.int32)", "tf.convert_to_tensor(tf.constant(float(1)), tf.int32)")
both("tf.cast('a', tf.int32)")
both("tf.Variable(1.0).assign([1.0])", "tf.Variable(float(1)).assign([float(1)])")
both("tf.Variable(1.0).assign(tf.constant(1))", f"tf.Variable(float(1)).assign({I})")
both("tf.Variable()", "tf.Variable()")
both("bool(tf.ones([2]))")
both("float(tf.ones([2]))")
both("len(tf.constant(1))")
both("[x for x in tf.constant(1)]", "[...tf.constant(1)]")
both("tf.random.uniform([2], dtype=tf.int32)", "tf.random.uniform([2], { dtype: tf.int32 })")
both("tf.debugging.assert_equal([1, 2], [1, 3])")
both("tf.debugging.assert_rank(tf.ones([2]), 2)")
both("tf.data.Dataset.from_tensor_slices(1)")
both("tf.data.Dataset.range(2).batch(0)")
both("tf.math.top_k([1], 2)")
both("tf.argmax([1, 2], 3)")
both("tf.pad([1], [[1]])")
both("tf.one_hot([1])")
both("tf.reduce_sum()")
both("tf.zeros([2], foo=1)", "tf.zeros([2], { foo: 1 })")
both("tf.boolean_mask([1, 2], [True])", "tf.boolean_mask([1, 2], [true])")
both("tf.strings.length(1)")
both("tf.while_loop(1, 2, [3])")
both("tf.cond(True, 1, 2)", "tf.cond(true, 1, 2)")
both("-tf.constant(True)", "tf.constant(true).neg()")
both("tf.constant(1) // 0", "tf.constant(1).floordiv(0)")
both("tf.raw_ops.Add([1], [2])")
both("tf.raw_ops.Sum(1)")
both("tf.raw_ops.TopKV2(input=[1.5])", "tf.raw_ops.TopKV2({ input: [1.5] })")
both("tf.raw_ops.Add(x=1, y=2, z=3)", "tf.raw_ops.Add({ x: 1, y: 2, z: 3 })")
both("tf.raw_ops.BiasAdd(value=[[1.5]], bias=[1.5], data_format='XX')", "tf.raw_ops.BiasAdd({ value: [[1.5]], bias: [1.5], data_format: 'XX' })")

cases = []
for k, (py, js) in enumerate(PAIRS):
    out = io.StringIO()
    error = None
    tf.random.set_seed(0)
    with contextlib.redirect_stdout(out):
        try:
            if k >= W:
                eval(py, {"tf": tf, "np": np})
            else:
                exec(py, {"tf": tf, "np": np})
        except Exception as e:
            error = [type(e).__name__, str(e)]
    if (error is not None) != (k >= W):
        print("CHECK", py, error)
    cases.append(dict(py=py, js=js, out=out.getvalue(), error=error))
print(W, len(cases) - W)
save(__file__, cases, "tensorflow-cpu")
