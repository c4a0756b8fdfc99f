import { bars, escapeHtml, stackedColumns, type Column, type Series } from './report-charts.ts';
import { fates, isStopped, type Fate, type ReportAction, type ReportFacts } from './report-facts.ts';

export interface ReportPageOptions {
  /** Names of agents by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Minutes that local time is ahead of UTC: times are those of whoever made the report. */
  readonly utcOffsetMinutes: number;
}

const fateTitles: Readonly<Record<Fate, string>> = { ran: 'ran by the policy', kept: 'ran, copied first', allowed: 'allowed by a person', denied: 'denied by a person', refused: 'refused by the policy', failed: 'stopped: no answer or an error' };
const series: readonly Series[] = fates.map((name) => ({ name, title: fateTitles[name] }));

const MOST_LISTED = 200;
const MOST_SESSIONS = 40;
const HOUR = 3_600_000;
const delays: readonly (readonly [string, number])[] = [['under 5 s', 5_000], ['5–15 s', 15_000], ['15–60 s', 60_000], ['1–4 min', 240_000], ['longer', Infinity]];

/** The report as one HTML file: no script, nothing fetched, colours of the editor where it is shown in one, and fit to be printed. */
export function reportPage(facts: ReportFacts, options: ReportPageOptions): string {
  const clock = clockOf(options);
  const period = facts.period ? `${clock(facts.period.from)} – ${clock(facts.period.to)}` : 'nothing recorded yet';
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Interlock session report</title>
<style>${style}</style>
</head>
<body>
<main>
<header><h1>What agents did, and what was stopped</h1><p>${escapeHtml(period)} · made ${escapeHtml(clock(options.now))}</p></header>
${sentence(facts)}
${figures(facts)}
<section><h2>Actions over time</h2>${stackedColumns('Actions over time', series, columnsOf(facts, options))}</section>
<div class="pair">
<section><h2>By tool</h2>${bars('Actions by tool', mostFirst(facts.byTool))}</section>
<section><h2>By environment</h2>${bars('Findings by environment', mostFirst(facts.byEnvironment))}</section>
<section><h2>How long people took to answer</h2>${bars('Answers by time taken', delayCounts(facts.answers))}<p class="note">${facts.unanswered} ${facts.unanswered === 1 ? 'question was' : 'questions were'} not answered in time; the answer was then no.</p></section>
</div>
<section><h2>Stopped</h2>${actionTable(facts.actions.filter(({ fate }) => isStopped(fate)), options, 'Nothing was stopped.')}</section>
<section><h2>Allowed by a person</h2>${actionTable(facts.actions.filter(({ fate }) => fate === 'allowed'), options, 'No question was answered with yes.')}</section>
<section><h2>Copied first</h2>${actionTable(facts.actions.filter(({ filesKept }) => filesKept > 0), options, 'Nothing had to be copied.')}</section>
<section><h2>Timeline by session</h2>${timeline(facts, options)}</section>
<section><h2>Changes</h2>${changes(facts, clock)}</section>
<footer>${facts.leftOut > 0 ? `<p>The ${facts.leftOut} oldest actions are counted, and not listed.</p>` : ''}<p>Made by Interlock from its journal on this machine. Secrets were masked before anything was written down.</p></footer>
</main>
</body>
</html>
`;
}

/** Consequence first. */
function sentence({ byFate, secretsRefused, period }: ReportFacts): string {
  if (!period) return '<p class="lead">Agents have not asked for anything yet.</p>';
  const stopped = fates.filter(isStopped).reduce((sum, fate) => sum + (byFate.get(fate) ?? 0), 0);
  const people = (byFate.get('allowed') ?? 0) + (byFate.get('denied') ?? 0);
  return `<p class="lead">${plural(stopped, 'action was', 'actions were')} stopped, ${secretsRefused} of them for a secret. People decided ${plural(people, 'question', 'questions')}.</p>`;
}

function figures({ byFate, valuesHidden, valuesShown, filesKept }: ReportFacts): string {
  const cards: (readonly [string, string, number])[] = [...series.map(({ name, title }) => [name, title, byFate.get(name as Fate) ?? 0] as const), ['', 'values of secrets masked in outputs', valuesHidden], ['', 'files copied first', filesKept]];
  if (valuesShown > 0) cards.push(['failed', 'values of secrets shown to a model: replace them', valuesShown]);
  return `<dl class="figures">${cards.map(([name, title, value]) => `<div class="${name}"><dt>${escapeHtml(title)}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
}

/** Hours for a day or two, days otherwise. */
function columnsOf({ period, actions }: ReportFacts, options: ReportPageOptions): readonly Column[] {
  if (!period) return [];
  const shift = options.utcOffsetMinutes * 60_000;
  const width = period.to - period.from <= 48 * HOUR ? HOUR : 24 * HOUR;
  const first = Math.floor((period.from + shift) / width);
  const last = Math.min(Math.floor((period.to + shift) / width), first + 365);
  const columns = Array.from({ length: last - first + 1 }, (_, at) => ({ label: labelOf((first + at) * width, width), values: fates.map(() => 0) }));
  for (const { time, fate } of actions) {
    const values = columns[Math.floor((time + shift) / width) - first]?.values;
    const index = fates.indexOf(fate);
    if (values) values[index] = (values[index] ?? 0) + 1;
  }
  return columns;
}

function labelOf(local: number, width: number): string {
  const text = new Date(local).toISOString();
  return width === HOUR ? text.slice(11, 16) : text.slice(5, 10);
}

function mostFirst(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].toSorted((a, b) => b[1] - a[1]);
}

function delayCounts(answers: readonly number[]): readonly (readonly [string, number])[] {
  return delays.map(([name, below], at) => [name, answers.filter((delay) => delay < below && delay >= (delays[at - 1]?.[1] ?? 0)).length] as const).filter(([, value]) => value > 0);
}

function actionTable(actions: readonly ReportAction[], options: ReportPageOptions, none: string): string {
  if (actions.length === 0) return `<p class="note">${none}</p>`;
  const clock = clockOf(options);
  const rows = actions.slice(-MOST_LISTED).toReversed().map((action) => `<tr><td><time>${escapeHtml(clock(action.time))}</time></td><td>${escapeHtml(options.titles.get(action.agent) ?? action.agent)}</td><td><code>${escapeHtml(action.subject)}</code>${action.why === '' ? '' : `<p>${escapeHtml(action.why)}</p>`}</td><td>${escapeHtml(action.environments)}</td><td><span class="key ${action.fate}"></span>${escapeHtml(action.outcome)}${action.filesKept > 0 ? `, ${plural(action.filesKept, 'file', 'files')} kept` : ''}</td></tr>`);
  const more = actions.length > MOST_LISTED ? `<p class="note">${actions.length - MOST_LISTED} earlier ones are not listed.</p>` : '';
  return `<table><thead><tr><th scope="col">When</th><th scope="col">Agent</th><th scope="col">What</th><th scope="col">Where</th><th scope="col">What became of it</th></tr></thead><tbody>${rows.join('')}</tbody></table>${more}`;
}

/** A line for each session, with a mark for each action where it stands in time. */
function timeline({ period, actions }: ReportFacts, options: ReportPageOptions): string {
  const sessions = new Map<string, ReportAction[]>();
  for (const action of actions) {
    const key = `${action.agent}\n${action.session}`;
    const known = sessions.get(key);
    if (known) known.push(action);
    else sessions.set(key, [action]);
  }
  if (!period || sessions.size === 0) return '<p class="note">No session yet.</p>';
  const clock = clockOf(options);
  const span = Math.max(1, period.to - period.from);
  const lanes = [...sessions.values()].slice(-MOST_SESSIONS).map((own) => {
    const [first] = own;
    const marks = own.slice(-500).map(({ time, fate, subject }) => `<rect class="${fate}" x="${(1 + ((time - period.from) / span) * 714).toFixed(1)}" y="${isStopped(fate) ? 2 : 8}" width="4" height="${isStopped(fate) ? 20 : 8}"><title>${escapeHtml(`${clock(time)} ${fateTitles[fate]}: ${subject.slice(0, 200)}`)}</title></rect>`);
    const title = options.titles.get(first?.agent ?? '') ?? first?.agent ?? '';
    const stopped = own.filter(({ fate }) => isStopped(fate)).length;
    return `<li><p><strong>${escapeHtml(title)}</strong> ${escapeHtml(first?.folder ?? '')} · from ${escapeHtml(clock(first?.time ?? 0))} · ${plural(own.length, 'action', 'actions')}, ${stopped} stopped</p><svg viewBox="0 0 720 24" role="img" aria-label="${escapeHtml(`${title}: ${own.length} actions, ${stopped} stopped`)}"><line class="grid" x1="0" x2="720" y1="12" y2="12"/>${marks.join('')}</svg></li>`;
  });
  const more = sessions.size > MOST_SESSIONS ? `<p class="note">${sessions.size - MOST_SESSIONS} earlier sessions are not drawn.</p>` : '';
  return `<ol class="lanes">${lanes.join('')}</ol>${more}`;
}

function changes({ changes: made }: ReportFacts, clock: (time: number) => string): string {
  if (made.length === 0) return '<p class="note">Nothing was changed.</p>';
  return `<ul class="changes">${made.slice(-MOST_LISTED).toReversed().map(({ time, what, by }) => `<li><time>${escapeHtml(clock(time))}</time> ${escapeHtml(what)} <span class="note">by ${escapeHtml(by)}</span></li>`).join('')}</ul>`;
}

function clockOf({ utcOffsetMinutes }: ReportPageOptions): (time: number) => string {
  return (time) => new Date(time + utcOffsetMinutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Colours tell fates apart by lightness too, for who cannot tell hues apart and for print. */
const style = `
:root { --text: var(--vscode-foreground, #1f2328); --back: var(--vscode-editor-background, #fff); --soft: var(--vscode-descriptionForeground, #59636e); --line: var(--vscode-panel-border, #d1d9e0); --ran: #9fb3c8; --kept: #5b8def; --allowed: #2f9e6e; --denied: #d9822b; --refused: #b3261e; --failed: #6b2a86; }
@media (prefers-color-scheme: dark) { :root { --text: var(--vscode-foreground, #e6edf3); --back: var(--vscode-editor-background, #0d1117); --soft: var(--vscode-descriptionForeground, #9198a1); --line: var(--vscode-panel-border, #3d444d); --ran: #6f8499; --kept: #79a6ff; --allowed: #4cc38a; --denied: #f2a65a; --refused: #f2726a; --failed: #c48ae0; } }
/* In an editor its theme counts, whatever the machine's. */
body.vscode-dark, body.vscode-high-contrast { --ran: #6f8499; --kept: #79a6ff; --allowed: #4cc38a; --denied: #f2a65a; --refused: #f2726a; --failed: #c48ae0; }
body.vscode-light, body.vscode-high-contrast-light { --ran: #9fb3c8; --kept: #5b8def; --allowed: #2f9e6e; --denied: #d9822b; --refused: #b3261e; --failed: #6b2a86; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 14px/1.5 var(--vscode-font-family, system-ui, sans-serif); }
main { max-width: 1040px; margin: 0 auto; padding: 24px; }
h1 { font-size: 22px; margin: 0; } h2 { font-size: 16px; margin: 28px 0 8px; } header p, .note, .axis { color: var(--soft); }
.lead { font-size: 17px; } svg { width: 100%; height: auto; display: block; } .axis { fill: var(--soft); font-size: 11px; } .grid { stroke: var(--line); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 8px; margin: 16px 0; } .figures div { border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 4px; padding: 8px 12px; display: flex; flex-direction: column-reverse; justify-content: flex-end; } dt { color: var(--soft); } dd { margin: 0; font-size: 22px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 0 32px; }
table { width: 100%; border-collapse: collapse; } th, td { text-align: left; vertical-align: top; padding: 6px 10px 6px 0; border-top: 1px solid var(--line); } td p { margin: 2px 0 0; color: var(--soft); } code { font: 12px/1.4 var(--vscode-editor-font-family, ui-monospace, monospace); overflow-wrap: anywhere; } time { white-space: nowrap; }
ul, ol { padding: 0; margin: 0; list-style: none; } .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; white-space: nowrap; } .lanes p { margin: 12px 0 2px; } .changes li { padding: 3px 0; }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; }
${fates.map((name) => `rect.${name} { fill: var(--${name}); } .key.${name} { background: var(--${name}); } .figures .${name} { border-left-color: var(--${name}); }`).join('\n')}
.bar { fill: var(--kept); }
@media print { body { background: #fff; color: #000; } section, tr, li { break-inside: avoid; } * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
`;
