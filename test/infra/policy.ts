import { authorizer, consumers, httpContexts, type Needs, preToken, queues, schedules, streamPublisher } from '../../functions/manifest.ts'
import type { Resource, Template } from './synthesized.ts'

interface Statement {
  Effect: string
  Action: string | string[]
  Resource: unknown
  Condition?: Record<string, Record<string, unknown>>
}

/** Every function of the manifest with the name it has in AWS behind `guanxi-<stage>-`. */
export const everyFunction: { name: string; needs: Needs }[] = [
  ...[authorizer, preToken, streamPublisher, ...consumers].map((needs) => ({ name: needs.name as string, needs: needs as Needs })),
  ...httpContexts.map((needs) => ({ name: `http-${needs.name}`, needs })),
  ...queues.map((needs) => ({ name: `queue-${needs.name}`, needs })),
  ...schedules.map((needs) => ({ name: `schedule-${needs.name}`, needs })),
]

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value])

/** What the role of a function holds: the policies that its role names, and no others. */
export function statementsOf(functionName: string, templates: Record<string, Template>): Statement[] {
  for (const { Resources } of Object.values(templates)) {
    const found = Object.values(Resources).find(
      ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties.FunctionName === functionName,
    )
    if (found) return statementsOfRole(Resources[found.Properties.Role['Fn::GetAtt'][0]]!, Resources)
  }
  throw new Error(`no function ${functionName}`)
}

export function statementsOfRole(role: Resource, resources: Template['Resources']): Statement[] {
  const attached = role.Properties.ManagedPolicyArns.map(({ Ref }: { Ref: string }) => resources[Ref]!)
  return attached.flatMap(({ Properties }: Resource) => Properties.PolicyDocument.Statement)
}

export const actionsOf = (statements: Statement[]): string[] => statements.flatMap(({ Action }) => list(Action))
export const granting = (statements: Statement[], action: string): Statement[] =>
  statements.filter(({ Action }) => list(Action).includes(action))

/** Would IAM let items with these partition keys through? Knows the one condition that the table's statements use. */
export function reaches(statements: Statement[], action: string, keys: string[], sessionTags: Record<string, string> = {}): boolean {
  return granting(statements, action).some(({ Effect, Condition = {} }) => {
    const [operator, ...others] = Object.keys(Condition)
    if (operator !== 'ForAllValues:StringLike' || others.length > 0) throw new Error(`unknown condition ${JSON.stringify(Condition)}`)
    const patterns = list(Condition[operator]!['dynamodb:LeadingKeys'] as string | string[])
    return Effect === 'Allow' && keys.every((key) => patterns.some((pattern) => matches(filled(pattern, sessionTags), key)))
  })
}

/** A variable that the session does not have makes the pattern match nothing. */
function filled(pattern: string, tags: Record<string, string>): string | undefined {
  let missing = false
  const text = pattern.replace(/\$\{aws:PrincipalTag\/(\w+)\}/g, (_, tag: string) => {
    missing ||= tags[tag] === undefined
    return tags[tag] ?? ''
  })
  return missing ? undefined : text
}

function matches(pattern: string | undefined, key: string): boolean {
  if (pattern === undefined) return false
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(key)
}
