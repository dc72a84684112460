import { Stage } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { House } from './constructs/house.ts'
import { apiStack } from './stacks/api.ts'
import { dataStack } from './stacks/data.ts'
import { eventsStack, marketingEventsStack } from './stacks/events.ts'
import { schedulesStack } from './stacks/schedules.ts'
import { watchStack } from './stacks/watch.ts'
import { workersStack } from './stacks/workers.ts'

/** The whole system of one environment; each stack leans only on those named before it. */
export function guanxi(scope: Construct, house: House): Stage {
  const stage = new Stage(scope, house.settings.stage)
  const data = dataStack(stage, house)
  const { baseUrl } = apiStack(stage, house, data)
  const address = { PUBLIC_BASE_URL: baseUrl }
  eventsStack(stage, house, data, address)
  marketingEventsStack(stage, house, data, address)
  workersStack(stage, house, data, address)
  schedulesStack(stage, house, data, address)
  watchStack(stage, house, data)
  return stage
}
