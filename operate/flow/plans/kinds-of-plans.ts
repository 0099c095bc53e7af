import type { KindsOfPlans } from './plan-kind.ts';
import { redrive } from './redrive.ts';
import { release } from './release.ts';

/** What each kind of plan does. */
export const kindsOfPlans: KindsOfPlans = { redrive, release };
