import { optInContact } from '../../../domain/marketing/suppression/keep-contact-in-step.ts'
import { SuppressionRemoved } from '../../../events/marketing.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(SuppressionRemoved, (ctx, { data, at }) => optInContact(ctx, data, at))
