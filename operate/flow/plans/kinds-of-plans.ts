import { rollback, rollforward } from './move-versions.ts';
import type { KindsOfPlans } from './plan-kind.ts';
import { redeliver } from './redeliver.ts';
import { redrive } from './redrive.ts';
import { release } from './release.ts';
import { replay } from './replay.ts';
import { resubmit } from './resubmit.ts';
import { settle } from './settle.ts';
import { disable, enable } from './switch-input.ts';

/** What each kind of plan does. */
export const kindsOfPlans: KindsOfPlans = {
  ...{ redrive, redeliver, release, replay },
  ...{ resubmit, settle, disable, enable },
  ...{ rollback, rollforward },
};
