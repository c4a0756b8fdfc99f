/** A path as one word of `sh`, or of PowerShell, which agents use on Windows. */
export function shellWord(path: string): string {
  return `'${path.replaceAll("'", path.endsWith('.cmd') ? "''" : "'\\''")}'`;
}
