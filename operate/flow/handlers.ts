import type { InputOf, OperationName, OutputOf } from '../core/operations.ts';
import { verifyAudit } from './audit/verify-audit.ts';
import { countEvents } from './count-events.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { listEvents } from './list-events.ts';
import { listHandoffs } from './list-handoffs.ts';
import { listIntegrations } from './list-integrations.ts';
import { listIssues } from './list-issues.ts';
import { listNumbers } from './list-numbers.ts';
import { listQuarantine } from './list-quarantine.ts';
import { listRejects } from './list-rejects.ts';
import { listUndelivered } from './list-undelivered.ts';
import { acknowledgeIssue, resolveIssue } from './mark-issue.ts';
import { listPartnerLinks } from './partner/list-partner-links.ts';
import { makePartnerLink, makePartnerLinkWithRows } from './partner/make-partner-link.ts';
import { revokePartnerLink } from './partner/revoke-partner-link.ts';
import { approvePlan, cancelPlan, pausePlan, resumePlan, runPlan } from './plans/act-on-plan.ts';
import { listPlans } from './plans/list-plans.ts';
import { makePlan } from './plans/make-plan.ts';
import { readPlan } from './plans/read-plan.ts';
import { readContent } from './read-content.ts';
import { readDayBooks } from './read-day-books.ts';
import { readHandoff } from './read-handoff.ts';
import { readIssue } from './read-issue.ts';
import { readReconciliation } from './read-reconciliation.ts';
import { startReconciliation } from './start-reconciliation.ts';
import type { Work } from './work.ts';

type Handlers = { readonly [N in OperationName]: (work: Work, input: InputOf<N>) => Promise<OutputOf<N>> };

/** What answers each operation. */
export const handlers: Handlers = {
  listIntegrations,
  listNumbers,
  listHandoffs,
  readHandoff,
  readDayBooks,
  listQuarantine,
  listRejects,
  readContent,
  listDeadLetters,
  listUndelivered,
  listEvents,
  countEvents,
  listIssues,
  readIssue,
  acknowledgeIssue,
  resolveIssue,
  makePlan,
  listPlans,
  readPlan,
  runPlan,
  approvePlan,
  pausePlan,
  resumePlan,
  cancelPlan,
  makePartnerLink,
  makePartnerLinkWithRows,
  listPartnerLinks,
  revokePartnerLink,
  startReconciliation,
  readReconciliation,
  verifyAudit,
};
