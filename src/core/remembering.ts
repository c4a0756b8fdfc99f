/** Most answers kept at a time; one action asks about a few texts, again and again. */
const mostRemembered = 512;
/** Longer texts are worked out anew: keeping them would hold on to more than it saves. */
const longest = 1024;

/** A pure function of a text, which keeps its answers for a while. Answers are never `undefined`. */
export function remembering<T>(compute: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    if (text.length > longest) return compute(text);
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= mostRemembered) answers.clear();
    const answer = compute(text);
    answers.set(text, answer);
    return answer;
  };
}
