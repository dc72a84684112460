import { type Alarm, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy'
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Alias, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { Duration } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { alarm } from './alarms.ts'
import { allow, allowInRegion } from './grants.ts'
import { type House, nameOf } from './house.ts'
import type { HttpApi } from './http-api.ts'

/** Slower than this for one request in a hundred is a fault. */
const slowMilliseconds = 3000

/** The alarms that tell whether the API is well; during a deployment they also turn it back. */
export function apiAlarms(scope: Construct, house: House, topic: ITopic, api: HttpApi): Alarm[] {
  const metric = (metricName: string, statistic: string) =>
    new Metric({ namespace: 'AWS/ApiGateway', metricName, statistic, period: Duration.minutes(1), dimensionsMap: { ApiId: api.id } })
  return [
    alarm(scope, house, topic, 'api-5xx', {
      says: 'The API answers 5xx: look at the function logs of the last minutes by requestId.',
      metric: metric('5xx', Stats.SUM),
      above: 5,
      periods: 2,
    }),
    alarm(scope, house, topic, 'api-p99', {
      says: `One request in a hundred takes over ${slowMilliseconds} ms: look at the traces, and at throttling of the table.`,
      metric: metric('Latency', Stats.p(99)),
      above: slowMilliseconds,
      periods: 3,
    }),
  ]
}

/** A function with the alias that callers use, `live`. */
interface Live {
  fn: LambdaFunction
  alias: Alias
}

export const liveAlias = (scope: Construct, fn: LambdaFunction): Live => ({
  fn,
  alias: new Alias(scope, `${fn.node.id}-live`, { aliasName: 'live', version: fn.currentVersion }),
})

/** Shifts traffic to new versions as the stage says and turns back when one of the alarms rings: one application for all functions. */
export function canary(scope: Construct, house: House, functions: Live[], alarms: Alarm[]): void {
  const application = new LambdaApplication(scope, 'Deployment', { applicationName: nameOf(house, 'api') })
  const role = deployer(scope, functions)
  for (const { fn, alias } of functions)
    new LambdaDeploymentGroup(scope, `${fn.node.id}-deployment`, {
      application,
      alias,
      alarms,
      role: role.withoutPolicyUpdates(),
      deploymentConfig: LambdaDeploymentConfig[house.settings.canary],
    })
}

/** What CodeDeploy needs to move an alias and to watch the alarms; its own managed policy would reach every function of the account. */
const deployer = (scope: Construct, functions: Live[]): Role =>
  new Role(scope, 'Deployer', {
    assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
    managedPolicies: [
      new ManagedPolicy(scope, 'DeployerPolicy', {
        statements: [
          allow(
            ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
            functions.flatMap(({ fn, alias }) => [fn.functionArn, alias.functionArn]),
          ),
          allowInRegion('cloudwatch:DescribeAlarms'),
        ],
      }),
    ],
  })
