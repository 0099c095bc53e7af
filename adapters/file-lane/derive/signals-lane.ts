import { type SignalSpec, signalsOfBooks } from '#shared/derive/signal.ts';
import { logLines } from '../core/outcome/log-lines.ts';

/** What is measured of a lane. Lag: from the arrival of a file to its settling. */
export const laneSignals: readonly SignalSpec[] = signalsOfBooks(logLines.fileSettled);
