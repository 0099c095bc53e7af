import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at, type Resource } from '../assembly/template.ts';
import { arnService } from '../aws-names.ts';
import { EventPatternError } from '../event-pattern.ts';
import type { EventRouter } from '../events/event-router.ts';
import { busName } from '../events/put-events.ts';
import { required } from '../required.ts';
import { targetServices } from './deliver.ts';
import { readProperties } from './read.ts';

const target = z.object({
  Id: z.string(),
  Arn: z.string(),
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

export function bringUpRules(blueprint: Blueprint, router: EventRouter): void {
  for (const resource of blueprint.ofType('AWS::Events::EventBus'))
    router.addBus(required(blueprint.identity(resource).attributes.Name, 'Name'));
  for (const resource of blueprint.ofType('AWS::Events::Rule')) addRule(blueprint, resource, router);
}

function addRule(blueprint: Blueprint, resource: Resource, router: EventRouter): void {
  const rule = readProperties(blueprint, resource, ruleShape);
  for (const { Arn } of rule.Targets)
    if (!targetServices.includes(arnService(Arn)))
      throw new AssemblyError(`${at(resource)}: target ${Arn} is not served by the local cloud`);
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
