import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at, type Resource } from '../assembly/template.ts';
import { arnResource, firstVersion } from '../aws-names.ts';
import { lambdaEnvironment, type Surroundings } from '../lambda/environment.ts';
import type { FunctionSpec } from '../lambda/function-spec.ts';
import { required } from '../required.ts';
import { number, readProperties } from './read.ts';

/** Lambda's own defaults, and the account's concurrency scaled to a laptop. */
const timeoutSecondsDefault = 3;
const memoryMegabytesDefault = 128;
const concurrencyDefault = 10;

const functionShape = z.object({
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }, 'only code from assets is served'),
  Handler: z.string(),
  Role: z.string(),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
  LoggingConfig: z.object({ LogGroup: z.string().optional() }).default({}),
  MemorySize: number.default(memoryMegabytesDefault),
  Timeout: number.default(timeoutSecondsDefault),
  ReservedConcurrentExecutions: number.optional(),
});

/** Every declared function but those that only carry out custom resources, which the local cloud serves itself. */
export function readFunctions(blueprint: Blueprint, around: Surroundings): readonly FunctionSpec[] {
  const providers = new Set(
    blueprint.resources
      .filter(({ type }) => type.startsWith('Custom::'))
      .map(resource => blueprint.properties(resource).ServiceToken),
  );
  return blueprint
    .ofType('AWS::Lambda::Function')
    .filter(resource => !providers.has(blueprint.identity(resource).attributes.Arn))
    .map(resource => readFunction(blueprint, resource, around));
}

/** A function without a reserve of its own has room for all that its mappings may begin. */
export function roomFor(
  mappings: readonly { readonly functionName: string; readonly concurrencyMax: number }[],
  specs: readonly FunctionSpec[],
): readonly FunctionSpec[] {
  return specs.map(spec => {
    const own = mappings.filter(mapping => mapping.functionName === spec.name);
    const asked = own.reduce((sum, mapping) => sum + mapping.concurrencyMax, 0);
    return spec.reserved ? spec : { ...spec, concurrencyMax: Math.max(spec.concurrencyMax, asked) };
  });
}

function readFunction(blueprint: Blueprint, resource: Resource, around: Surroundings): FunctionSpec {
  const properties = readProperties(blueprint, resource, functionShape);
  const identity = blueprint.identity(resource);
  const root = blueprint.assetDirectory(properties.Code.S3Key);
  const [, file = '', exportName = ''] = /^(.+)\.([^.]+)$/.exec(properties.Handler) ?? [];
  const given = {
    name: identity.ref,
    role: arnResource(properties.Role).replace(/^role\//, ''),
    handler: properties.Handler,
    memoryMegabytes: properties.MemorySize,
  };
  return {
    name: identity.ref,
    arn: required(identity.attributes.Arn, 'Arn'),
    aliases: aliasesOf(blueprint, identity.ref),
    modulePath: modulePath(resource, root, file),
    exportName,
    logGroup: properties.LoggingConfig.LogGroup ?? `/aws/lambda/${identity.ref}`,
    timeoutSeconds: properties.Timeout,
    memoryMegabytes: properties.MemorySize,
    environment: { ...properties.Environment?.Variables, ...lambdaEnvironment(given, root, around) },
    ...concurrencyOf(properties.ReservedConcurrentExecutions),
  };
}

const aliasShape = z.object({
  FunctionName: z.string(),
  FunctionVersion: z.enum(['$LATEST', firstVersion], 'only the version that is deployed is served'),
  Name: z.string(),
});

const aliasesOf = (blueprint: Blueprint, functionName: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    blueprint
      .ofType('AWS::Lambda::Alias')
      .map(resource => readProperties(blueprint, resource, aliasShape))
      .filter(alias => alias.FunctionName === functionName)
      .map(({ Name, FunctionVersion }) => [Name, FunctionVersion]),
  );

/** This machine has no room for more than the default: what a larger reserve would take waits here, and is not refused. */
const concurrencyOf = (reserve = Number.POSITIVE_INFINITY) => ({
  reserved: reserve <= concurrencyDefault,
  concurrencyMax: Math.min(reserve, concurrencyDefault),
});

function modulePath(resource: Resource, root: string, file: string): string {
  const candidates = ['.mjs', '.js', '.cjs'].map(extension => join(root, file + extension));
  const found = candidates.find(existsSync);
  if (!found) throw new AssemblyError(`${at(resource)}: no bundle ${candidates.join(' or ')}`);
  return pathToFileURL(found).href;
}
