import type { BundleEntry } from './bundle-entry.ts';
import type { Contracts } from './contracts.ts';
import { kindOf } from './kinds.ts';
import { issueRecorderEntry } from './platform/issue-recorder.ts';
import { operatorEntry } from './platform/operator-entry.ts';

/** Every function of the app. */
export const bundleEntries = (contracts: Contracts): readonly BundleEntry[] => [
  operatorEntry(contracts),
  issueRecorderEntry,
  ...contracts.integrations.flatMap(contract => kindOf(contract).bundles(contract)),
];
