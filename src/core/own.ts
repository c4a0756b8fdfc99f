/** The entry of a table under a name that an agent chose: never what every object has, such as `constructor` and `__proto__`. */
export function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
