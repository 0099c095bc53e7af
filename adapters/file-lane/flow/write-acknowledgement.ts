import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { acknowledgement } from '../core/acknowledgement/acknowledgement.ts';
import { type Answer, metadataOf } from '../core/acknowledgement/answer.ts';
import { resendRule } from '../core/acknowledgement/resend-rule.ts';
import { ackNames } from '../core/file/ack-names.ts';
import { sumTotals } from '../core/file/totals.ts';
import { addNotes, noNotes } from '../core/outcome/notes.ts';
import { fileNameOf } from '../core/outcome/prefixes.ts';
import type { Closed } from './books.ts';
import type { Work } from './work.ts';

/** What the acknowledgement says, and over which object it may be written; none where `etag` is undefined. */
interface Acknowledged {
  readonly closed: Closed;
  readonly answer: Answer;
  readonly etag: string | undefined;
}

/** Writes `<file>.ack.json` under the partner's own `ack/` path, unless another was written meanwhile. */
export function writeAcknowledgement(
  { lane, ports }: Work,
  { closed: { handoff, books, chunks, report }, answer, etag }: Acknowledged,
): Promise<ObjectRef | 'changed'> {
  const file = fileNameOf(lane, handoff.object.key);
  const names = ackNames(lane.delivery.folder, file);
  const text = acknowledgement({
    ...books,
    handoff,
    file,
    schemaVersion: lane.schemaVersion,
    totals: sumTotals(chunks.map(chunk => chunk.progress.totals)),
    notes: addNotes(...chunks.map(chunk => chunk.progress.notes ?? noNotes)),
    remedy: books.state === 'partial' && !books.fault ? resendRule(lane) : undefined,
    rejectedRows: report && { key: names.rejected, rows: report.rows, first: report.first },
  });
  const target = { bucket: 'inbound', key: names.ack, contentType: 'application/json', etag } as const;
  return ports.files.replace({ ...target, metadata: metadataOf(answer) }, Buffer.from(text));
}
