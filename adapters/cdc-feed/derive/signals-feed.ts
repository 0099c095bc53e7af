import { type SignalSpec, signalsOfBooks } from '#shared/derive/signal.ts';
import { logLines } from '../core/feed/log-lines.ts';

/** What is measured of a feed. Lag: of the slowest change of a batch, from the stream to the bus. */
export const feedSignals: readonly SignalSpec[] = signalsOfBooks(logLines.batchSettled);
