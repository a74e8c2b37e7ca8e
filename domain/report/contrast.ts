/** The lowest contrast with the paper at which small coloured text can be read. @source WCAG 2.2, success criterion 1.4.3 */
export const LEAST_CONTRAST = 4.5;

/**
 * How a colour stands out from white paper.
 * @param colour `#rrggbb`
 * @returns from 1 (white) to 21 (black)
 * @source WCAG 2.2, definitions of "contrast ratio" and "relative luminance"
 */
export function contrastWithPaper(colour: string): number {
  return 1.05 / (luminanceOf(colour) + 0.05);
}

/** The nearest darker shade of a colour that can be read on white paper. @param colour `#rrggbb` */
export function readableShade(colour: string): string {
  const parts = channels(colour);
  for (let share = 100; share > 0; share -= 1) {
    const shade = `#${parts.map((part) => Math.round((part * share) / 100).toString(16).padStart(2, '0')).join('')}`;
    if (contrastWithPaper(shade) >= LEAST_CONTRAST) return shade;
  }
  return '#000000';
}

function luminanceOf(colour: string): number {
  const [red, green, blue] = channels(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}
