import { float32, Strided } from "@cognate/kernel";
import { Cursor } from "../bytes/cursor.js";
import { type ByteInput, withSource } from "../bytes/source.js";

/** Sound: samples between −1 and 1, `[samples, channels]`. */
export interface Sound {
  readonly samples: Strided;
  /** Samples of a second. */
  readonly rate: number;
}

/** Reads a WAV file of 16-bit samples, as `tf.audio.decode_wav` does. @throws FormatError */
export function readWav(input: ByteInput): Sound {
  return withSource(input, (source) => {
    const c = new Cursor(source.read(0, source.size), "wav");
    c.expect("RIFF");
    c.skip(4);
    c.expect("WAVE");
    let format: { channels: number; rate: number } | undefined;
    for (;;) {
      const kind = c.latin1(4);
      const size = c.u32();
      if (kind === "data") {
        if (!format) throw c.fail("the format", "missing", "before the samples");
        const n = Math.floor(size / 2 / format.channels);
        const bytes = c.view(2 * n * format.channels, "the samples");
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const out = new Float32Array(n * format.channels);
        for (let i = 0; i < out.length; i++) out[i] = view.getInt16(2 * i, true) / 32768;
        return { samples: Strided.over(out, float32, [n, format.channels]), rate: format.rate };
      }
      const next = c.pos + size + (size & 1);
      if (kind === "fmt ") {
        const code = c.u16();
        if (code !== 1 && code !== 0xfffe) throw c.fail("the encoding", code, "1 (PCM)", c.pos - 2);
        const channels = c.u16();
        if (channels < 1) throw c.fail("the number of channels", channels, "at least 1", c.pos - 2);
        const rate = c.u32();
        c.skip(6);
        const bits = c.u16();
        if (bits !== 16) throw c.fail("the bits of a sample", bits, "16", c.pos - 2);
        format = { channels, rate };
      }
      c.seek(next, "the next chunk");
    }
  });
}
