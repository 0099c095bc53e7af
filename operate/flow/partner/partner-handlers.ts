import { Buffer } from 'node:buffer';
import * as z from 'zod';
import { needsSignatureBeside } from '#adapters/file-lane/contract/file-security.ts';
import { fixedPrefix } from '#adapters/file-lane/core/outcome/prefixes.ts';
import { limits } from '#shared/contract/limits.ts';
import { cursorOf, placeOf } from '../../core/cursor.ts';
import { linkReader } from '../../core/partner/partner-link.ts';
import type { PartnerAnswers, PartnerInput, PartnerQuestion } from '../../core/partner/partner-questions.ts';
import { notAllowed, notFound } from '../../core/problem.ts';
import { listHandoffs } from '../list-handoffs.ts';
import { laneOf, lanesOf, type PartnerWork } from './partner-work.ts';
import { readAnswer } from './read-answer.ts';

type Handlers = {
  readonly [Q in PartnerQuestion]: (work: PartnerWork, asked: PartnerInput<Q>) => Promise<PartnerAnswers[Q]>;
};

const filesAPage = 25;
const part = z.strictObject({ byte: z.int().min(0) });

export const partnerHandlers: Handlers = {
  async open(work) {
    const { partner, hasRows, until } = work.link;
    const lanes = lanesOf(work).map(lane => ({
      id: lane.id,
      fixedPrefix: fixedPrefix(lane),
      takesUploads: !needsSignatureBeside(lane.delivery.security),
    }));
    return { partner, hasRows, until, lanes, uploadBytesMax: limits.partnerUploadBytesMax };
  },

  /** What stopped a file on our side is not the partner's to know: an answer says what is. */
  async files(work, { integration, cursor }) {
    laneOf(work, integration);
    const { handoffs, next } = await listHandoffs(work, { integration, cursor, limit: filesAPage });
    return {
      files: handoffs.map(({ id, file, state, receivedAt, settledAt, received, tally }) => ({
        ...{ id, file, state, receivedAt, settledAt, received, tally },
      })),
      next,
    };
  },

  async answer(work, { integration, id }) {
    const { correlationId: _, ...answer } = (await readAnswer(work, laneOf(work, integration), id)) ?? {};
    return { answer: 'remedy' in answer ? answer : null };
  },

  /** Who looks at rows is recorded first, as for operators. */
  async rows(work, { integration, id, cursor }) {
    const { link, ports } = work;
    if (!link.hasRows)
      throw notAllowed('this link gives no rows', 'They are beside the answer, where you get your answers.');
    const answer = await readAnswer(work, laneOf(work, integration), id);
    const key = answer?.rejectedRows?.key;
    if (key === undefined) throw notFound('there are no rejected rows', 'Look at the newest answer.');
    const start = placeOf(part, cursor)?.byte ?? 0;
    const end = start + limits.contentBytesAPage;
    const at = new Date(ports.clock.now()).toISOString();
    // As quarantine names them: the key of an answer has the name of a file, and the audit trail has none.
    const object = `${integration}/${id}/rows.csv`;
    await ports.readings.record({ integration, of: 'rows', id, object, by: linkReader(link), at });
    const bytes = await ports.objects.read('inbound', key, { start, end });
    if (!bytes) throw notFound('the rows are not there any more', 'Send the whole file again.');
    const isLast = bytes.length < limits.contentBytesAPage;
    return { base64: Buffer.from(bytes).toString('base64'), next: isLast ? null : cursorOf({ byte: end }) };
  },
};
