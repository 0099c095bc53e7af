import { limits } from '#shared/contract/limits.ts';
import type { Drift } from '../core/feed/drift.ts';

/** The columns of a difference as an event or a log line may hold them: a document may have many, with names of any length. */
export const listedColumns = ({ unknown, vanished, changed }: Drift) => ({
  unknown: listed(unknown),
  vanished: listed(vanished),
  changed: listed(changed),
});

function listed(names: readonly string[]): string[] {
  const shown = names.slice(0, limits.driftColumnsMax).map(cut);
  return names.length > shown.length ? [...shown, `… and ${names.length - shown.length} more`] : shown;
}

/** By code points, so that no character is halved. */
function cut(name: string): string {
  const max = limits.columnNameCharactersMax;
  const characters = [...name.slice(0, 2 * max + 2)];
  return characters.length > max ? `${characters.slice(0, max).join('')}…` : name;
}
