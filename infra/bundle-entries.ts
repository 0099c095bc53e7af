import type { BundleEntry } from './bundle-entry.ts';
import { stockLevelsEntry } from './consumer/stock-levels-entry.ts';
import type { Contracts } from './contracts.ts';
import { kindOf } from './kinds.ts';
import { auditEntries } from './platform/audit-entries.ts';
import { busAuditorEntry } from './platform/bus-auditor-entry.ts';
import { issueRecorderEntry } from './platform/issue-recorder.ts';
import { operatorEntry } from './platform/operator-entry.ts';
import { partnerEntry } from './platform/partner-page.ts';
import { planJobsEntry } from './platform/plan-jobs-entry.ts';
import { reconcilerEntry } from './platform/reconciler-entry.ts';
import { retentionKeeperEntry } from './platform/retention-keeper.ts';

/** Every function of the app. */
export const bundleEntries = (contracts: Contracts): readonly BundleEntry[] => [
  operatorEntry,
  busAuditorEntry,
  issueRecorderEntry,
  partnerEntry,
  planJobsEntry,
  retentionKeeperEntry,
  ...auditEntries,
  reconcilerEntry,
  stockLevelsEntry,
  ...contracts.integrations.flatMap(contract => kindOf(contract).bundles(contract)),
];
