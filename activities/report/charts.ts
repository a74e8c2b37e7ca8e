/** A bar of a chart. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** What stands at its end. */
  readonly text: string;
}

const [WIDTH, HEIGHT, LEFT, FOOT, HEAD] = [640, 190, 8, 26, 18];
const FONT = 'font-family="Atkinson Hyperlegible Next, DejaVu Sans"';

/** Upright bars with their values above and labels below, as SVG. The labels come from the program, never from people. */
export function barChart(bars: readonly Bar[], colour: string): string {
  const most = Math.max(...bars.map((bar) => bar.value), 1e-9);
  const step = (WIDTH - 2 * LEFT) / Math.max(1, bars.length);
  const room = HEIGHT - FOOT - HEAD;
  const drawn = bars.map(({ label, value, text }, index) => {
    const height = Math.max(0, (value / most) * room);
    const x = LEFT + index * step;
    const y = HEIGHT - FOOT - height;
    const middle = x + step / 2;
    return `<rect x="${fixed(x + step * 0.12)}" y="${fixed(y)}" width="${fixed(step * 0.76)}" height="${fixed(height)}" fill="${colour}"/>`
      + write(middle, y - 5, text, 9.5) + write(middle, HEIGHT - FOOT + 13, label, 9.5);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">${drawn.join('')}`
    + `<line x1="${LEFT}" y1="${HEIGHT - FOOT}" x2="${WIDTH - LEFT}" y2="${HEIGHT - FOOT}" stroke="#767676" stroke-width="1"/></svg>`;
}

function write(x: number, y: number, text: string, size: number): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" font-size="${size}" text-anchor="middle" fill="#333333" ${FONT}>${escaped(text)}</text>`;
}

function fixed(value: number): string {
  return value.toFixed(2);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
