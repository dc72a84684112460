import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { App, Stack } from 'aws-cdk-lib/core'
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag'
import { describe, expect, test } from 'vitest'
import { HouseRules } from '../../infra/rules/house-rules.ts'
import { acknowledged, validate } from '../../infra/rules/validations.ts'
import { build } from './constructed.ts'
import { production, templates } from './synthesized.ts'

const brokenBy = (add: (stack: Stack) => void): string[] => {
  const app = new App()
  add(new Stack(app, 'seeded'))
  return new HouseRules(app).validateScope(app).violations.map(({ ruleName }) => ruleName)
}
const policyOf = (statement: PolicyStatement) => (stack: Stack) =>
  void new Role(stack, 'role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }).addToPolicy(statement)

describe('the house rules bite', () => {
  test('on a function built outside the house construct, which has no dead letters either', () => {
    const broken = brokenBy(
      (stack) => new LambdaFunction(stack, 'fn', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('1') }),
    )

    expect(broken).toEqual(['Guanxi-HouseFunction', 'Guanxi-DeadLetters'])
  })

  test('on a queue and on a rule without dead letters', () => {
    const queue = brokenBy((stack) => new Queue(stack, 'queue'))
    const rule = brokenBy((stack) => {
      const work = new Queue(stack, 'work', { deadLetterQueue: { queue: new Queue(stack, 'dead'), maxReceiveCount: 5 } })
      new Rule(stack, 'rule', { schedule: Schedule.expression('rate(1 hour)'), targets: [new SqsQueue(work)] })
    })

    expect(queue).toEqual(['Guanxi-DeadLetters'])
    expect(rule).toEqual(['Guanxi-DeadLetters'])
  })

  test('on wildcards in actions, and in resources without a condition', () => {
    const action = brokenBy(policyOf(new PolicyStatement({ actions: ['s3:Get*'], resources: ['arn:aws:s3:::files/a'] })))
    const resource = brokenBy(policyOf(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })))
    const others = brokenBy(policyOf(new PolicyStatement({ notActions: ['s3:GetObject'], resources: ['arn:aws:s3:::files/a'] })))

    expect([action, resource, others]).toEqual([['Guanxi-NoWildcard'], ['Guanxi-NoWildcard'], ['Guanxi-NoWildcard']])
  })

  test('and let pass what keeps to them', () => {
    const conditions = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }

    expect(brokenBy(policyOf(new PolicyStatement({ actions: ['xray:PutTraceSegments'], resources: ['*'], conditions })))).toEqual([])
  })
})

const packs = (app: App) => [new AwsSolutionsChecks(app), new ServerlessChecks(app), new NIST80053R5Checks(app), new HouseRules(app)]
const findings = (app: App): string[] => packs(app).flatMap((pack) => pack.validateScope(app).violations.map(({ ruleName }) => ruleName))

describe('the rule packs', () => {
  test('find nothing in development without any setting', () => {
    const { app, house } = build({})
    validate(app, house)

    expect(findings(app)).toEqual([])
  })

  test('find in production with per-tenant credentials what is acknowledged, at most five rules each and with a reason, and nothing else', () => {
    const { app, house } = build({ ...production, perTenantCredentials: 'true' })
    const rules = acknowledged(house)

    const perPack = Map.groupBy(new Set(rules.map(({ id }) => id.replace(/\[.*$/, ''))), (rule) => rule.slice(0, rule.lastIndexOf('-')))
    for (const [, names] of perPack) expect(names.length).toBeLessThanOrEqual(5)
    expect(rules.every(({ reason }) => reason.length > 40)).toBe(true)
    expect([...new Set(findings(app))].sort()).toEqual(rules.map(({ id }) => id).sort())
  })
})

describe('every stack', () => {
  test.each(Object.entries(templates()))('%s stays below 400 resources, and its names within what AWS takes', (_, { Resources }) => {
    const names = Object.values(Resources).flatMap(({ Type, Properties }) =>
      /Lambda::Function|Events::Rule|Scheduler::Schedule$|SQS::Queue$/.test(Type)
        ? [Properties.FunctionName ?? Properties.Name ?? Properties.QueueName]
        : [],
    )

    expect(Object.keys(Resources).length).toBeLessThan(400)
    expect(names.filter((name) => name.length > 64)).toEqual([])
  })
})
