/** Small pieces of Markdown that hold whatever text is put into them. */

/** Text in code style; what has several lines or a fence inside gets a block of its own. */
export function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const padded = /^`|`$/.test(text) ? ` ${text} ` : text;
  return `${fence}${padded}${fence}`;
}

/** A block of commands, one below the other. */
export function block(commands: readonly string[]): string {
  const text = commands.join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}sh\n${text}\n${fence}`;
}

/** A sentence as it is: what would be markup is shown, code in backticks stays code. */
export function plain(text: string): string {
  return text.split(/(`[^`]+`)/).map((part) => (part.startsWith('`') ? part : part.replace(/[\\*_<>[\]`]/g, (sign) => `\\${sign}`))).join('');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Blocks with an empty line between them; those that are empty fall out. */
export function page(...blocks: readonly string[]): string {
  return `${blocks.filter((text) => text !== '').join('\n\n')}\n`;
}

/** `a, b or c` */
export function either(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
