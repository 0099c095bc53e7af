import { Aws } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type Operation, operations } from '#operate/core/operations.ts';
import type { Stage } from '../stage.ts';
import { logicalIdOf, suppressPattern } from '../suppress.ts';
import { allow } from './iam-statements.ts';
import { accessLine, loggedStage } from './logged-stage.ts';

const throttle = { rateLimit: 20, burstLimit: 40 };

export interface OperatorApiProps {
  readonly fn: IFunction;
  readonly stage: Stage;
}

const identities = {
  Viewer: 'Look at what the edge adapters do, through the operator API',
  Operator: 'Look at what the edge adapters do, and make and run plans, through the operator API',
  Reader:
    'Look at what the edge adapters do, and at content as it came, through the operator API; it is recorded',
  Approver: 'Look at what the edge adapters do, and approve plans of others, through the operator API',
} as const;

type Identity = keyof typeof identities;

/** The operator's API: IAM authorization on every route, and the policies of those who may look, operate and approve. */
export class OperatorApi extends Construct {
  readonly api: HttpApi;
  readonly policies: Readonly<Record<Identity, ManagedPolicy>>;

  constructor(scope: Construct, id: string, { fn, stage }: OperatorApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: `${stage.prefix}edge-operator-${stage.name}`,
      description: 'For operators of the edge adapters: what is stuck, and why',
      createDefaultStage: false,
      defaultAuthorizer: new HttpIamAuthorizer(),
    });
    const integration = new HttpLambdaIntegration('Function', fn);
    for (const { method, path } of Object.values(operations))
      this.api.addRoutes({ path, methods: [HttpMethod[method]], integration });
    loggedStage(this, {
      ...{ api: this.api, name: 'operator-api', stage, throttle },
      line: { ...accessLine, caller: '$context.identity.userArn' },
    });
    this.policies = {
      Viewer: this.#policy('Viewer', stage),
      Operator: this.#policy('Operator', stage),
      Approver: this.#policy('Approver', stage),
      Reader: this.#policy('Reader', stage),
    };
  }

  #policy(identity: Identity, stage: Stage): ManagedPolicy {
    const granted = Object.values<Operation>(operations).filter(operation => isAllowed(operation, identity));
    const policy = new ManagedPolicy(this, identity, {
      managedPolicyName: `${stage.prefix}edge-${identity.toLowerCase()}-${stage.name}`,
      description: identities[identity],
      statements: [
        allow('Ask', ['execute-api:Invoke'], ...granted.map(operation => this.#arnOf(operation))),
        // The address of the API is an output of the stack.
        allow('FindApi', ['cloudformation:DescribeStacks'], Aws.STACK_ID),
      ],
    });
    const apiText = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${logicalIdOf(this.api)}>`;
    for (const operation of granted.filter(({ path }) => path.includes('{')))
      suppressPattern(
        policy,
        apiText + routeOf(operation),
        'The star stands for the id in the path of the operation.',
      );
    return policy;
  }

  #arnOf(operation: Operation): string {
    const api = `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.api.apiId}`;
    return api + routeOf(operation);
  }
}

const isAllowed = (operation: Operation, identity: Identity): boolean =>
  operation.method === 'GET' || operation.by.some(name => name === identity.toLowerCase());

/** A route as IAM names it, within its API. */
const routeOf = ({ method, path }: Operation): string =>
  `/$default/${method}${path.replaceAll(/\{\w+\}/g, '*')}`;
