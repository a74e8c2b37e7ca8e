import { maximum } from '#bench/lib/stats.ts';
import type { RehearsalReport } from '#bench/rehearsal/rehearse.ts';

const WIDTH = 960;
const HEIGHT = 420;
const CHART = { left: 56, top: 96, width: 880, height: 200 };
/** Space above the chart for one line of a mark's text. */
const LINE = 16;

/** Draws a rehearsal as SVG: acknowledged saves in each second, what was done meanwhile, and the figures. */
export function drawRehearsal(report: RehearsalReport): string {
  const { savesPerSecond, marks } = report.timeline;
  const seconds = Math.max(savesPerSecond.length, ...marks.map((mark) => Math.ceil(mark.second) + 1));
  const most = Math.max(1, maximum(savesPerSecond));
  const x = (second: number): number => CHART.left + (second / seconds) * CHART.width;
  const y = (saves: number): number => CHART.top + CHART.height * (1 - saves / most);
  const barWidth = Math.max(1, CHART.width / seconds - 1);
  const bars = savesPerSecond.map((saves, second) =>
    `<rect x="${x(second).toFixed(1)}" y="${y(saves).toFixed(1)}" width="${barWidth.toFixed(1)}" height="${(CHART.top + CHART.height - y(saves)).toFixed(1)}"/>`);
  const lines = marks.map((mark, index) => {
    const at = x(mark.second).toFixed(1);
    const labelY = CHART.top - 8 - ((marks.length - 1 - index) % 3) * LINE;
    return `<path d="M${at} ${labelY + 4}V${CHART.top + CHART.height}"/><text x="${at}" y="${labelY}" dx="4">${escape(mark.text)}</text>`;
  });
  const ticks = Array.from({ length: Math.floor(seconds / 30) + 1 }, (_unused, index) => index * 30)
    .map((second) => `<text x="${x(second)}" y="${CHART.top + CHART.height + 18}" text-anchor="middle">${second} s</text>`);
  const figures = figuresOf(report).map(([name, value], index) =>
    `<text x="${CHART.left + (index % 2) * 440}" y="${348 + Math.floor(index / 2) * 24}"><tspan class="quiet">${name}</tspan> <tspan class="strong">${value}</tspan></text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(headline(report))}">
<style>
svg{font:13px system-ui,sans-serif;background:#fcfcfd}text{fill:#1c2024}.quiet{fill:#60646c}.strong{font-weight:650}.title{font-size:17px;font-weight:650}
.bars{fill:#0d9b8a}.marks path{stroke:#60646c;stroke-dasharray:3 3}.marks text,.axis text{fill:#60646c;font-size:12px}
@media (prefers-color-scheme:dark){svg{background:#111113}text{fill:#edeef0}.quiet,.marks text,.axis text{fill:#b0b4ba}.bars{fill:#0eb39e}.marks path{stroke:#b0b4ba}}
</style>
<rect width="${WIDTH}" height="${HEIGHT}" fill="none"/>
<text class="title" x="${CHART.left}" y="32">${escape(headline(report))}</text>
<g class="bars">${bars.join('')}</g>
<g class="axis"><text x="${CHART.left - 8}" y="${CHART.top + 10}" text-anchor="end">${most}/s</text><text x="${CHART.left - 8}" y="${CHART.top + CHART.height}" text-anchor="end">0</text>${ticks.join('')}</g>
<g class="marks">${lines.join('')}</g>
${figures.join('\n')}
</svg>
`;
}

function headline(report: RehearsalReport): string {
  return `${report.students} students, ${report.acknowledged} saves acknowledged, ${report.lost} lost, ${report.late} late`;
}

function figuresOf({ saveMs, timeChangeMs, closeLagMs, certificate }: RehearsalReport): [string, string][] {
  const holding = certificate.invariants.filter((invariant) => invariant.holds).length;
  return [
    ['save', `p50 ${saveMs.p50} ms, p99 ${saveMs.p99} ms`],
    ['time change seen', `p99 ${timeChangeMs.p99} ms`],
    ['closed after the cut-off', `p99 ${closeLagMs.p99} ms, max ${closeLagMs.max} ms`],
    ['close-out', certificate.state],
    ['sessions', Object.entries(certificate.counts).filter(([, count]) => count > 0).map(([state, count]) => `${count} ${state}`).join(', ')],
    ['invariants', `${holding} of ${certificate.invariants.length} hold`],
  ];
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
