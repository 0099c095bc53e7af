import type { BundleEntry } from './bundle-entry.ts';
import type { Contracts } from './contracts.ts';
import { kindOf } from './kinds.ts';
import { operatorEntry } from './platform/operator-entry.ts';
import { reconcilerEntry } from './platform/reconciler-entry.ts';

/** Every function of the app. */
export const bundleEntries = (contracts: Contracts): readonly BundleEntry[] => [
  operatorEntry(contracts),
  reconcilerEntry(contracts),
  ...contracts.integrations.flatMap(contract => kindOf(contract).bundles(contract)),
];
