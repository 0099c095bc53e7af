/** A command of `npm run edge` as a shell takes it, for the stage that the page shows. */
export function commandFor(stage: string | undefined, words: readonly (string | undefined)[]): string {
  const given = words.filter(word => word !== undefined);
  const asked = stage === undefined ? given : [...given, '--stage', stage];
  return ['npm run edge --', ...asked.map(quoted)].join(' ');
}

/** Options of a filter: `--from … --to …`. */
export const optionsOf = (filter: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(filter).flatMap(([name, value]) => (value ? [`--${name}`, value] : []));

const plain = /^[\w./:@=+,-]+$/;

export const quoted = (word: string): string =>
  plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
