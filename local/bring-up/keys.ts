import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at } from '../assembly/template.ts';
import { Keys, signingSpec } from '../kms/keys.ts';
import { required } from '../required.ts';
import { readProperties } from './read.ts';

const keyShape = z.object({
  KeySpec: z.string().default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.string().default('ENCRYPT_DECRYPT'),
});

/** The declared keys that sign; those that encrypt do nothing here. @throws AssemblyError for other kinds. */
export function bringUpKeys(blueprint: Blueprint): Keys {
  const keys = new Keys();
  for (const resource of blueprint.ofType('AWS::KMS::Key')) {
    const { KeySpec, KeyUsage } = readProperties(blueprint, resource, keyShape);
    if (KeyUsage === 'ENCRYPT_DECRYPT') continue;
    if (KeyUsage !== 'SIGN_VERIFY' || KeySpec !== signingSpec)
      throw new AssemblyError(`${at(resource)}: keys of ${KeySpec} for ${KeyUsage} are not served`);
    const { ref, attributes } = blueprint.identity(resource);
    keys.add(ref, required(attributes.Arn, 'Arn'));
  }
  return keys;
}
