/** Charts as SVG, drawn once and for good: the page has no script. Colours come from its style by class. */

/** One colour of a chart: a class of the page's style, and what it stands for. */
export interface Series {
  readonly name: string;
  readonly title: string;
}

export interface Column {
  readonly label: string;
  /** One number for each series, in its order. */
  readonly values: readonly number[];
}

const WIDTH = 720;
const HEIGHT = 200;
const BASE = 170;
const LEFT = 36;

/** Columns of stacked parts: how much of what there was at each time. */
export function stackedColumns(title: string, series: readonly Series[], columns: readonly Column[]): string {
  const totals = columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const top = niceTop(Math.max(1, ...totals));
  const step = (WIDTH - LEFT) / Math.max(1, columns.length);
  const every = Math.ceil(columns.length / 12);
  const bars = columns.map(({ label, values }, at) => {
    let y = BASE;
    const x = LEFT + at * step + step * 0.1;
    const parts = values.map((value, index) => {
      const height = (value / top) * (BASE - 10);
      y -= height;
      return value === 0 ? '' : `<rect class="${series[index]?.name ?? ''}" x="${round(x)}" y="${round(y)}" width="${round(step * 0.8)}" height="${round(height)}"><title>${escapeHtml(`${label}: ${value} ${series[index]?.title ?? ''}`)}</title></rect>`;
    });
    const text = at % every === 0 ? `<text class="axis" x="${round(x + step * 0.4)}" y="${BASE + 16}" text-anchor="middle">${escapeHtml(label)}</text>` : '';
    return parts.join('') + text;
  });
  const lines = [0, 0.5, 1].map((part) => `<line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${round(BASE - part * (BASE - 10))}" y2="${round(BASE - part * (BASE - 10))}"/><text class="axis" x="${LEFT - 6}" y="${round(BASE + 4 - part * (BASE - 10))}" text-anchor="end">${round(top * part)}</text>`);
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(`${title}: ${said(series, columns)}`)}">${lines.join('')}${bars.join('')}</svg>${legend(series)}`;
}

const MOST_BARS = 12;
const BAR_STEP = 24;
const BAR_LEFT = 82;
const BAR_WIDTH = 190;

/** One bar for each name, in the order given. */
export function bars(title: string, counts: readonly (readonly [string, number])[]): string {
  const shown = counts.slice(0, MOST_BARS);
  const most = Math.max(1, ...shown.map(([, value]) => value));
  const rows = shown.map(([name, value], at) => {
    const y = at * BAR_STEP;
    const width = round((value / most) * BAR_WIDTH);
    return `<text class="axis" x="${BAR_LEFT - 8}" y="${y + 15}" text-anchor="end">${escapeHtml(name)}</text><rect class="bar" x="${BAR_LEFT}" y="${y + 3}" width="${width}" height="16"/><text class="axis" x="${BAR_LEFT + width + 6}" y="${y + 15}">${value}</text>`;
  });
  return `<svg viewBox="0 0 320 ${Math.max(1, shown.length) * BAR_STEP}" role="img" aria-label="${escapeHtml(`${title}: ${shown.map(([name, value]) => `${name} ${value}`).join(', ') || 'nothing'}`)}">${rows.join('')}</svg>`;
}

function legend(series: readonly Series[]): string {
  return `<ul class="legend">${series.map(({ name, title }) => `<li><span class="key ${name}"></span>${escapeHtml(title)}</li>`).join('')}</ul>`;
}

function said(series: readonly Series[], columns: readonly Column[]): string {
  const sums = series.map(({ title }, index) => `${columns.reduce((sum, { values }) => sum + (values[index] ?? 0), 0)} ${title}`);
  return sums.join(', ');
}

/** 1, 2, 5, 10, 20, …: the next one that is not smaller, and even where a half of it is written. */
function niceTop(most: number): number {
  for (let power = 1; ; power *= 10) for (const digit of [2, 4, 10]) if (digit * power >= most) return digit * power;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Text for HTML, inside elements and attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
