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

# --- wrong uses
W = len(PAIRS)
I = "tf.constant(1, tf.int32)"
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
