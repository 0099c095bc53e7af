import type * as z from 'zod';
import { auditInput, auditOutput } from './shapes/audit.ts';
import { booksInput, booksOutput } from './shapes/books.ts';
import { contentInput, contentOutput } from './shapes/content.ts';
import { deadLettersInput, deadLettersOutput } from './shapes/dead-letters.ts';
import { eventCountsInput, eventCountsOutput, eventsInput, eventsOutput } from './shapes/events.ts';
import { handoffsInput, handoffsOutput, storyInput, storyOutput } from './shapes/handoffs.ts';
import { integrationsInput, integrationsOutput } from './shapes/integrations.ts';
import { issueInput, issueOutput, issuesInput, issuesOutput } from './shapes/issues.ts';
import { numbersInput, numbersOutput } from './shapes/numbers.ts';
import {
  makePartnerLinkInput,
  makePartnerLinkOutput,
  partnerLinkInput,
  partnerLinkOutput,
  partnerLinksInput,
  partnerLinksOutput,
} from './shapes/partner-links.ts';
import {
  makePlanInput,
  planInput,
  planOutput,
  plansInput,
  plansOutput,
  seenPlanInput,
} from './shapes/plans.ts';
import { quarantineInput, quarantineOutput } from './shapes/quarantine.ts';
import {
  reconciliationInput,
  reconciliationOutput,
  startReconciliationInput,
  startReconciliationOutput,
} from './shapes/reconciliation.ts';
import { rejectsInput, rejectsOutput } from './shapes/rejects.ts';
import { undeliveredInput, undeliveredOutput } from './shapes/undelivered.ts';

/** One operation of the API: routes, policies, documentation and answers follow from it. */
export type Operation = Asking | Changing;

/** Every identity of the API may ask. */
interface Asking extends OperationShape {
  readonly method: 'GET';
}

interface Changing extends OperationShape {
  readonly method: 'POST';
  /** Whose policy allows it. */
  readonly by: readonly ('operator' | 'approver' | 'reader')[];
}

interface OperationShape<I extends z.ZodObject = z.ZodObject, O extends z.ZodObject = z.ZodObject> {
  /** Parts in braces are parameters, percent-encoded. */
  readonly path: string;
  readonly summary: string;
  /** Parameters of path and query, or the body. */
  readonly input: I;
  readonly output: O;
}

