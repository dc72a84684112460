import { hash } from 'node:crypto'
import { createRequire } from 'node:module'
import { oncePerRun } from '../support/once-per-run.ts'

export interface Resource {
  Type: string
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's shapes, which each test knows for itself
  Properties: Record<string, any>
  DeletionPolicy?: string
  UpdatePolicy?: { CodeDeployLambdaAliasUpdate?: object }
}
export interface Template {
  Resources: Record<string, Resource>
}

/** What an operator gives for production, with every option used. */
export const production = {
  stage: 'prod',
  domainName: 'crm.example.com',
  certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d',
  mailIdentity: 'mail.example.com',
  alarmMail: 'ops@example.com',
}

// Only the worker that makes the templates loads the CDK.
const constructs = () => createRequire(import.meta.url)('./constructed.ts') as typeof import('./constructed.ts')

const made = new Map<string, Record<string, Template>>()

/** The stacks' templates by their short names. */
export function templates(context: Record<string, unknown> = production): Record<string, Template> {
  const key = JSON.stringify(context)
  const known = made.get(key) ?? oncePerRun(`templates-${hash('sha256', key)}`, () => constructs().synthesize(context))
  made.set(key, known)
  return known
}

/** Resources of one type, of one stack or of all. */
export const ofType = (type: string, from: Template[] = Object.values(templates())): Resource[] =>
  from.flatMap(({ Resources }) => Object.values(Resources)).filter(({ Type }) => Type === type)
