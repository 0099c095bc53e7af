import type { Logger } from '@aws-lambda-powertools/logger';
import { type LogFields, safeFields } from '../core/log/log-fields.ts';
import type { Log } from '../ports.ts';

/** Errors never quote the input. The event is `message`, the fields stand beside it: a metric filter reads `{ $.message = "…" && $.state = "…" }`. */
export const powertoolsLog = (logger: Pick<Logger, 'info' | 'warn' | 'error'>): Log => ({
  info: (event: string, fields: LogFields = {}) => logger.info(event, safeFields(fields)),
  warn: (event: string, fields: LogFields = {}) => logger.warn(event, safeFields(fields)),
  error: (event: string, fields: LogFields = {}) => logger.error(event, safeFields(fields)),
});
