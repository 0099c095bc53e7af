import { Duration } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Policy } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { PlatformEntry } from '../bundle-entry.ts';
import type { Stage } from '../stage.ts';
import { suppress } from '../suppress.ts';
import { platformPart } from './derived-alarm.ts';
import { functionAlarms } from './function-alarms.ts';
import { allow } from './iam-statements.ts';
import { accessLine, loggedStage } from './logged-stage.ts';
import type { OperatorFunction } from './operator-function.ts';
import { partnerPermissions, suppressPartnerRole } from './partner-permissions.ts';
import { PlatformFunction } from './platform-function.ts';
import { signingKey } from './signing-key.ts';

/** No integration can have this name: ids have no dots. */
export const partnerBundle = 'platform.partner-page';

export const partnerEntry: PlatformEntry = {
  name: partnerBundle,
  handler: 'partner-page.ts',
  factory: 'partnerPage',
  isRegistered: true,
  page: 'partner',
};

/** Of all partners together: a page asks a few times when it is opened. */
const throttle = { rateLimit: 10, burstLimit: 20 };

export interface PartnerPageProps {
  readonly ledger: ITable;
  readonly operate: ITable;
  readonly inbound: IBucket;
  /** Makes the links, and alone may sign them. */
  readonly operator: OperatorFunction;
  readonly topic: ITopic;
  readonly stage: Stage;
  readonly code: Code;
}

/** The page of partners: an entrance for whoever has a link. See docs/decisions/0082-a-page-for-partners.md. */
export class PartnerPage extends Construct {
  constructor(scope: Construct, id: string, props: PartnerPageProps) {
    super(scope, id);
    const { operator, stage, topic } = props;
    const key = signingKey(this, 'Key', {
      description: `Signs links for partners of the edge adapters (${stage.name})`,
      ...{ stage, signer: operator.role },
    });
    const { fn } = this.#function(props, key);
    const api = this.#api(fn, stage);
    operator.fn.addEnvironment('PARTNER_LINK_KEY', key.keyArn);
    operator.fn.addEnvironment('PARTNER_PAGE_URL', api.apiEndpoint);
    new Policy(this, 'Signing', {
      roles: [operator.role],
      statements: [allow('SignLinks', ['kms:Sign'], key.keyArn)],
    });
    functionAlarms(this, {
      name: platformPart('partner-page'),
      meaning: 'Partners cannot open their page; integrations go on.',
      ...{ fn, stage, topic },
    });
  }

  #function({ ledger, operate, inbound, stage, code }: PartnerPageProps, key: Key): PlatformFunction {
    const made = new PlatformFunction(this, 'Page', {
      description: 'Shows a partner their files, and takes corrected ones',
      service: 'partner-page',
      isRegistered: true,
      ...{ code, stage },
      timeout: Duration.seconds(20),
      memorySize: 512,
      statements: partnerPermissions({ ledger, operate, inbound, key }),
      environment: {
        LEDGER_TABLE: ledger.tableName,
        OPERATE_TABLE: operate.tableName,
        INBOUND_BUCKET: inbound.bucketName,
        PARTNER_LINK_KEY: key.keyArn,
      },
    });
    suppressPartnerRole(made.role, inbound);
    return made;
  }

  #api(fn: LambdaFunction, stage: Stage): HttpApi {
    const api = new HttpApi(this, 'Api', {
      apiName: `${stage.prefix}edge-partner-${stage.name}`,
      description: 'For partners who have a link: their files, faults and answers',
      createDefaultStage: false,
    });
    const integration = new HttpLambdaIntegration('Function', fn);
    const routes = [
      { path: '/partner', methods: [HttpMethod.GET] },
      { path: '/partner/{file}', methods: [HttpMethod.GET] },
      { path: '/partner/{call}', methods: [HttpMethod.POST] },
    ].flatMap(route => api.addRoutes({ ...route, integration }));
    for (const route of routes)
      suppress(
        route,
        'AwsSolutions-APIG4',
        'Partners have no identity of this account. Each call shows a signed link, which the function verifies; the page itself holds nothing.',
      );
    loggedStage(this, { api, name: 'partner-page', stage, throttle, line: accessLine });
    return api;
  }
}
