import { optOutContact } from '../../../domain/marketing/suppression/keep-contact-in-step.ts'
import { SuppressionAdded } from '../../../events/marketing.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(SuppressionAdded, (ctx, { data }) => optOutContact(ctx, data))
