import { runCampaign } from './shared/campaign.ts';
import type { Share, ShareDone } from './shared/share.ts';
import { subjects } from './subjects.ts';

// Simulated failures are thrown by the thousand.
Error.stackTraceLimit = 0;

process.on('disconnect', () => process.exit());
process.on('message', async ({ subject: name, ...options }: Share) => {
  const subject = subjects.find(each => each.name === name);
  if (!subject) throw new Error(`There is no subject ${name}`);
  const { failures, marks } = await runCampaign(subject, options);
  process.send?.({ failures, marks: [...marks] } satisfies ShareDone);
});
