/** The block that a guide shows for a file: the first one after its path. */
export const shownIn =
  (guide: string) =>
  (path: string): string => {
    const [, after = ''] = guide.split(`\`${path}\``);
    return `${/```\w+\n(.*?)\n```/s.exec(after)?.[1]}\n`;
  };

/** A source under test as it stands in its place in the tree: other paths, and so another order of imports. */
export function inPlace(source: string): string {
  const lines = source
    .replaceAll("'./supplier", "'#events/purchasing/supplier")
    .replaceAll("'./invoice", "'#events/billing/invoice")
    .split('\n');
  const [imports, rest] = [true, false].map(is => lines.filter(line => line.startsWith('import ') === is));
  return [...imports!.sort(), ...rest!].join('\n');
}
