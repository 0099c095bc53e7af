import { arn } from '../aws-names.ts';
import type { Call } from './decide.ts';
import type { JsonInput } from './json-input.ts';

/** Operations about a deployment alone do not name its group here: no deployment exists. */
export const codedeployCalls =
  (region: string) =>
  (operation: string, { applicationName: app, deploymentGroupName: group }: JsonInput): readonly Call[] => [
    {
      action: `codedeploy:${operation}`,
      resource: app === undefined ? '*' : arn('codedeploy', region, `deploymentgroup:${app}/${group}`),
    },
  ];
