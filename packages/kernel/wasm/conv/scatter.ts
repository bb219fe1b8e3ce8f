import { Geometry } from "./geometry";

/**
 * Adds patches back to where they were read. They lie as rows: element k of all n positions side by side.
 */
export function add_patch_rows(g: Geometry, x: usize, p0: i32, n: i32, rows: usize): void {
  for (let c = 0; c < g.inChannels; c++)
    for (let kd = 0; kd < g.kd; kd++)
      for (let kh = 0; kh < g.kh; kh++)
        for (let kw = 0; kw < g.kw; kw++) {
          const channel = x + ((c * g.xc) << 2);
          let ow = p0 % g.ow;
          let row = p0 / g.ow;
          let left = n;
          while (left > 0) {
            const count = min(left, g.ow - ow);
            const iz = (row / g.oh) * g.sd - g.pd + kd * g.dd;
            const iy = (row % g.oh) * g.sh - g.ph + kh * g.dh;
            let ix = ow * g.sw - g.pw + kw * g.dw;
            if (<u32>iz < <u32>g.id && <u32>iy < <u32>g.ih) {
              const line = channel + ((iz * g.xd + iy * g.xh) << 2);
              for (let i = 0; i < count; i++) {
                if (<u32>ix < <u32>g.iw) {
                  const at = line + ((ix * g.xw) << 2);
                  store<f32>(at, load<f32>(at) + load<f32>(rows + (<usize>i << 2)));
                }
                ix += g.sw;
              }
            }
            rows += <usize>count << 2;
            left -= count;
            ow = 0;
            row++;
          }
        }
}
