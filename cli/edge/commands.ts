import { approve, cancel, pause, resume } from './act-on-plan.ts';
import { audit } from './audit.ts';
import { books } from './books.ts';
import type { Command } from './command.ts';
import { console_ } from './console.ts';
import { content } from './content.ts';
import { dlq } from './dlq.ts';
import { event } from './event.ts';
import { events } from './events.ts';
import { files } from './files.ts';
import { issue } from './issue.ts';
import { issues } from './issues.ts';
import { jobs } from './jobs.ts';
import { acknowledge, resolve } from './mark-issue.ts';
import { partnerLink, partnerLinks, partnerRevoke } from './partner-links.ts';
import { plan } from './plan.ts';
import { quarantine } from './quarantine.ts';
import { reconcile } from './reconcile.ts';
import { rejects } from './rejects.ts';
import { run } from './run.ts';
import { show } from './show.ts';
import { simulate } from './simulate.ts';
import { status } from './status.ts';
import { undelivered } from './undelivered.ts';

/** Every command by its name, in the order of the help. */
export const commands: Readonly<Record<string, Command>> = {
  status,
  books,
  issues,
  issue,
  acknowledge,
  resolve,
  files,
  show,
  quarantine,
  rejects,
  content,
  dlq,
  undelivered,
  events,
  event,
  plan,
  run,
  approve,
  pause,
  resume,
  cancel,
  jobs,
  audit,
  'partner-link': partnerLink,
  'partner-links': partnerLinks,
  'partner-revoke': partnerRevoke,
  reconcile,
  simulate,
  console: console_,
};
