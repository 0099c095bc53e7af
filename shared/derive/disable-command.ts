import { code } from './markdown.ts';

/** How an integration is stopped, for its runbook. */
export const disableCommand = ({ id }: { readonly id: string }): string =>
  `Run ${code(`npm run edge -- plan disable ${id} --stage <stage>`)}, and the command that it shows. Nothing is published until you do the same with ${code('enable')}.`;

/** The first step of alarms that ring while input waits. */
export const ifDisabled =
  'Run `npm run edge -- status --stage <stage>`. If it says that the integration is disabled, a person stopped it: the alarm ends when it is enabled. It says until when nothing is lost.';
