import { CfnResource, Stack } from 'aws-cdk-lib/core'
import { NagMessageLevel, NagPack, NagRuleCompliance } from 'cdk-nag'
import { isHouseFunction } from '../constructs/house-function.ts'

type Properties = Record<string, unknown>
interface Rule {
  name: string
  info: string
  /** CloudFormation type and resolved properties of a resource -> does it break the rule? */
  broken: (type: string, properties: Properties, node: CfnResource, takesDeadLetters: (queue: CfnResource) => boolean) => boolean
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])

const rules: Rule[] = [
  {
    name: 'HouseFunction',
    info: 'A function is made by infra/constructs/house-function.ts and in no other way.',
    broken: (type, _, node) => type === 'AWS::Lambda::Function' && !isHouseFunction(node.node.scope),
  },
  {
    name: 'DeadLetters',
    info: 'What can fail without anybody waiting has dead letters: queue, rule, schedule, stream reader.',
    broken: lacksDeadLetters,
  },
  {
    name: 'NoWildcard',
    info: 'A policy names its actions, and a resource "*" stands with a condition only.',
    broken: (type, properties) => type.startsWith('AWS::IAM::') && statementsOf(properties).some(isTooWide),
  },
]

function lacksDeadLetters(...[type, properties, node, takesDeadLetters]: Parameters<Rule['broken']>): boolean {
  if (type === 'AWS::Lambda::Function') return properties.DeadLetterConfig === undefined
  if (type === 'AWS::SQS::Queue') return properties.RedrivePolicy === undefined && !takesDeadLetters(node)
  if (type === 'AWS::Events::Rule') return list(properties.Targets).some((target) => (target as Properties).DeadLetterConfig === undefined)
  if (type === 'AWS::Scheduler::Schedule') return (properties.Target as Properties).DeadLetterConfig === undefined
  const readsStream = type === 'AWS::Lambda::EventSourceMapping' && properties.StartingPosition !== undefined
  return readsStream && properties.DestinationConfig === undefined
}

/** Where the queues and functions of a stack send what failed, as one text that names the queues. */
function deadLettersIn(stack: Stack): string {
  const all = stack.node.findAll().filter((node) => CfnResource.isCfnResource(node))
  return JSON.stringify(all.map(propertiesOf).map(({ RedrivePolicy, DeadLetterConfig }) => [RedrivePolicy, DeadLetterConfig]))
}

/** Statements of every policy document, whatever property of the resource holds it. */
function statementsOf(properties: Properties): Properties[] {
  const documents = [properties.PolicyDocument, ...list(properties.Policies).map((policy) => (policy as Properties).PolicyDocument)]
  return documents.flatMap((document) => list((document as Properties | undefined)?.Statement)) as Properties[]
}

function isTooWide({ Effect, Action, NotAction, Resource, NotResource, Condition }: Properties): boolean {
  if (Effect !== 'Allow') return false
  if (NotAction !== undefined || NotResource !== undefined || list(Action).some((action) => String(action).includes('*'))) return true
  return list(Resource).includes('*') && Condition === undefined
}

const propertiesOf = (node: CfnResource): Properties => {
  const template = (node as { _toCloudFormation?: () => unknown })._toCloudFormation?.()
  const { Resources } = (template ? Stack.of(node).resolve(template) : {}) as { Resources?: Record<string, { Properties?: Properties }> }
  return Object.values(Resources ?? {})[0]?.Properties ?? {}
}

/** The house's own rules, in the shape of a cdk-nag pack: a broken rule stops the synth and stands in the same report. */
export class HouseRules extends NagPack {
  readonly name = 'Guanxi'
  protected override packName = 'Guanxi'

  /** By stack: resolving all of one takes long, and each of its queues asks. */
  private readonly deadLetters = new Map<Stack, string>()

  private takesDeadLetters(queue: CfnResource): boolean {
    const stack = Stack.of(queue)
    const named = this.deadLetters.get(stack) ?? deadLettersIn(stack)
    this.deadLetters.set(stack, named)
    return named.includes(`"${stack.resolve(queue.logicalId)}"`)
  }

  protected checkResource(node: CfnResource): void {
    const properties = propertiesOf(node)
    for (const { name, info, broken } of rules)
      this.applyRule({
        ruleSuffixOverride: name,
        info,
        explanation: info,
        level: NagMessageLevel.ERROR,
        node,
        rule: () =>
          broken(node.cfnResourceType, properties, node, (queue) => this.takesDeadLetters(queue))
            ? NagRuleCompliance.NON_COMPLIANT
            : NagRuleCompliance.COMPLIANT,
      })
  }
}
