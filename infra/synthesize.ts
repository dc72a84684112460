import { Code } from 'aws-cdk-lib/aws-lambda'
import { App } from 'aws-cdk-lib/core'
import { bundleFolder } from './bundle.ts'
import type { House } from './constructs/house.ts'
import { validate } from './rules/validations.ts'
import { SettingsError, stageSettings } from './stages.ts'
import { guanxi } from './system.ts'

/** Writes the CloudFormation of the stage that the CDK context asks for; a wrong setting is said in a sentence, without a stack. */
export function synthesize(): void {
  const app = new App()
  try {
    const house: House = { settings: stageSettings(app.node.getAllContext()), codeOf: (name) => Code.fromAsset(`${bundleFolder}/${name}`) }
    // CloudFormation's own rule book takes seconds: what becomes production is held against it.
    if (house.settings.stage !== 'prod') process.env.CDK_VALIDATION = 'false'
    validate(app, house)
    guanxi(app, house)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    console.error(error.message)
    process.exitCode = 1
    return
  }
  app.synth()
}
