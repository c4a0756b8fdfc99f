/** What the tree of one round holds: contents come back in later rounds, so that what is swept away is needed again. */
export function contentsOf(round: number): ReadonlyMap<string, Buffer> {
  const small = Array.from({ length: 12 }, (_, at) => [`part ${at % 3}/file ${at}`, Buffer.from(`${(round * (at + 1)) % 17} of ${at}\n`.repeat(1 + at * 40))] as const);
  // Over the size up to which a file is read whole.
  return new Map([...small, ['large', Buffer.alloc(1_200_000, round % 11)]]);
}
