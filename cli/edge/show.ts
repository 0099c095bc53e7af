import type { Story } from '#operate/core/shapes/handoffs.ts';
import { wrapped } from '../wrap.ts';
import type { Command } from './command.ts';

export const show: Command = {
  summary: 'The story of one file, and what to do now',
  takes: ['id'],
  options: {},
  examples: ['npm run edge -- show acme-orders.4f1c…'],
  async run(api, { given: [id = ''] }) {
    const story = await api.ask('readHandoff', { id });
    return { json: story, text: linesOf(story).join('\n') };
  },
};

function linesOf(story: Story): string[] {
  return [
    `${story.file}: ${story.state}`,
    '',
    ...named('hand-off', story.id),
    ...named('object', story.versionId ? `${story.key} (version ${story.versionId})` : story.key),
    ...named('received', story.receivedAt),
    ...named('arrived late', story.lateFor && `it was due at ${story.lateFor}`),
    ...named('settled', story.settledAt),
    ...named('attempts', story.attempts),
    ...named('waits for', story.awaiting),
    ...named('next try', story.nextRetryAt),
    ...named('stopped', story.stoppedAt),
    ...named('period', story.period),
    ...named('size', sizeOf(story)),
    ...named('duplicate of', story.duplicateOf),
    ...named('corrects', story.corrects),
    ...named('reprocessed', story.reprocessedBy),
    ...named('ignored', story.ignoredColumns.join(', ')),
    ...story.progress.flatMap(progressLine),
    ...named('books', booksOf(story)),
    ...named('quarantine', story.quarantine),
    ...proofLines(story.proof),
    ...named('compared', comparedOf(story)),
    ...(story.fault ? ['', ...wrapped(`${story.fault.code}: ${story.fault.detail}`)] : []),
    '',
    ...wrapped(story.advice),
  ];
}

const named = (name: string, value: string | number | null): string[] =>
  value === null || value === ''
    ? []
    : wrapped(String(value), ' '.repeat(13)).map((line, n) =>
        n === 0 ? name.padEnd(13) + line.trimStart() : line,
      );

const sizeOf = ({ bytes, records }: Story): string | null =>
  bytes === null ? null : `${bytes} bytes, ${records ?? 0} records`;

const comparedOf = ({ lastReconciledAt, reconciliation }: Story): string | null =>
  reconciliation && `${lastReconciledAt}, ${reconciliation.result}: ${reconciliation.detail}`;

const progressLine = ({ pass, chunks, done, records, recordsDone }: Story['progress'][number]): string[] =>
  named(pass, `${recordsDone} of ${records} records, ${done} of ${chunks} chunks`);

function proofLines(proof: Story['proof']): string[] {
  if (!proof) return [];
  const { state, at, claimed, onBus, missing } = proof;
  const told = `${state} ${at.slice(0, 19).replace('T', ' ')}: ${claimed} claimed, ${onBus} on the bus`;
  return [...named('events', told), ...missing.map(id => `${''.padEnd(13)}was missing: ${id}`)];
}

function booksOf({ received, tally }: Story): string | null {
  if (received === null || tally === null) return null;
  const told = Object.entries(tally).flatMap(([outcome, count]) =>
    count > 0 ? [`${count} ${outcome}`] : [],
  );
  return `${received} received = ${told.join(' + ') || '0'}`;
}
