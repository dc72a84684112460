import { hash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { App } from 'aws-cdk-lib/core'
import type { House } from '../../infra/constructs/house.ts'
import { validate } from '../../infra/rules/validations.ts'
import { stageSettings } from '../../infra/stages.ts'
import { guanxi } from '../../infra/system.ts'
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

/** The construct tree of a stage, with inline code in place of the bundles. */
export function build(context: Record<string, unknown>, outdir?: string): { app: App; house: House } {
  const { context: flags } = JSON.parse(readFileSync('cdk.json', 'utf8'))
  // Where each construct was made in the source is nothing that a test asks for, and half of the time.
  const app = new App({ context: flags, stackTraces: false, analyticsReporting: false, ...(outdir && { outdir }) })
  const house: House = { settings: stageSettings(context), codeOf: () => Code.fromInline('exports.handler = () => {}') }
  guanxi(app, house)
  return { app, house }
}

const made = new Map<string, Record<string, Template>>()

/** The stacks' templates by their short names. Those of production have passed the house rules and the packs. */
export function templates(context: Record<string, unknown> = production): Record<string, Template> {
  const key = JSON.stringify(context)
  const known = made.get(key) ?? oncePerRun(`templates-${hash('sha256', key)}`, () => synthesize(context))
  made.set(key, known)
  return known
}

function synthesize(context: Record<string, unknown>): Record<string, Template> {
  const outdir = mkdtempSync(join(tmpdir(), 'guanxi-synth-'))
  try {
    const { app, house } = build(context, outdir)
    // The rules take seconds. A variant of production is held to those of the packs in rules.test.ts, where every finding is looked at,
    // and production to CloudFormation's own rule book by `npm run synth -- -c stage=prod …`, in .ci/run.
    if (context === production) validate(app, house)
    process.env.CDK_VALIDATION = 'false'
    const { stacks } = app.synth().getNestedAssembly(`assembly-${house.settings.stage}`)
    return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName.replace(`guanxi-${house.settings.stage}-`, ''), template]))
  } finally {
    delete process.env.CDK_VALIDATION
    rmSync(outdir, { recursive: true })
  }
}

/** Resources of one type, of one stack or of all. */
export const ofType = (type: string, from: Template[] = Object.values(templates())): Resource[] =>
  from.flatMap(({ Resources }) => Object.values(Resources)).filter(({ Type }) => Type === type)
