// Writes what packages/kernel/wasm/unpack reads: a stream of LZMA's kind, without header.

const AT = {
  match: 0,
  rep: 12,
  rep0: 24,
  rep1: 36,
  rep2: 48,
  rep0Long: 60,
  lengths: 72,
  repLengths: 346,
  slots: 620,
  distances: 876,
  align: 992,
  literals: 1008,
  count: 1008 + 8 * 0x300,
};
const FOLLOW = 4;
const LONGEST = 273;

const afterLiteral = (s) => (s < 4 ? 0 : s < 10 ? s - 3 : s - 6);
const afterMatch = (s) => (s < 7 ? 7 : 10);
const afterRep = (s) => (s < 7 ? 8 : 11);
const afterShort = (s) => (s < 7 ? 9 : 11);

/** Every choice of a token goes to `bit(where, value)`; bits without a probability have `where` −1. */
function tree(bit, base, bits, n) {
  let node = 1;
  for (let i = bits - 1; i >= 0; i--) {
    const b = (n >> i) & 1;
    bit(base + node, b);
    node = 2 * node + b;
  }
}
function reverse(bit, base, bits, n) {
  let node = 1;
  for (let i = 0; i < bits; i++) {
    const b = (n >> i) & 1;
    bit(base + node, b);
    node = 2 * node + b;
  }
}
function length(bit, base, n) {
  bit(base, n < 10 ? 0 : 1);
  if (n < 10) return tree(bit, base + 2, 3, n - 2);
  bit(base + 1, n < 18 ? 0 : 1);
  if (n < 18) return tree(bit, base + 10, 3, n - 10);
  return tree(bit, base + 18, 8, n - 18);
}
function distance(bit, long, d) {
  const top = 31 - Math.clz32(d);
  const slot = d < 4 ? d : 2 * top + ((d >> (top - 1)) & 1);
  tree(bit, AT.slots + 64 * Math.min(long - 2, 3), 6, slot);
  if (slot < 4) return;
  const bits = (slot >> 1) - 1;
  const high = (2 | (slot & 1)) << bits;
  if (slot < 14) return reverse(bit, AT.distances + high - slot, bits, d - high);
  for (let i = bits - 1; i >= 4; i--) bit(-1, (d >> i) & 1);
  reverse(bit, AT.align, 4, d & 15);
}
function literal(bit, data, i, state, rep0) {
  const base = AT.literals + 0x300 * ((i > 0 ? data[i - 1] : 0) >> 5);
  let same = state >= 7;
  const other = same ? data[i - rep0 - 1] : 0;
  let node = 1;
  for (let k = 7; k >= 0; k--) {
    const b = (data[i] >> k) & 1;
    const expected = (other >> k) & 1;
    bit(same ? base + 256 * (1 + expected) + node : base + node, b);
    node = 2 * node + b;
    same &&= b === expected;
  }
}

/** For every position the nearest place of a match of each length: [length, distance − 1], both growing. */
function matches(data) {
  const before = new Map();
  const out = [];
  for (let i = 0; i < data.length; i++) {
    const found = [];
    const key = data[i] | (data[i + 1] << 8);
    const chain = before.get(key) ?? [];
    let longest = 1;
    for (let c = chain.length - 1; c >= 0 && longest < LONGEST; c--) {
      const at = chain[c];
      let n = 0;
      while (n < LONGEST && i + n < data.length && data[at + n] === data[i + n]) n++;
      if (n > longest) found.push([(longest = n), i - at - 1]);
    }
    out.push(found);
    chain.push(i);
    before.set(key, chain);
  }
  return out;
}

