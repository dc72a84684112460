import { expect, test } from 'vitest'
import { fallbackContext, httpContexts } from '../../functions/manifest.ts'
import { ofType, templates } from './synthesized.ts'

const api = [templates().api!]
const functionsOf = (type: string): string[] => ofType(type, api).map(({ Properties }) => JSON.stringify(Properties.FunctionName))

test('every noun and path of the manifest is routed to its context, everything else to the fallback', () => {
  const routes = ofType('AWS::ApiGatewayV2::Route', api)

  const expected = httpContexts.flatMap(({ nouns, paths }) => [
    ...nouns.flatMap((noun) => [`ANY /v1/${noun}`, `ANY /v1/${noun}/{proxy+}`]),
    ...paths.map((path) => `ANY ${path}`),
  ])
  expect(routes.map(({ Properties }) => Properties.RouteKey).sort()).toEqual([...expected, '$default'].sort())
  const targets = new Set(
    routes
      .filter(({ Properties }) => ['$default', 'ANY /docs'].includes(Properties.RouteKey))
      .map(({ Properties }) => JSON.stringify(Properties.Target)),
  )
  expect(fallbackContext).toBe('platform')
  expect(targets.size).toBe(1)
})

test('no route answers before the authorizer, and the authorizer is asked even without a token', () => {
  const [authorizer] = ofType('AWS::ApiGatewayV2::Authorizer', api)

  expect(ofType('AWS::ApiGatewayV2::Route', api).every(({ Properties }) => Properties.AuthorizationType === 'CUSTOM')).toBe(true)
  expect(authorizer!.Properties).toMatchObject({
    AuthorizerType: 'REQUEST',
    AuthorizerPayloadFormatVersion: '2.0',
    EnableSimpleResponses: true,
    AuthorizerResultTtlInSeconds: 0,
  })
  expect(authorizer!.Properties).not.toHaveProperty('IdentitySource')
})

test('each function is called through one permission and one integration of payload 2.0', () => {
  const integrations = ofType('AWS::ApiGatewayV2::Integration', api)

  expect(functionsOf('AWS::Lambda::Permission')).toHaveLength(httpContexts.length + 1)
  expect(new Set(functionsOf('AWS::Lambda::Permission')).size).toBe(httpContexts.length + 1)
  expect(integrations).toHaveLength(httpContexts.length)
  expect(integrations.every(({ Properties }) => Properties.PayloadFormatVersion === '2.0')).toBe(true)
})

test('the stage is throttled, and its access log says nothing about a person', () => {
  const [stage] = ofType('AWS::ApiGatewayV2::Stage', api)

  expect(stage!.Properties.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 })
  expect(stage!.Properties.AccessLogSettings.Format).not.toMatch(/sourceIp|userAgent|\$context\.path|principalId|authorizer\.(?!error)/)
})

test('the functions of the API shift traffic by canary in one application, guarded by 5xx and latency', () => {
  const groups = ofType('AWS::CodeDeploy::DeploymentGroup')
  const aliases = ofType('AWS::Lambda::Alias')

  expect(ofType('AWS::CodeDeploy::Application')).toHaveLength(1)
  expect(groups).toHaveLength(httpContexts.length)
  expect(aliases).toHaveLength(httpContexts.length)
  expect(aliases.every(({ UpdatePolicy }) => UpdatePolicy?.CodeDeployLambdaAliasUpdate)).toBe(true)
  for (const { Properties } of groups) {
    expect(Properties.DeploymentConfigName).toBe('CodeDeployDefault.LambdaCanary10Percent5Minutes')
    expect(Properties.AlarmConfiguration.Alarms).toHaveLength(2)
    expect(Properties.AutoRollbackConfiguration.Events).toContain('DEPLOYMENT_STOP_ON_ALARM')
  }
})

test('an own domain takes the place of the address that AWS gives', () => {
  const [gateway] = ofType('AWS::ApiGatewayV2::Api', api)
  const [domain] = ofType('AWS::ApiGatewayV2::DomainName', api)

  expect(gateway!.Properties.DisableExecuteApiEndpoint).toBe(true)
  expect(domain!.Properties.DomainName).toBe('crm.example.com')
})
