import { CfnApi, CfnApiMapping, CfnAuthorizer, CfnDomainName, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Aws, CfnOutput, RemovalPolicy } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { type House, nameOf } from './house.ts'

export interface HttpApi {
  id: string
  /** Address without trailing slash, as it stands in mails. */
  baseUrl: string
}

/** What a request leaves in the access log: enough to find its trace, nothing about a person. The path may carry a signed token. */
const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
})

/** The API with its one stage, throttled and logged; behind the stage's own domain where it has one. */
export function httpApi(scope: Construct, house: House, key: IKey): HttpApi {
  const { domain, throttling } = house.settings
  const api = new CfnApi(scope, 'Api', {
    name: nameOf(house, 'api'),
    protocolType: 'HTTP',
    disableExecuteApiEndpoint: domain !== undefined,
  })
  const log = new LogGroup(scope, 'AccessLog', {
    logGroupName: `/guanxi/${house.settings.stage}/api`,
    retention: house.settings.logRetentionDays,
    encryptionKey: key,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const stage = new CfnStage(scope, 'Stage', {
    apiId: api.ref,
    stageName: '$default',
    autoDeploy: true,
    accessLogSettings: { destinationArn: log.logGroupArn, format: accessLogFormat },
    defaultRouteSettings: { throttlingRateLimit: throttling.rate, throttlingBurstLimit: throttling.burst },
  })
  const baseUrl = domain ? `https://${domain.name}` : `https://${api.ref}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`
  if (domain) serveUnder(scope, domain, api, stage)
  new CfnOutput(scope, 'BaseUrl', { value: baseUrl })
  return { id: api.ref, baseUrl }
}

function serveUnder(scope: Construct, domain: { name: string; certificateArn: string }, api: CfnApi, stage: CfnStage): void {
  const name = new CfnDomainName(scope, 'Domain', {
    domainName: domain.name,
    domainNameConfigurations: [{ certificateArn: domain.certificateArn, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' }],
  })
  new CfnApiMapping(scope, 'DomainMapping', { apiId: api.ref, domainName: name.ref, stage: stage.ref })
  new CfnOutput(scope, 'DomainTarget', { value: name.attrRegionalDomainName, description: `CNAME of ${domain.name}` })
}

/**
 * Asks the function for every request, also one without a token: no identity source and no cache, or the gateway would answer
 * 401 itself, in a body that is not ours.
 */
export function requestAuthorizer(scope: Construct, house: House, api: HttpApi, authorizer: IFunction): CfnAuthorizer {
  mayCall(scope, 'Authorizer-permission', api, authorizer)
  return new CfnAuthorizer(scope, 'Authorizer', {
    apiId: api.id,
    name: nameOf(house, 'authorizer'),
    authorizerType: 'REQUEST',
    authorizerUri: invocationUri(authorizer),
    authorizerPayloadFormatVersion: '2.0',
    enableSimpleResponses: true,
    authorizerResultTtlInSeconds: 0,
  })
}

/** Sends the route keys to one function: one integration and one permission, however many routes it has. */
export function serve(
  scope: Construct,
  api: HttpApi,
  authorizer: CfnAuthorizer,
  name: string,
  target: IFunction,
  routeKeys: string[],
): void {
  mayCall(scope, `${name}-permission`, api, target)
  const integration = new CfnIntegration(scope, `${name}-integration`, {
    apiId: api.id,
    integrationType: 'AWS_PROXY',
    integrationUri: invocationUri(target),
    payloadFormatVersion: '2.0',
  })
  for (const routeKey of routeKeys)
    new CfnRoute(scope, `${name} ${routeKey.replaceAll('/', '.')}`, {
      apiId: api.id,
      routeKey,
      target: `integrations/${integration.ref}`,
      authorizationType: 'CUSTOM',
      authorizerId: authorizer.ref,
    })
}

const mayCall = (scope: Construct, id: string, api: HttpApi, target: IFunction): CfnPermission =>
  new CfnPermission(scope, id, {
    action: 'lambda:InvokeFunction',
    functionName: target.functionArn,
    principal: 'apigateway.amazonaws.com',
    sourceArn: `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.id}/*`,
  })

const invocationUri = (target: IFunction): string =>
  `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${target.functionArn}/invocations`