/** The tokens that cost least by `price`: [length, kind], kind −1 a literal, 0 … 3 a repeated distance, else distance + 4. */
function parse(data, found, price) {
  const n = data.length;
  const cost = new Float64Array(n + 1).fill(Infinity);
  const [from, kinds, states] = [new Int32Array(n + 1), new Int32Array(n + 1), new Uint8Array(n + 1)];
  const reps = [[0, 0, 0, 0]];
  cost[0] = 0;
  let sum = 0;
  const count = (where, b) => {
    sum += where < 0 ? 1 : price(where, b);
  };
  const of = (f) => {
    sum = 0;
    f();
    return sum;
  };
  const lengths = [AT.lengths, AT.repLengths].map((base) =>
    Array.from({ length: LONGEST + 1 }, (_, l) => (l < 2 ? 0 : of(() => length(count, base, l)))),
  );
  const distances = new Map();
  const distancePrice = (long, d) => {
    const key = d * 4 + Math.min(long - 2, 3);
    let p = distances.get(key);
    if (p === undefined) distances.set(key, (p = of(() => distance(count, long, d))));
    return p;
  };
  for (let i = 0; i < n; i++) {
    const state = states[i];
    if (i > 0) {
      const old = reps[from[i]];
      const kind = kinds[i];
      if (kind < 0) reps[i] = old;
      else if (kind < 4) reps[i] = [old[kind], ...old.filter((_, k) => k !== kind)];
      else reps[i] = [kind - 4, old[0], old[1], old[2]];
    }
    const rep = reps[i];
    const offer = (long, kind, c, next) => {
      if (c >= cost[i + long]) return;
      cost[i + long] = c;
      from[i + long] = i;
      kinds[i + long] = kind;
      states[i + long] = next;
    };
    offer(
      1,
      -1,
      cost[i] + price(AT.match + state, 0) + of(() => literal(count, data, i, state, rep[0])),
      afterLiteral(state),
    );
    const matched = cost[i] + price(AT.match + state, 1);
    const repeated = matched + price(AT.rep + state, 1);
    const own = [0, 1, 2, 3].map((k) => {
      if (k === 0) return price(AT.rep0 + state, 0) + price(AT.rep0Long + state, 1);
      const first = price(AT.rep0 + state, 1) + price(AT.rep1 + state, k === 1 ? 0 : 1);
      return k === 1 ? first : first + price(AT.rep2 + state, k - 2);
    });
    for (let k = 0; k < 4; k++) {
      const at = i - rep[k] - 1;
      if (at < 0) continue;
      let l = 0;
      while (l < LONGEST && i + l < n && data[at + l] === data[i + l]) l++;
      if (k === 0 && l > 0)
        offer(1, 0, repeated + price(AT.rep0 + state, 0) + price(AT.rep0Long + state, 0), afterShort(state));
      for (; l >= 2; l--) offer(l, k, repeated + own[k] + lengths[1][l], afterRep(state));
    }
    const fresh = matched + price(AT.rep + state, 0);
    let l = 2;
    for (const [longest, d] of found[i])
      for (; l <= longest; l++)
        offer(l, d + 4, fresh + lengths[0][l] + distancePrice(l, d), afterMatch(state));
  }
  const tokens = [];
  for (let i = n; i > 0; i = from[i]) tokens.push([i - from[i], kinds[i]]);
  return tokens.reverse();
}

/** Gives every choice of the tokens to `bit`. */
function walk(data, tokens, bit) {
  let [i, state, rep] = [0, 0, [0, 0, 0, 0]];
  for (const [long, kind] of tokens) {
    bit(AT.match + state, kind < 0 ? 0 : 1);
    if (kind < 0) {
      literal(bit, data, i, state, rep[0]);
      state = afterLiteral(state);
    } else if (kind >= 4) {
      bit(AT.rep + state, 0);
      length(bit, AT.lengths, long);
      distance(bit, long, kind - 4);
      rep = [kind - 4, rep[0], rep[1], rep[2]];
      state = afterMatch(state);
    } else {
      bit(AT.rep + state, 1);
      bit(AT.rep0 + state, kind === 0 ? 0 : 1);
      if (kind === 0) bit(AT.rep0Long + state, long === 1 ? 0 : 1);
      else {
        bit(AT.rep1 + state, kind === 1 ? 0 : 1);
        if (kind > 1) bit(AT.rep2 + state, kind - 2);
      }
      rep = [rep[kind], ...rep.filter((_, k) => k !== kind)];
      if (long > 1) length(bit, AT.repLengths, long);
      state = long === 1 ? afterShort(state) : afterRep(state);
    }
    i += long;
  }
}

/** The stream of the tokens: a range coder. */
function encode(data, tokens) {
  const chances = new Uint16Array(AT.count).fill(1024);
  const out = [];
  let [low, range, held, pending] = [0, 0x7fffffff, 0, 0];
  const shift = () => {
    if (low < 0xff000000 || low > 0xffffffff) {
      const carry = low > 0xffffffff ? 1 : 0;
      out.push((held + carry) & 255);
      for (; pending > 0; pending--) out.push((255 + carry) & 255);
      held = Math.floor(low / 0x1000000) & 255;
    } else pending++;
    low = (low % 0x1000000) * 256;
  };
  walk(data, tokens, (where, b) => {
    if (where < 0) {
      range >>= 1;
      if (b) low += range;
    } else {
      const chance = chances[where];
      const bound = (range >> 11) * chance;
      if (b) {
        low += bound;
        range -= bound;
        chances[where] -= chance >> FOLLOW;
      } else {
        range = bound;
        chances[where] += (2048 - chance) >> FOLLOW;
      }
    }
    while (range < 0x800000) {
      range *= 256;
      shift();
    }
  });
  for (let i = 0; i < 5; i++) shift();
  // The first byte is always 0; the reader takes zeros behind the end.
  let end = out.length;
  while (out[end - 1] === 0) end--;
  return Uint8Array.from(out.slice(1, end));
}

/** The shortest stream of a few rounds: each looks for the tokens that are cheap by how often the last round chose what. */
export function lzma(data, rounds = 8) {
  const found = matches(data);
  let best;
  let price = () => 1;
  for (let r = 0; r < rounds; r++) {
    const tokens = parse(data, found, price);
    const stream = encode(data, tokens);
    if (!best || stream.length < best.length) best = stream;
    const seen = new Float64Array(2 * AT.count).fill(0.4);
    walk(data, tokens, (where, b) => {
      if (where >= 0) seen[2 * where + b]++;
    });
    const prices = seen.map((k, i) => -Math.log2(k / (k + seen[i ^ 1])));
    price = (where, b) => prices[2 * where + b];
  }
  return best;
}
