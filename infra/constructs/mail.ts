import { EventBus } from 'aws-cdk-lib/aws-events'
import { ConfigurationSet, EmailIdentity, EmailSendingEvent, EventDestination, Identity } from 'aws-cdk-lib/aws-ses'
import { Aws } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { consumers } from '../../functions/manifest.ts'
import { type House, nameOf } from './house.ts'

export interface Mail {
  configurationSetName: string
  /** Identities and configuration set, as IAM resources: who may send, sends through these. */
  arns: string[]
  /** What the DNS of the mail domain must say; an address is proved by a mail instead. */
  dkimRecords: { name: string; value: string }[]
}

/** EventBridge's name of a sending event -> SES's. */
const sendingEvents: Record<string, EmailSendingEvent> = {
  'Email Sent': EmailSendingEvent.SEND,
  'Email Delivered': EmailSendingEvent.DELIVERY,
  'Email Bounced': EmailSendingEvent.BOUNCE,
  'Email Complaint Received': EmailSendingEvent.COMPLAINT,
  'Email Rejected': EmailSendingEvent.REJECT,
  'Email Rendering Failed': EmailSendingEvent.RENDERING_FAILURE,
  'Email Delivery Delayed': EmailSendingEvent.DELIVERY_DELAY,
  'Email Opened': EmailSendingEvent.OPEN,
  'Email Clicked': EmailSendingEvent.CLICK,
}

/** The events that some consumer of the manifest listens to; a name SES does not know fails the synth. */
function listenedTo(): EmailSendingEvent[] {
  const names = consumers.filter(({ source }) => source === 'aws.ses').flatMap(({ detailTypes }) => detailTypes)
  return [...new Set(names)].map((name) => {
    const event = sendingEvents[name]
    if (!event) throw new Error(`functions/manifest.ts: SES sends no event "${name}"`)
    return event
  })
}

/** The stage's identity and its configuration set, whose events go to the account's default bus: SES knows no other. */
export function mailSending(scope: Construct, house: House): Mail {
  const { identity: name, tenantIdentities } = house.settings.mail
  const configurationSetName = nameOf(house, 'mail')
  const configurationSet = new ConfigurationSet(scope, 'MailEvents', { configurationSetName, reputationMetrics: true })
  configurationSet.addEventDestination('DefaultBus', {
    destination: EventDestination.eventBus(EventBus.fromEventBusName(scope, 'AccountBus', 'default')),
    events: listenedTo(),
  })
  const isAddress = name.includes('@')
  const identity = new EmailIdentity(scope, 'MailIdentity', { identity: isAddress ? Identity.email(name) : Identity.domain(name) })
  const ses = `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}`
  const identities = [name, ...tenantIdentities].map((each) => `${ses}:identity/${each}`)
  return {
    configurationSetName,
    dkimRecords: isAddress ? [] : identity.dkimRecords,
    arns: [...identities, `${ses}:configuration-set/${configurationSetName}`],
  }
}
