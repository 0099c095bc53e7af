import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at, type Resource } from '../assembly/template.ts';
import { arnResource, arnService } from '../aws-names.ts';
import { EventPatternError } from '../event-pattern.ts';
import type { EventRouter } from '../events/event-router.ts';
import { busName } from '../events/put-events.ts';
import type { Permissions } from '../iam/permissions.ts';
import { required } from '../required.ts';
import { targetServices } from './deliver.ts';
import { readProperties } from './read.ts';
import { standInsOf } from './stand-ins.ts';

const target = z.object({
  Id: z.string(),
  Arn: z.string(),
  RoleArn: z.string().optional(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .strictObject({
      InputPathsMap: z.record(z.string(), z.string()).optional(),
      InputTemplate: z.string(),
    })
    .optional(),
});

const ruleShape = z.object({
  EventBusName: z.string().default('default'),
  EventPattern: z.looseObject({}),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(target).default([]),
});

interface Given {
  readonly router: EventRouter;
  readonly permissions: Permissions;
}

/** @throws AssemblyError for a target that is not served, or that its rule may not reach. */
export function bringUpRules(blueprint: Blueprint, given: Given): void {
  for (const resource of blueprint.ofType('AWS::Events::EventBus'))
    given.router.addBus(required(blueprint.identity(resource).attributes.Name, 'Name'));
  for (const bus of standInsOf(blueprint).buses) given.router.addBus(bus);
  for (const resource of blueprint.ofType('AWS::Events::Rule')) addRule(blueprint, resource, given);
}

function addRule(blueprint: Blueprint, resource: Resource, { router, permissions }: Given): void {
  const rule = readProperties(blueprint, resource, ruleShape);
  for (const { Arn, RoleArn } of rule.Targets) {
    if (!targetServices.includes(arnService(Arn)))
      throw new AssemblyError(`${at(resource)}: target ${Arn} is not served by the local cloud`);
    const refusal = isOfFirehose(Arn) && permissions.refusal(roleIn(RoleArn ?? ''), appending(Arn));
    if (refusal) throw new AssemblyError(`${at(resource)}: ${refusal}`);
  }
  if (rule.State === 'DISABLED') return;
  try {
    router.addRule({
      name: blueprint.identity(resource).ref,
      bus: busName(rule.EventBusName),
      pattern: rule.EventPattern,
      targets: rule.Targets,
    });
  } catch (problem) {
    if (problem instanceof EventPatternError)
      throw new AssemblyError(`${at(resource)}: ${problem.message}`, { cause: problem });
    throw problem;
  }
}

/** Queues, functions and buses let rules in by their own policies, which are not evaluated here; Firehose by the rule's role. */
const isOfFirehose = (arn: string): boolean => arnService(arn) === 'firehose';

const roleIn = (roleArn: string): string => arnResource(roleArn).replace(/^role\//, '');

const appending = (resource: string) =>
  ['firehose:PutRecord', 'firehose:PutRecordBatch'].map(action => ({ action, resource }));

/** The roles in whose name rules append to delivery streams. */
export const firehoseRoles = (blueprint: Blueprint): readonly string[] =>
  blueprint
    .ofType('AWS::Events::Rule')
    .flatMap(resource => readProperties(blueprint, resource, ruleShape).Targets)
    .flatMap(({ Arn, RoleArn }) => (isOfFirehose(Arn) && RoleArn ? [roleIn(RoleArn)] : []));
