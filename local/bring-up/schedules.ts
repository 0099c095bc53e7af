import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at, type Resource } from '../assembly/template.ts';
import { arnResource, arnService } from '../aws-names.ts';
import type { Permissions } from '../iam/permissions.ts';
import { required } from '../required.ts';
import { type NextTime, readExpression } from '../scheduler/read-expression.ts';
import { ScheduleError } from '../scheduler/schedule-error.ts';
import type { Schedule } from '../scheduler/scheduler.ts';
import { readProperties } from './read.ts';

const instant = z.iso.datetime({ offset: true }).transform(text => Date.parse(text));

const scheduleShape = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  StartDate: instant.optional(),
  EndDate: instant.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.object({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z.string('only schedules with an Input are served'),
  }),
});

type Properties = z.infer<typeof scheduleShape>;

/** Of the templated targets those that are served, with what they need. Source: EventBridge Scheduler, templated targets. */
const actions: Readonly<Record<string, string>> = {
  lambda: 'lambda:InvokeFunction',
  sqs: 'sqs:SendMessage',
};

/** @throws AssemblyError for a schedule that AWS would refuse, that could never reach its target, or that is not served. */
export function readSchedules(
  blueprint: Blueprint,
  permissions: Permissions,
  now: number,
): readonly Schedule[] {
  return blueprint.ofType('AWS::Scheduler::Schedule').flatMap(resource => {
    const properties = readProperties(blueprint, resource, scheduleShape);
    checkTarget({ blueprint, permissions }, resource, properties);
    if (properties.State === 'DISABLED') return [];
    const { ref, attributes } = blueprint.identity(resource);
    const { Arn, Input } = properties.Target;
    const next = readTimes(resource, properties, now);
    return [{ name: ref, arn: required(attributes.Arn, 'Arn'), next, targetArn: Arn, input: Input }];
  });
}

/** The roles in whose name schedules call their targets. */
export const scheduleRoles = (blueprint: Blueprint): readonly string[] =>
  blueprint
    .ofType('AWS::Scheduler::Schedule')
    .map(resource => roleIn(readProperties(blueprint, resource, scheduleShape).Target.RoleArn));

const roleIn = (roleArn: string): string => arnResource(roleArn).replace(/^role\//, '');

function checkTarget(
  { blueprint, permissions }: { readonly blueprint: Blueprint; readonly permissions: Permissions },
  resource: Resource,
  { Target: { Arn, RoleArn } }: Properties,
): void {
  const action = actions[arnService(Arn)];
  if (action === undefined)
    throw new AssemblyError(`${at(resource)}: target ${Arn} is not served by the local cloud`);
  const role = roleIn(RoleArn);
  if (!isTrusted(blueprint, role))
    throw new AssemblyError(
      `${at(resource)}: the execution role you provide must allow AWS EventBridge Scheduler to assume the role`,
    );
  const refusal = permissions.refusal(role, [{ action, resource: Arn }]);
  if (refusal !== undefined) throw new AssemblyError(`${at(resource)}: ${refusal}`);
}

const isTrusted = (blueprint: Blueprint, role: string): boolean =>
  blueprint
    .ofType('AWS::IAM::Role')
    .filter(resource => blueprint.identity(resource).ref === role)
    .some(resource =>
      JSON.stringify(blueprint.properties(resource).AssumeRolePolicyDocument ?? {}).includes(
        '"scheduler.amazonaws.com"',
      ),
    );

function readTimes(resource: Resource, properties: Properties, now: number): NextTime {
  const { ScheduleExpression, ScheduleExpressionTimezone, StartDate, EndDate } = properties;
  try {
    const start = StartDate ?? now;
    const next = readExpression({ text: ScheduleExpression, timezone: ScheduleExpressionTimezone, start });
    return after => {
      const due = next(StartDate === undefined ? after : Math.max(after, StartDate - 1));
      return due === undefined || (EndDate !== undefined && due > EndDate) ? undefined : due;
    };
  } catch (problem) {
    if (problem instanceof ScheduleError)
      throw new AssemblyError(`${at(resource)}: ${problem.message}`, { cause: problem });
    throw problem;
  }
}