export const operations = {
  listIntegrations: {
    method: 'GET',
    path: '/operate/integrations',
    summary: 'Every integration with its state, its books of the last 24 hours, and what waits for people',
    input: integrationsInput,
    output: integrationsOutput,
  },
  listNumbers: {
    method: 'GET',
    path: '/operate/numbers',
    summary:
      'For each integration and the units that came on one day: what the sender claims, what was received, outcomes, events on the bus, and what consumers reported',
    input: numbersInput,
    output: numbersOutput,
  },
  listHandoffs: {
    method: 'GET',
    path: '/operate/handoffs',
    summary: 'Hand-offs of a file lane: the newest first, or in the order of their keys when asked by name',
    input: handoffsInput,
    output: handoffsOutput,
  },
  readHandoff: {
    method: 'GET',
    path: '/operate/handoffs/{id}',
    summary: 'The story of one hand-off, and what to do now',
    input: storyInput,
    output: storyOutput,
  },
  listQuarantine: {
    method: 'GET',
    path: '/operate/quarantine',
    summary: 'Quarantined rows, requests and changes of an integration, without their content',
    input: quarantineInput,
    output: quarantineOutput,
  },
  listRejects: {
    method: 'GET',
    path: '/operate/rejects',
    summary: 'Requests that a fence rejected and kept, from the oldest, without their content',
    input: rejectsInput,
    output: rejectsOutput,
  },
  readContent: {
    method: 'POST',
    by: ['reader'],
    path: '/operate/content',
    summary:
      'Content as it came: rejected rows, a request, a change, or an event. Who reads it is in the audit trail',
    input: contentInput,
    output: contentOutput,
  },
  listDeadLetters: {
    method: 'GET',
    path: '/operate/dead-letters',
    summary: 'Dead letters of a lane or fence. They are invisible to others for a few seconds, and stay',
    input: deadLettersInput,
    output: deadLettersOutput,
  },
  listUndelivered: {
    method: 'GET',
    path: '/operate/undelivered',
    summary: 'Batches of records that a feed could not deliver',
    input: undeliveredInput,
    output: undeliveredOutput,
  },
  readDayBooks: {
    method: 'GET',
    path: '/operate/books/{integration}',
    summary: 'The books of a fence or a feed by day, and how many of its events are on the bus',
    input: booksInput,
    output: booksOutput,
  },
  listIssues: {
    method: 'GET',
    path: '/operate/issues',
    summary: 'Faults grouped by integration and code, those with the newest fault first',
    input: issuesInput,
    output: issuesOutput,
  },
  readIssue: {
    method: 'GET',
    path: '/operate/issues/{integration}/{code}',
    summary: 'One issue, and what to do about it',
    input: issueInput,
    output: issueOutput,
  },
  acknowledgeIssue: {
    method: 'POST',
    by: ['operator'],
    path: '/operate/issues/{integration}/{code}/acknowledge',
    summary: 'Say that somebody works on an issue. Its faults go on to be counted',
    input: issueInput,
    output: issueOutput,
  },
  resolveIssue: {
    method: 'POST',
    by: ['operator'],
    path: '/operate/issues/{integration}/{code}/resolve',
    summary: 'Say that the cause of an issue is gone. Its next fault opens it again',
    input: issueInput,
    output: issueOutput,
  },
  makePlan: {
    method: 'POST',
    by: ['operator'],
    path: '/operate/plans',
    summary: 'Make a plan: it is counted, and nothing is done yet',
    input: makePlanInput,
    output: planOutput,
  },
  listPlans: {
    method: 'GET',
    path: '/operate/plans',
    summary: 'Plans, the newest first',
    input: plansInput,
    output: plansOutput,
  },
  readPlan: {
    method: 'GET',
    path: '/operate/plans/{id}',
    summary: 'A plan: what it does, how far it is, what failed, and who did what',
    input: planInput,
    output: planOutput,
  },
  runPlan: {
    method: 'POST',
    by: ['operator'],
    path: '/operate/plans/{id}/run',
    summary: 'Do what a plan showed',
    input: seenPlanInput,
    output: planOutput,
  },
  approvePlan: {
    method: 'POST',
    by: ['approver'],
    path: '/operate/plans/{id}/approve',
    summary: 'Approve what another person’s plan showed',
    input: seenPlanInput,
    output: planOutput,
  },
  pausePlan: {
    method: 'POST',
    by: ['operator', 'approver'],
    path: '/operate/plans/{id}/pause',
    summary: 'Pause a plan after the units that are in work',
    input: planInput,
    output: planOutput,
  },
  resumePlan: {
    method: 'POST',
    by: ['operator'],
    path: '/operate/plans/{id}/resume',
    summary: 'Go on with a plan that is paused, or whose job died',
    input: planInput,
    output: planOutput,
  },
  cancelPlan: {
    method: 'POST',
    by: ['operator', 'approver'],
    path: '/operate/plans/{id}/cancel',
    summary: 'End a plan after the units that are in work. What is done stays done',
    input: planInput,
    output: planOutput,
  },
  makePartnerLink: {
    method: 'POST',
    by: ['operator'],
    path: '/operate/partner-links',
    summary: 'Make a link that shows one partner their files, faults and answers, and takes corrected files',
    input: makePartnerLinkInput,
    output: makePartnerLinkOutput,
  },
  makePartnerLinkWithRows: {
    method: 'POST',
    by: ['reader'],
    path: '/operate/partner-links/with-rows',
    summary:
      'The same, and it gives the partner their rejected rows. Each look at them is in the audit trail',
    input: makePartnerLinkInput,
    output: makePartnerLinkOutput,
  },
  listPartnerLinks: {
    method: 'GET',
    path: '/operate/partner-links',
    summary: 'Links of partners, the newest first, without their addresses',
    input: partnerLinksInput,
    output: partnerLinksOutput,
  },
  revokePartnerLink: {
    method: 'POST',
    by: ['operator'],
    path: '/operate/partner-links/{id}/revoke',
    summary: 'End a link of a partner now',
    input: partnerLinkInput,
    output: partnerLinkOutput,
  },
  verifyAudit: {
    method: 'GET',
    path: '/operate/audit/{day}',
    summary: 'Whether a day of the audit trail is as it was written, and where it is not',
    input: auditInput,
    output: auditOutput,
  },
  listEvents: {
    method: 'GET',
    path: '/operate/events',
    summary: 'Events that were on the bus, in the order of the bus log, without their data',
    input: eventsInput,
    output: eventsOutput,
  },
  countEvents: {
    method: 'GET',
    path: '/operate/event-counts',
    summary: 'How many events of each integration were on the bus, by spans of time',
    input: eventCountsInput,
    output: eventCountsOutput,
  },
  startReconciliation: {
    method: 'POST',
    by: ['operator'],
    path: '/operate/reconcile',
    summary: 'Ask the reconciler to run now: everything counts, however new it is',
    input: startReconciliationInput,
    output: startReconciliationOutput,
  },
  readReconciliation: {
    method: 'GET',
    path: '/operate/reconciliation',
    summary: 'What the last run of the reconciler found and healed',
    input: reconciliationInput,
    output: reconciliationOutput,
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;
export type InputOf<N extends OperationName> = z.infer<(typeof operations)[N]['input']>;
export type OutputOf<N extends OperationName> = z.infer<(typeof operations)[N]['output']>;

export const operationNames = Object.keys(operations) as readonly OperationName[];

/** As API Gateway names the route. */
export const routeKeyOf = ({ method, path }: Pick<Operation, 'method' | 'path'>): string =>
  `${method} ${path}`;
