import type { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../ports.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The event is `message`, the fields stand beside it: a metric filter reads `{ $.message = "…" && $.state = "…" }`. */
export const powertoolsLog = (logger: Pick<Logger, 'info' | 'warn' | 'error'>): Log => ({
  info: (event: string, fields: Fields = {}) => logger.info(event, { ...fields }),
  warn: (event: string, fields: Fields = {}) => logger.warn(event, { ...fields }),
  error: (event: string, fields: Fields = {}) => logger.error(event, { ...fields }),
});
