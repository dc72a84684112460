import { Code } from 'aws-cdk-lib/aws-lambda'
import { App } from 'aws-cdk-lib/core'
import { bundle, bundleFolder } from './bundle.ts'
import type { House } from './constructs/house.ts'
import { validate } from './rules/validations.ts'
import { SettingsError, stageSettings } from './stages.ts'
import { guanxi } from './system.ts'

/** Synthesizes the stage that the CDK context asks for; `cdk.json` starts this file. */
function synthesize(): void {
  const app = new App()
  const settings = stageSettings(app.node.getAllContext())
  bundle()
  const house: House = { settings, codeOf: (name) => Code.fromAsset(`${bundleFolder}/${name}`) }
  validate(app, house)
  guanxi(app, house)
  app.synth()
}

try {
  synthesize()
} catch (error) {
  if (!(error instanceof SettingsError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
