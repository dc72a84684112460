import type { Code } from 'aws-cdk-lib/aws-lambda'
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { StageSettings } from '../stages.ts'

/** What every stack is built with: the stage's settings and where a function's code comes from. */
export interface House {
  settings: StageSettings
  codeOf: (functionName: string) => Code
}

/** `guanxi-<stage>-<name>`: the physical name of functions, queues and what else an operator looks for by name. */
export const nameOf = ({ settings }: House, name: string): string => `guanxi-${settings.stage}-${name}`

/** IAM path of the functions' roles; the role of per-tenant credentials trusts nothing outside it. */
export const rolePathOf = ({ settings }: House): string => `/guanxi/${settings.stage}/`

/** A stack of the stage, `guanxi-<stage>-<id>`, that cannot be deleted by mistake where the stage protects its data. */
export const houseStack = (scope: Construct, house: House, id: string, description: string): Stack =>
  new Stack(scope, id, { stackName: nameOf(house, id), description, terminationProtection: house.settings.protect })

/** Data outlives its stack where the stage protects it, and goes with it elsewhere. */
export const removalOf = ({ settings }: House): RemovalPolicy => (settings.protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
