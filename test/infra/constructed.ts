import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { App } from 'aws-cdk-lib/core'
import type { House } from '../../infra/constructs/house.ts'
import { stageSettings } from '../../infra/stages.ts'
import { guanxi } from '../../infra/system.ts'
import type { Template } from './synthesized.ts'

/** The construct tree of a stage, with inline code in place of the bundles. */
export function build(options: Record<string, unknown>, outdir?: string): { app: App; house: House } {
  const { context: flags } = JSON.parse(readFileSync('cdk.json', 'utf8'))
  // Where each construct was made in the source, and what it tells of its use, is nothing that a test asks for, and half of the time.
  const context = { ...flags, '@aws-cdk/core:enableAdditionalMetadataCollection': false }
  const app = new App({ context, stackTraces: false, treeMetadata: false, analyticsReporting: false, ...(outdir && { outdir }) })
  const house: House = { settings: stageSettings(options), codeOf: () => Code.fromInline('exports.handler = () => {}') }
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    guanxi(app, house)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
  return { app, house }
}

/** The templates of a stage by the short names of its stacks. Which rules it keeps to is asked in rules.test.ts. */
export function synthesize(context: Record<string, unknown>): Record<string, Template> {
  const outdir = mkdtempSync(join(tmpdir(), 'guanxi-synth-'))
  try {
    const { app, house } = build(context, outdir)
    // CloudFormation's own rule book takes seconds: .ci/run holds production against it.
    process.env.CDK_VALIDATION = 'false'
    const { stacks } = app.synth().getNestedAssembly(`assembly-${house.settings.stage}`)
    return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName.replace(`guanxi-${house.settings.stage}-`, ''), template]))
  } finally {
    delete process.env.CDK_VALIDATION
    rmSync(outdir, { recursive: true })
  }
}
