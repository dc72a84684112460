import type { Needs } from '../../functions/manifest.ts'
import type { Foundation } from '../stacks/data.ts'
import type { House } from './house.ts'

/** QUEUE_SEND_DIGEST_URL for `send-digest`: the names that functions/runtime.ts reads. */
const queueVariable = (name: string): string => `QUEUE_${name.toUpperCase().replaceAll('-', '_')}_URL`

/** Environment of a function: the addresses of what it needs, and of nothing else. */
export function environmentOf(house: House, needs: Needs, data: Foundation): Record<string, string> {
  const { settings } = house
  return {
    STAGE: settings.stage,
    ...((needs.table !== 'none' || needs.system) && { TABLE_NAME: data.table.tableName }),
    ...(needs.table !== 'none' && data.tenantRole && { TENANT_ROLE_ARN: data.tenantRole.roleArn }),
    ...(needs.files && { FILES_BUCKET: data.files.bucket.bucketName }),
    ...(needs.mails && { MAIL_SENDER: settings.mail.sender, MAIL_CONFIGURATION_SET: data.mail.configurationSetName }),
    ...Object.fromEntries((needs.sends ?? []).map((queue) => [queueVariable(queue), data.queues[queue]!.queue.queueUrl])),
  }
}
