import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler'
import type { Construct } from 'constructs'
import { schedules } from '../../functions/manifest.ts'
import { type House, houseStack, nameOf } from '../constructs/house.ts'
import { scheduledJob } from '../constructs/job.ts'
import type { Data } from './data.ts'

/** The jobs that the clock starts. */
export function schedulesStack(scope: Construct, house: House, data: Data, address: Record<'PUBLIC_BASE_URL', string>): void {
  const stack = houseStack(scope, house, 'schedules', 'Guanxi: jobs started by the clock')
  const group = new CfnScheduleGroup(stack, 'Jobs', { name: nameOf(house, 'jobs') })
  for (const schedule of schedules) scheduledJob(stack, house, data, group, schedule, address)
}
