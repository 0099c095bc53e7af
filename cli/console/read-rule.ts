import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Failure } from '../edge/failure.ts';
import type { Call } from './call.ts';
import type { ConsolePlace } from './console-place.ts';
import { inputOf } from './input-of.ts';
import { contractsHere } from './read-catalogue.ts';
import type { RuleInfo } from './rule-info.ts';

const shape = z.strictObject({ integration: z.string() });

/** The contract that makes an integration's events, as it is written in this folder. */
export async function readRule(_: ConsolePlace, call: Call): Promise<RuleInfo> {
  const { integration } = inputOf(shape, call, 'The contract cannot be read');
  const { integrations } = await contractsHere();
  if (!integrations.some(({ id }) => id === integration))
    throw new Failure(`This folder has no contract of "${integration}".`, 2);
  const file = join('integrations', integration, 'contract.ts');
  return { file, text: readFileSync(file, 'utf8') };
}
