import { rejectsPrefix } from '#adapters/webhook-fence/core/webhook/reject.ts';
import { busLogPrefix } from './bus-log/bus-log-keys.ts';
import type { KnownIntegration } from './known-integration.ts';
import type { InputOf } from './operations.ts';
import { quarantineReadings } from './quarantine-reading.ts';

type Asked = Omit<InputOf<'readContent'>, 'cursor'>;

/** That somebody looked at content. It is recorded before the content is read. */
export interface Reading extends Pick<Asked, 'integration' | 'of' | 'id'> {
  /** Key of the object that was read. */
  readonly object: string;
  /** ARN of the signer. */
  readonly by: string;
  readonly at: string;
}

/** Where content is kept. */
export interface ContentPlace {
  readonly store: 'quarantine' | 'rejects' | 'busLog';
  readonly key: string;
}

/** Undefined where the object is not what is asked for: another integration's, or no content at all. */
export function contentPlace({ id, kind }: KnownIntegration, asked: Asked): ContentPlace | undefined {
  const { of, object: key = '' } = asked;
  const isOwn = key.startsWith(`${id}/`);
  switch (of) {
    case 'rows':
      return kind === 'file-lane' && /^[\w.-]+$/.test(asked.id)
        ? { store: 'quarantine', key: `${id}/${asked.id}/rows.csv` }
        : undefined;
    case 'unit':
      return kind !== 'file-lane' && isOwn && quarantineReadings[kind].isReport(id, key)
        ? { store: 'quarantine', key }
        : undefined;
    case 'reject':
      return kind === 'webhook-fence' && key.startsWith(rejectsPrefix(id))
        ? { store: 'rejects', key }
        : undefined;
    case 'event':
    case 'raw':
      return key.startsWith(busLogPrefix) ? { store: 'busLog', key } : undefined;
  }
}
