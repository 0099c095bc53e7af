import type { InputOf, OperationName, OutputOf } from '../core/operations.ts';
import { verifyAudit } from './audit/verify-audit.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { listHandoffs } from './list-handoffs.ts';
import { listIntegrations } from './list-integrations.ts';
import { listQuarantine } from './list-quarantine.ts';
import { listRejects } from './list-rejects.ts';
import { listUndelivered } from './list-undelivered.ts';
import { readHandoff } from './read-handoff.ts';
import type { Work } from './work.ts';

type Handlers = { readonly [N in OperationName]: (work: Work, input: InputOf<N>) => Promise<OutputOf<N>> };

/** What answers each operation. */
export const handlers: Handlers = {
  listIntegrations,
  listHandoffs,
  readHandoff,
  listQuarantine,
  listRejects,
  listDeadLetters,
  listUndelivered,
  verifyAudit,
};
