import { counted } from '#shared/derive/alarm.ts';
import { logLines, noKeysCode } from '../../core/webhook/log-lines.ts';
import { functionLines, isMessage, messageLines, quoted } from './counted-lines.ts';
import type { FenceAlarm } from './fence-alarm.ts';

export const noUsableSecret: FenceAlarm = {
  id: 'no-usable-secret',
  title: 'No usable secret',
  meaning:
    'The fence’s secret was not written since the stack was created, cannot be read, or holds no key of the kind that the partner’s scheme needs; or the keys that the partner publishes cannot be read. Requests are answered 503 and kept for release.',
  metric: {
    kind: 'log',
    lines: functionLines(
      'NoUsableSecret',
      `{ ($.code = "${noKeysCode}") || ${isMessage(logLines.secretUnreadable)} || ${isMessage(logLines.keysUnreadable)} }`,
    ),
  },
  ...counted(1, 300),
  whatToDo: [
    'On a new fence: write the secret that the partner gave you. The secret’s description says how.',
    `Otherwise find the lines ${quoted('secretUnreadable')}, ${quoted('requestFailed')} and ${quoted('requestRefused')} in the fence’s log. They say whether the secret could not be read, what is wrong with its document, or that it holds no usable key.`,
    `Lines ${quoted('keysUnreadable')} say that the partner’s published keys or certificate could not be read: ask the partner, or wait until its service works again.`,
    'The partner was answered 503 and retries. If it does not retry by itself, release what was kept with the rejects (`edge plan release`, see below) after you wrote the secret.',
  ],
};

export const secretOverdue = (rotationDays: number): FenceAlarm => ({
  id: 'secret-overdue',
  title: 'Secret overdue',
  meaning: `The secret is older than the ${rotationDays} days that the contract allows.`,
  ...messageLines('SecretOverdue', logLines.secretOverdue),
  ...counted(1, 3_600),
  whatToDo: [
    'Agree a new secret with the partner, or create one in the partner’s console.',
    'Write it as `current` and the old one as `previous`. Both are valid until you remove `previous`.',
    `Remove \`previous\` when the log no longer has lines ${quoted('previousSecretUsed')}.`,
  ],
});
