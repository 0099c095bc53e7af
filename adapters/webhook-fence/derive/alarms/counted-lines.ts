import { messageIs } from '#shared/derive/alarm.ts';
import { logLines } from '../../core/webhook/log-lines.ts';
import type { CountedLines, FenceAlarm, GatewayMetric } from './fence-alarm.ts';

export const functionLines = (name: string, pattern: string): CountedLines => ({
  name,
  log: 'functions',
  pattern,
});

export const accessLines = (name: string, pattern: string): CountedLines => ({
  name,
  log: 'access',
  pattern,
});

export const allRequests: GatewayMetric = { kind: 'gateway', name: 'Count' };

export const isMessage = (message: string): string => `(${messageIs(message)})`;

/** Counts lines with one message in the functions' log. */
export const messageLines = (name: string, message: string): Pick<FenceAlarm, 'metric'> => ({
  metric: { kind: 'log', lines: functionLines(name, `{ ${isMessage(message)} }`) },
});

/** A message as the texts for people quote it. */
export const quoted = (line: keyof typeof logLines): string => `“${logLines[line]}”`;
